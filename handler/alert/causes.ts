import { objectOf, parseJson, textOf } from '../event/json';
import type { Objects } from '../ports';
import { generationOf, runIdentity } from '../record/identity';
import { decodeNotification, type Status, shortHash } from '../record/notification';
import type { StateRecord } from '../record/schema';
import type { Route } from '../settings';
import type { Alert } from './decide';
import { leaseSeconds } from './ledger';

/** Where causes are kept. */
export interface Causes {
  readonly objects: Objects;
  readonly now: () => Date;
  /** Key prefix, ends in a slash. */
  readonly prefix: string;
}

/** The alert that tells of a cause, its run, and who hears of it. */
interface Leader {
  readonly alert_id: string;
  readonly run: string;
  readonly channel: string;
  readonly mention: string | null;
  /** Key of its notification, by which others see what became of it. */
  readonly key: string;
  /** Of a run that may yet be retried, `unsure`: until it is sent, nobody knows whether it is ever told. */
  readonly finality: 'sure' | 'unsure';
}

/** What lies under a cause; `own`: the run whose own id it is, null where another run named that id as its cause. */
interface Cause extends Leader {
  readonly own: string | null;
}

/**
 * Which alert tells of a cause: the one that asks, another, or one of which another invocation has yet to decide
 * whether it is told.
 */
export type Lead = 'itself' | 'undecided' | { readonly alert_id: string };

/**
 * Finds which alert tells of the cause of a failure. The run that failed inside another and the outer run share a
 * cause under the inner one's id; whoever comes first, in whatever invocation, leads, and all later ones are folded
 * into it, unless it is told where the people of a later one do not hear of it, or perhaps not told at all.
 * @param known the key of the alert's notification, and the alerts of which this invocation knows that it tells them.
 * @throws what the port throws.
 */
export async function leaderOf(alert: Alert, known: Known, causes: Causes): Promise<Lead> {
  const { id, record, eventType, route } = alert;
  if (eventType !== 'failed' && eventType !== 'timeout') return 'itself';
  const { channel, mention } = route;
  const finality = alert.finality === 'unknown' ? 'unsure' : 'sure';
  const run = shortHash(runIdentity(record));
  const self: Leader = { alert_id: id, run, channel, mention, key: known.key, finality };
  const inner = record.caused_by_request_id;
  const named = inner === null ? null : await leadOrFollow({ ...self, own: null }, keyOf(record, inner, causes));
  const leads = (it: Leader) => (it.run === self.run ? 'no' : isHeard(it, route, known, causes));
  const namedLeads = named === null ? 'no' : await leads(named);
  if (namedLeads === 'undecided') return 'undecided';
  const shared: Leader = named !== null && namedLeads === 'yes' ? named : self;
  const found = await leadOrFollow({ ...shared, own: self.run }, keyOf(record, ownOf(record), causes));
  // Runs of other tasks may have the same id, such as a date: they have nothing to do with this one.
  const isOurs = found.own === null || found.own === self.run;
  const foundLeads = isOurs ? await leads(found) : 'no';
  if (foundLeads === 'undecided') return 'undecided';
  const { run: leading, alert_id } = foundLeads === 'yes' ? found : shared;
  return leading === self.run ? 'itself' : { alert_id };
}

/** What the invocation of an alert knows. */
interface Known {
  readonly key: string;
  readonly told: ReadonlySet<string>;
}

/** What became of an alert of which people hear, sooner or later. One that may yet be retried is only heard of once it is sent. */
const hears: Readonly<Record<Leader['finality'], readonly Status[]>> = {
  sure: ['sent', 'folded', 'unconfigured', 'failed'],
  unsure: ['sent'],
};

/**
 * Whether all whom a route calls hear of an alert. One that was claimed and given up is waited for as long as one whose
 * author died: its message comes again.
 */
async function isHeard(
  leader: Leader,
  route: Route,
  { told }: Known,
  { objects, now }: Causes,
): Promise<'yes' | 'no' | 'undecided'> {
  if (leader.channel !== route.channel || (route.mention !== null && leader.mention !== route.mention)) return 'no';
  if (told.has(leader.alert_id)) return 'yes';
  const found = decodeNotification((await objects.get(leader.key))?.body ?? '');
  if (found === null) return 'no';
  if (found.status === 'claimed') {
    return now().getTime() < Date.parse(found.claimed_at) + leaseSeconds * 1_000 ? 'undecided' : 'no';
  }
  return hears[leader.finality].includes(found.status) ? 'yes' : 'no';
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
  const [key, mention, own] = [textOf(found?.['key']) ?? '', textOf(found?.['mention']), textOf(found?.['own'])];
  return { alert_id, run, channel, mention, key, finality: found?.['finality'] === 'sure' ? 'sure' : 'unsure', own };
}

/** Where a cause lies. */
interface Place {
  readonly key: string;
  readonly objects: Objects;
}

function keyOf({ account_id, region }: StateRecord, run: string, { prefix, objects }: Causes): Place {
  return { key: `${prefix}${shortHash(JSON.stringify([account_id, region, run]))}.json`, objects };
}
