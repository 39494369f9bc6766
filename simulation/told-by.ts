import type { Bucket } from './bucket';
import { type Fields, fieldsOf, type Invocation, prefixes } from './history';
import type { Plan } from './plan';

/** When a channel gets more than so many at once, they come in one message. */
const mostByThemselves = 5;

/** Where to look. */
interface Place {
  readonly bucket: Bucket;
  readonly plan: Plan;
}

/**
 * Which notifications a message tells: of those that its sender has claimed the one whose run it names, or, when there
 * are too many for a channel, all of the channel, because a list names tasks and not every run.
 */
export function toldBy(body: string, by: Invocation, { bucket, plan }: Place): readonly string[] {
  const text = JSON.stringify(JSON.parse(body)).replaceAll('&amp;', '&');
  const held = [...by.held];
  const named = held.filter(([, entry]) => text.includes(shown(entry['service_request_id'])));
  const isOwn = (entry: Fields) => plan.routed !== null && String(entry['service_name']).startsWith(plan.routed);
  const grouped = [true, false]
    .map((own) => held.filter(([, entry]) => isOwn(entry) === own && isDecided(entry, bucket)))
    .filter((all) => all.length > mostByThemselves)
    .filter((all) => all.some(([, entry]) => text.includes(shown(entry['service_name']))));
  const [group] = grouped;
  if (group !== undefined && named.length !== 1) return keysOf(group);
  const single = named.length > 0 ? named : held.filter(([, entry]) => text.includes(shown(entry['service_name'])));
  return keysOf(single);
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
