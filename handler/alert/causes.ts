import { objectOf, parseJson, textOf } from '../event/json';
import type { Objects } from '../ports';
import { generationOf, runIdentity } from '../record/identity';
import { decodeNotification, shortHash } from '../record/notification';
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
  /** Key of the notification of a run that may yet be retried: until it is sent, nobody knows whether it is ever told. */
  readonly unsure: string | null;
}

/** What lies under a cause; `own`: the run whose own id it is, null where another run named that id as its cause. */
interface Cause extends Leader {
  readonly own: string | null;
}

/**
 * Finds which alert tells of the cause of a failure. The run that failed inside another and the outer run share a
 * cause under the inner one's id; whoever comes first, in whatever invocation, leads, and all later ones are folded
 * into it, unless it is told where the people of a later one do not hear of it, or perhaps not told at all.
 * @param key of the alert's notification in the ledger.
 * @returns the id of the leading alert, or null when this one leads.
 */
export async function leaderOf(alert: Alert, key: string, causes: Causes): Promise<string | null> {
  const { id, record, eventType, route, finality } = alert;
  if (eventType !== 'failed' && eventType !== 'timeout') return null;
  const { channel, mention } = route;
  const unsure = finality === 'unknown' ? key : null;
  const self: Leader = { alert_id: id, run: shortHash(runIdentity(record)), channel, mention, unsure };
  const inner = record.caused_by_request_id;
  const named = inner === null ? null : await leadOrFollow({ ...self, own: null }, keyOf(record, inner, causes));
  const isAhead = async (it: Leader) => it.run !== self.run && (await leads(it, route, causes));
  const shared: Leader = named !== null && (await isAhead(named)) ? named : self;
  const found = await leadOrFollow({ ...shared, own: self.run }, keyOf(record, ownOf(record), causes));
  // Runs of other tasks may have the same id, such as a date: they have nothing to do with this one.
  const isOurs = found.own === null || found.own === self.run;
  const leader = isOurs && (await isAhead(found)) ? found : shared;
  return leader.run === self.run ? null : leader.alert_id;
}

/** Whether all whom a route calls hear of an alert. */
async function leads({ channel, mention, unsure }: Leader, route: Route, { objects }: Causes): Promise<boolean> {
  if (channel !== route.channel || (route.mention !== null && mention !== route.mention)) return false;
  return unsure === null || decodeNotification((await objects.get(unsure))?.body ?? '')?.status === 'sent';
}

/**
 * Takes back the lead of an alert that is not told after all: what shares a cause with it is told by itself then.
 * @throws what the port throws.
 */
export async function withdraw({ record }: Alert, causes: Causes): Promise<void> {
  const self = shortHash(runIdentity(record));
  const inner = record.caused_by_request_id;
  for (const id of [ownOf(record), ...(inner === null ? [] : [inner])]) {
    const { key, objects } = keyOf(record, id, causes);
    const object = await objects.get(key);
    const found = object && causeIn(object.body);
    if (object !== null && found?.run === self)
      await objects.putIfMatch(key, JSON.stringify({ own: found.own }), object.etag);
  }
}

/** A redriven run is a failure of its own: its first one may be folded into what failed inside it then. */
function ownOf(record: StateRecord): string {
  const generation = generationOf(record);
  return generation === 0 ? record.service_request_id : `${record.service_request_id}#${generation}`;
}

/** Names the leader of a cause, unless there is one; one that was taken back is free for the next. */
async function leadOrFollow(cause: Cause, { key, objects }: Place): Promise<Cause> {
  const body = JSON.stringify(cause);
  if ((await objects.putIfAbsent(key, body)) !== null) return cause;
  const object = await objects.get(key);
  const found = object && causeIn(object.body);
  if (object === null || found) return found || cause;
  const written = await objects.putIfMatch(key, body, object.etag);
  return (written === null && causeIn((await objects.get(key))?.body ?? '')) || cause;
}

/** Null for one that was taken back. */
function causeIn(text: string): Cause | null {
  const found = objectOf(parseJson(text));
  const [alert_id, run, channel] = [textOf(found?.['alert_id']), textOf(found?.['run']), textOf(found?.['channel'])];
  if (alert_id === null || run === null || channel === null) return null;
  const [mention, unsure, own] = [textOf(found?.['mention']), textOf(found?.['unsure']), textOf(found?.['own'])];
  return { alert_id, run, channel, mention, unsure, own };
}

/** Where a cause lies. */
interface Place {
  readonly key: string;
  readonly objects: Objects;
}

function keyOf({ account_id, region }: StateRecord, run: string, { prefix, objects }: Causes): Place {
  return { key: `${prefix}${shortHash(JSON.stringify([account_id, region, run]))}.json`, objects };
}
