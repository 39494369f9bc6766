import type { Bucket } from './bucket';
import { type Fields, fieldsOf, type Invocation, prefixes } from './history';
import { isRouted, type Plan } from './plan';

/** What every list of several names, and no message about one. */
const whereAllIs = 'monitor.notification';

/** Where to look. */
interface Place {
  readonly bucket: Bucket;
  readonly plan: Plan;
}

/**
 * Which notifications a message tells, of those that its sender has claimed: the one whose run it names, or, when it is
 * a list, all of the channel, because a list names tasks and not every run.
 */
export function toldBy(body: string, by: Invocation, { bucket, plan }: Place): readonly string[] {
  const text = JSON.stringify(JSON.parse(body)).replaceAll('&amp;', '&');
  const held = [...by.held];
  if (!text.includes(whereAllIs)) return one(text, held);
  const lists = [true, false].map((own) =>
    held.filter(([, it]) => isRouted(it['service_name'], plan) === own && isDecided(it, bucket)),
  );
  return keysOf(lists.find((all) => all.some(([, it]) => text.includes(shown(it['service_name'])))) ?? []);
}

/** The run stands in a field of its own; a message may name others that failed because of it. */
function one(text: string, held: readonly (readonly [string, Fields])[]): readonly string[] {
  const forms = ({ service_request_id: id }: Fields) => [`*service_id*\\n${shown(id)}`, `"service_id":"${shown(id)}`];
  const ways: readonly ((entry: Fields) => boolean)[] = [
    (entry) => forms(entry).some((form) => text.includes(form)),
    (entry) => text.includes(shown(entry['service_request_id'])),
    // A crawler's run has no id that a link could hold; the number in its error is its own.
    ({ error_message: error }) => typeof error === 'string' && text.includes(shown(error)),
    (entry) => text.includes(shown(entry['service_name'])),
  ];
  const found = ways.map((way) => held.filter(([, entry]) => way(entry))).find((all) => all.length > 0);
  return keysOf(found ?? []);
}

/** Of an alert whose failure was not counted, nothing was told. */
function isDecided({ kind, alert_id }: Fields, bucket: Bucket): boolean {
  if (kind !== 'alert') return true;
  const incidents = [...bucket.texts()].filter(([key]) => key.startsWith(prefixes.incidents));
  return incidents.some(([, text]) => {
    const decided = fieldsOf(text)?.['decided'] as Fields | undefined;
    return decided?.[String(alert_id)] === 'tell';
  });
}

function keysOf(entries: readonly (readonly [string, Fields])[]): readonly string[] {
  return entries.map(([key]) => key);
}

function shown(value: unknown): string {
  return JSON.stringify(String(value)).slice(1, -1);
}
