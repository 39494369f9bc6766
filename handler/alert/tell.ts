import { mapInGroups } from '../groups';
import type { StateRecord } from '../record/schema';
import { leaderOf } from './causes';
import { claimOrNote, conclude, settleClaimed, wait } from './conclude';
import type { Alert, Judged } from './decide';
import type { Incident } from './decide/incident';
import type { AlertNotice, Notice } from './decide/notice';
import { silencedBy } from './decide/silence';
import { draftOfAlert, type Item } from './item';
import type { Claimed } from './ledger';
import { type Loud, withoutQuiet } from './quiet';
import { recovered } from './recovery';
import { send } from './send';
import { count, settle, type Telling } from './telling';
import { openOf, type Working } from './working';

/** Another invocation should have decided about its alert after so many seconds. */
const soon = 5;

/**
 * Settles what failed and what works again: claims each alert, keeps back what is silenced, folded into its cause or a
 * repetition, and posts the rest. What could not be settled is noted in `telling`.
 */
export async function tell(alerts: readonly Alert[], successes: readonly Judged[], telling: Telling): Promise<void> {
  const claimed = await mapInGroups(alerts, (alert) =>
    settle(alert.changes, telling, () => claimAlert(alert, telling)),
  );
  const working = claimed.filter((it) => it !== null);
  const loud = await keep(working, withoutSilenced, telling);
  const folded = new Map<string, StateRecord[]>();
  const told: Loud[] = [];
  for (const some of fromTheInside(loud)) {
    const known = new Set(told.map(({ alert }) => alert.id));
    const leading = await keep(some, (it) => withoutFolded(it, { folded, told: known }, telling), telling);
    told.push(...(await withoutQuiet(leading, telling)));
  }
  const recoveries = (await mapInGroups(successes, (run) => recovered(run, telling))).flat();
  await send([...told.map((it) => itemOf(it, folded)), ...recoveries], telling);
}

/**
 * In the order in which they lead: where a run and what failed inside it come in one batch, the inner one leads, unless it
 * is kept back itself. One that may yet be retried comes last: perhaps it is not told after all.
 */
function* fromTheInside(all: readonly Working[]): Generator<readonly Working[]> {
  const isFinal = ({ alert }: Working) => alert.finality !== 'unknown';
  let left = all.filter(isFinal);
  while (left.length > 0) {
    const runs = new Set(left.map(({ alert }) => alert.record.service_request_id));
    const innermost = left.filter(({ alert }) => !runs.has(alert.record.caused_by_request_id ?? ''));
    const next = new Set(innermost.length > 0 ? innermost : left);
    yield [...next];
    left = left.filter((it) => !next.has(it));
  }
  yield all.filter((it) => !isFinal(it));
}

/** Takes each through a step, at most 25 at a time; what the step settles or fails at is left out. */
async function keep(
  working: readonly Working[],
  step: (item: Working, telling: Telling) => Promise<Working | null>,
  telling: Telling,
): Promise<readonly Working[]> {
  const kept = await mapInGroups(working, (item) => settleClaimed([openOf(item)], telling, () => step(item, telling)));
  return kept.filter((it) => it !== null);
}

async function claimAlert(alert: Alert, telling: Telling): Promise<Working | null> {
  const claimed = await claimOrNote(draftOfAlert(alert), alert.changes, telling);
  return claimed && { alert, claimed };
}

async function withoutSilenced(working: Working, telling: Telling): Promise<Working | null> {
  const reason = silencedBy(working.alert.record, telling.settings, telling.silences);
  if (reason === null) return working;
  await conclude(openOf(working), { status: 'silenced', reason }, telling);
  count('AlertsSilenced', 1, telling);
  return null;
}

async function withoutFolded(
  working: Working,
  { folded, told }: { readonly folded: Map<string, StateRecord[]>; readonly told: ReadonlySet<string> },
  telling: Telling,
): Promise<Working | null> {
  const lead = await leaderOf(working.alert, { key: working.claimed.key, told }, telling.causes);
  if (lead === 'itself') return working;
  if (lead === 'undecided') {
    await wait(openOf(working), soon, telling);
    return null;
  }
  const { alert_id: leader } = lead;
  folded.set(leader, [...(folded.get(leader) ?? []), working.alert.record]);
  await conclude(openOf(working), { status: 'folded', reason: 'told with its cause', folded_into: leader }, telling);
  count('AlertsFolded', 1, telling);
  return null;
}

function withIncident(claimed: Claimed, { incident_id }: Incident): Claimed {
  return { ...claimed, entry: { ...claimed.entry, incident_id } };
}

function itemOf({ alert, claimed, incident }: Loud, folded: ReadonlyMap<string, readonly StateRecord[]>): Item {
  const notice = noticeOf(alert, incident, folded.get(alert.id) ?? []);
  return { claimed: withIncident(claimed, incident), changes: alert.changes, notice };
}

function noticeOf(alert: Alert, incident: Incident, folded: readonly StateRecord[]): Notice {
  const { record, eventType, route, finality } = alert;
  const { failures } = incident;
  const shared = { kind: 'alert', record, eventType, route, note: route.note ?? null } as const;
  return { ...shared, finality, failures, folded, overtaken: overtakenBy(record, incident) };
}

/** The success that was there first, of a failure that could not be told in time. */
function overtakenBy({ event_time }: StateRecord, { state, closed_by }: Incident): AlertNotice['overtaken'] {
  const isOver = closed_by !== null && (state === 'closed' || event_time <= closed_by.event_time);
  return isOver ? { by: closed_by.event_time, hasFailedSince: state === 'open' } : null;
}
