import { deliver } from '../handler/deliver/firehose';
import { objectOf, parseJson, textOf } from '../handler/event/json';
import { splitDocuments } from '../handler/event/json-documents';
import type { Log } from '../handler/log';
import { prefixes } from '../infra/names';
import { each, keysBelow } from './objects';
import type { ReplayPorts } from './ports';
import { moveAll, type Tally } from './tally';

type StreamPorts = Pick<ReplayPorts, 'keys' | 'read' | 'erase' | 'putRecordBatch' | 'sleep'>;

/** Where Firehose leaves the rows that it could not convert; the rest of the key is the time. */
export const conversionErrors = `${prefixes.firehoseErrors}format-conversion-failed`;

/**
 * Puts the rows of every conversion error back into the stream, and deletes an error's object once Firehose has taken
 * all of its rows. What it took before a failure is put again by the next replay: rows deduplicate on `event_id`.
 * Each row is a record of its own: one that can still not be converted fails alone, without its neighbours.
 */
export async function replayConversionErrors(ports: StreamPorts, log: Log): Promise<Tally> {
  const keys = await keysBelow(conversionErrors, ports);
  return moveAll(conversionErrors, each(keys), async (key) => {
    const rows = rowsIn(key, await ports.read(key));
    const { kept } = await moveAll(key, each(rows), async (text) => {
      const refused = await deliver([{ text, owner: text }], { ports, log });
      if (refused.size > 0) throw new Error('Firehose did not take a row');
    });
    if (kept > 0) throw new Error('Firehose did not take all rows of an object');
    await ports.erase(key);
  });
}

/** The rows of an error object: JSON lines, each with a record of one or more rows as base64 in `rawData`. */
function rowsIn(key: string, content: string): readonly string[] {
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, index) => {
    const rawData = textOf(objectOf(parseJson(line))?.['rawData']);
    if (rawData === null) throw new Error(`${key}:${index + 1}: no "rawData": Firehose did not write this line`);
    return splitDocuments(utf8(key, index + 1, Buffer.from(rawData, 'base64')));
  });
}

function utf8(key: string, line: number, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`${key}:${line}: "rawData" is not UTF-8`, { cause });
  }
}
