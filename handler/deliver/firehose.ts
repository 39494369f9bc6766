import { nameOf } from '../errors';
import type { Log } from '../log';
import type { Ports, PutOutcome } from '../ports';

/** A row as JSON text, with the message that it came from. */
export interface Row<Owner> {
  readonly text: string;
  readonly owner: Owner;
}

interface Means {
  readonly ports: Pick<Ports, 'putRecordBatch' | 'sleep'>;
  readonly log: Log;
}

interface Pack<Owner> {
  readonly text: string;
  readonly bytes: number;
  readonly owners: readonly Owner[];
}

/** Limits of one `PutRecordBatch` ("Amazon Data Firehose quota"): records and bytes of a call. */
const batchLimit = { records: 500, bytes: 4 * 1024 * 1024 } as const;

/**
 * Rows share a record up to this size: Firehose bills each record rounded up to 5 KiB, so a packed one wastes at most
 * 5 %, and what one refused record takes along stays small. A larger row is a record of its own, below the 1000 KiB
 * that a record may have (the column limits hold it under 500 KiB).
 */
const packBytes = 100 * 1024;

/** Pauses before what failed is sent again, milliseconds; what fails after the last goes back to the queue. */
const pauses = [200, 800, 3_200] as const;

/**
 * Puts rows into the delivery stream, several JSON documents to a record, and sends again only what failed.
 * @returns the owners of the rows that Firehose did not take.
 */
export async function deliver<Owner>(rows: readonly Row<Owner>[], means: Means): Promise<ReadonlySet<Owner>> {
  let pending = await put(pack(rows), means);
  for (const pause of pauses) {
    if (pending.length === 0) {
      break;
    }
    await means.ports.sleep(pause);
    pending = await put(pending, means);
  }
  return new Set(pending.flatMap(({ owners }) => owners));
}

/** Joins rows to records, in order: documents one after the other, which Firehose's JSON reader takes apart. */
function pack<Owner>(rows: readonly Row<Owner>[]): readonly Pack<Owner>[] {
  const sized = rows.map(({ text, owner }) => ({ text, bytes: Buffer.byteLength(text), owners: [owner] }));
  const groups = group(sized, { records: Number.POSITIVE_INFINITY, bytes: packBytes });
  return groups.map((packs) => ({
    text: packs.map(({ text }) => text).join(''),
    bytes: packs.reduce((sum, { bytes }) => sum + bytes, 0),
    owners: packs.flatMap(({ owners }) => owners),
  }));
}

/** Puts each batch once; returns the packs that were not taken. */
async function put<Owner>(packs: readonly Pack<Owner>[], { ports, log }: Means): Promise<readonly Pack<Owner>[]> {
  const refused: Pack<Owner>[] = [];
  for (const batch of group(packs, batchLimit)) {
    const outcomes = await outcomesOf(batch, ports);
    const failed = batch.filter((_, at) => outcomes[at] !== null);
    if (failed.length > 0) {
      const reason = outcomes.find((outcome) => outcome !== null) ?? 'no outcome';
      log.warn('Firehose did not take records', { records: failed.length, of: batch.length, reason });
    }
    refused.push(...failed);
  }
  return refused;
}

async function outcomesOf<Owner>(
  batch: readonly Pack<Owner>[],
  ports: Pick<Ports, 'putRecordBatch'>,
): Promise<readonly PutOutcome[]> {
  try {
    return await ports.putRecordBatch(batch.map(({ text }) => text));
  } catch (error) {
    return batch.map(() => nameOf(error));
  }
}

function group<T extends { readonly bytes: number }>(
  items: readonly T[],
  limit: { readonly records: number; readonly bytes: number },
): readonly (readonly T[])[] {
  const groups: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last.length < limit.records && bytes + item.bytes <= limit.bytes) {
      last.push(item);
      bytes += item.bytes;
    } else {
      groups.push([item]);
      bytes = item.bytes;
    }
  }
  return groups;
}
