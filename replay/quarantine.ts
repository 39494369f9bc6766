import { objectOf, parseJson, textOf } from '../handler/event/json';
import { prefixes } from '../infra/names';
import { each, keysBelow } from './objects';
import type { ReplayPorts } from './ports';
import { moveAll, type Tally } from './tally';

type QuarantinePorts = Pick<ReplayPorts, 'keys' | 'read' | 'publish' | 'erase'>;

/**
 * Publishes every quarantined event to the topic and then deletes its object. An event that is refused again gets an
 * object of its own, under another key, so that the deletion never takes it along.
 */
export async function replayQuarantine(ports: QuarantinePorts): Promise<Tally> {
  const keys = await keysBelow(prefixes.quarantine, ports);
  return moveAll(prefixes.quarantine, each(keys), async (key) => {
    await ports.publish(eventIn(key, await ports.read(key)));
    await ports.erase(key);
  });
}

/** The text to publish: the event, or the text that was no event. */
function eventIn(key: string, content: string): string {
  const quarantined = objectOf(parseJson(content));
  const event = objectOf(quarantined?.['event']);
  const text = event === null ? textOf(quarantined?.['text']) : JSON.stringify(event);
  if (text === null) throw new Error(`${key} holds neither "event" nor "text": quarantine did not write it`);
  return text;
}
