import type { Bucket } from './bucket';
import { type Fields, fieldsOf, type Invocation, prefixes } from './history';

/** What every list of several names, and no message about one. */
const whereAllIs = 'monitor.notification';

/** What a message says that was meant for the channel of its own, and could not be told there. */
const meantForOwn = /(refused this in|holds no webhook under) own\b/;

/** A message that Slack got. */
interface Got {
  readonly body: string;
  readonly channel: 'default' | 'own' | 'unknown';
}

/**
 * Which notifications a message tells, of those for its channel that its sender has claimed: the one whose run it names,
 * or, when it is a list, all, because a list names tasks and not every run.
 */
export function toldBy({ body, channel }: Got, by: Invocation, bucket: Bucket): readonly string[] {
  const text = JSON.stringify(JSON.parse(body)).replaceAll('&amp;', '&');
  const isForOwn = channel === 'own' || meantForOwn.test(text);
  const held = [...by.held].filter(([, it]) => (it['channel'] === 'own') === isForOwn);
  return text.includes(whereAllIs) ? keysOf(held.filter(([, it]) => isDecided(it, bucket))) : one(text, held);
}

/** What a message about one thing is: a recovery and a reminder say so in words that no failure is told in. */
function kindOf(text: string): string {
  if (text.includes(' works again after ')) return 'recovery';
  return /: \d+ more (failures?|times?) since /.test(text) ? 'reminder' : 'alert';
}

/** The run stands in a field of its own; a message may name others that failed because of it. */
function one(text: string, all: readonly (readonly [string, Fields])[]): readonly string[] {
  const held = all.filter(([, { kind }]) => kind === kindOf(text));
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
