import { objectOf, parseJson, textOf } from '../event/json';
import type { Objects } from '../ports';
import { generationOf, runIdentity } from '../record/identity';
import { shortHash } from '../record/notification';
import type { StateRecord } from '../record/schema';
import type { Route } from '../settings';
import type { Alert } from './decide';

/** Where causes are kept. */
export interface Causes {
  readonly objects: Objects;
  /** Key prefix, ends in a slash. */
  readonly prefix: string;
}

/** The alert that tells of a cause, its run, and who hears of it. */
interface Leader {
  readonly alert_id: string;
  readonly run: string;
  readonly channel: string;
  readonly mention: string | null;
}

/** What lies under a cause; `own`: the run whose own id it is, null where another run named that id as its cause. */
interface Cause extends Leader {
  readonly own: string | null;
}

/**
 * Finds which alert tells of the cause of a failure. The run that failed inside another and the outer run share a
 * cause under the inner one's id; whoever comes first, in whatever invocation, leads, and all later ones are folded
 * into it, unless it is told where the people of a later one do not hear of it.
 * @returns the id of the leading alert, or null when this one leads.
 */
export async function leaderOf({ id, record, eventType, route }: Alert, causes: Causes): Promise<string | null> {
  if (eventType !== 'failed' && eventType !== 'timeout') return null;
  const { channel, mention } = route;
  const self: Leader = { alert_id: id, run: shortHash(runIdentity(record)), channel, mention };
  const inner = record.caused_by_request_id;
  const named = inner === null ? null : await leadOrFollow({ ...self, own: null }, keyOf(record, inner, causes));
  const shared: Leader = named !== null && reaches(named, route) ? named : self;
  const found = await leadOrFollow({ ...shared, own: self.run }, keyOf(record, ownOf(record), causes));
  // Runs of other tasks may have the same id, such as a date: they have nothing to do with this one.
  const isOurs = found.own === null || found.own === self.run;
  const leader = isOurs && reaches(found, route) ? found : shared;
  return leader.run === self.run ? null : leader.alert_id;
}

/** Whether all whom a route calls hear of an alert. */
function reaches({ channel, mention }: Leader, route: Route): boolean {
  return channel === route.channel && (route.mention === null || mention === route.mention);
}

/**
 * Takes back the lead of an alert that is not told after all: what fails because of it is told by itself then.
 * @throws what the port throws.
 */
export async function withdraw({ record }: Alert, causes: Causes): Promise<void> {
  const own = shortHash(runIdentity(record));
  const { key, objects } = keyOf(record, ownOf(record), causes);
  const object = await objects.get(key);
  const found = objectOf(parseJson(object?.body ?? ''));
  if (object === null || found?.['own'] !== own || found['run'] !== own) return;
  await objects.putIfMatch(key, JSON.stringify({ alert_id: null, run: null, own }), object.etag);
}

/** A redriven run is a failure of its own: its first one may be folded into what failed inside it then. */
function ownOf(record: StateRecord): string {
  const generation = generationOf(record);
  return generation === 0 ? record.service_request_id : `${record.service_request_id}#${generation}`;
}

/** Names the leader of a cause, unless there is one. */
async function leadOrFollow(cause: Cause, { key, objects }: { key: string; objects: Objects }): Promise<Cause> {
  if ((await objects.putIfAbsent(key, JSON.stringify(cause))) !== null) return cause;
  const found = objectOf(parseJson((await objects.get(key))?.body ?? ''));
  const [alert_id, run, channel] = [textOf(found?.['alert_id']), textOf(found?.['run']), textOf(found?.['channel'])];
  if (alert_id === null || run === null || channel === null) return cause;
  return { alert_id, run, channel, mention: textOf(found?.['mention']), own: textOf(found?.['own']) };
}

function keyOf({ account_id, region }: StateRecord, run: string, { prefix, objects }: Causes) {
  return { key: `${prefix}${shortHash(JSON.stringify([account_id, region, run]))}.json`, objects };
}
