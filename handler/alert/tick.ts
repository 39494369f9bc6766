import { attemptId } from '../enrich/retries';
import { mapInGroups } from '../groups';
import type { StateRecord } from '../record/schema';
import { correct } from './correct';
import { type Alert, alertOf, type Finality, type Judged } from './decide';
import { type AwaitedRetry, type Incident, withoutAwaited } from './decide/incident';
import { routeOf } from './decide/route';
import { silencedBy } from './decide/silence';
import { reminded, remindedLater } from './decide/told';
import { draftOfReminder, type Item } from './item';
import { claim } from './ledger';
import { send } from './send';
import { tell } from './tell';
import { settle, type Telling } from './telling';

/** So long a row that says that a retry follows is tried to be written anew. */
const longestCorrection = 86_400_000;

/** So long Glue may fail to answer before a retry that was waited for is told of all the same. */
const longestSilence = 1_200_000;

/** Does what falls due by itself: reminders with their counts, and retries that never came. */
export async function tick(telling: Telling): Promise<void> {
  const { incidents, ports } = telling;
  await incidents.refresh(ports);
  const now = ports.now().getTime();
  // One that cannot be read holds up none of the others.
  const all = await mapInGroups(incidents.keys(), async (key) => ({
    key,
    incident: await settle([], telling, () => incidents.read(key, ports)),
  }));
  const found = all.flatMap(({ key, incident }) => (incident === null ? [] : [{ key, incident }]));
  const due = found.filter(({ incident }) => incident.untold > 0 && isDue(incident.remind_at, now));
  await remind(due, telling);
  const retries = found.flatMap(({ key, incident }) =>
    incident.awaited.filter(({ due_at }) => isDue(due_at, now)).map((retry) => ({ key, retry })),
  );
  await tellOfMissing(retries, telling);
}

function isDue(instant: string | null, now: number): boolean {
  return instant !== null && Date.parse(instant) <= now;
}

interface Remembered {
  readonly key: string;
  readonly incident: Incident;
}

/** What could not be sent falls due again a while later, with its count. */
async function remind(due: readonly Remembered[], telling: Telling): Promise<void> {
  const claimed = await mapInGroups(due, (it) => settle([], telling, () => claimReminder(it, telling)));
  const open = claimed.filter((it) => it !== null);
  const sent = await send(
    open.flatMap(({ item }) => item ?? []),
    telling,
  );
  await mapInGroups(open, ({ key, incident, item }) => {
    const now = telling.ports.now();
    const after = (before: Incident) =>
      item === null || sent.has(item)
        ? reminded(before, item?.notice.route.channel ?? null, now)
        : remindedLater(before, now);
    const change = (before: Incident) => ({
      incident: before.remind_at === incident.remind_at ? after(before) : before,
      result: null,
    });
    return settle([], telling, () => telling.incidents.update(key, change, telling.ports));
  });
}

/** Without an item for what an earlier tick sent already; null for what is silenced, or another works on. */
async function claimReminder({ key, incident }: Remembered, telling: Telling) {
  const { record } = incident;
  if (record === null) return { key, incident, item: null };
  if (silencedBy({ ...record, event_time: telling.ports.now().toISOString() }, telling.settings, telling.silences)) {
    return null;
  }
  const route = routeOf(record, telling.settings.routes);
  const found = await claim(draftOfReminder(record, route, incident), telling.ledger);
  if ('busySeconds' in found) return null;
  if ('settled' in found) return { key, incident, item: null };
  const since = incident.last_told_at ?? incident.opened_at;
  const { untold: failures, state, closed_by } = incident;
  const notice = {
    kind: 'reminder',
    record,
    eventType: record.event_type,
    route,
    note: route.note ?? null,
    failures,
    since,
    worksSince: state === 'closed' ? (closed_by?.event_time ?? null) : null,
  } as const;
  const item: Item = { claimed: found.claimed, notice, changes: [] };
  return { key, incident, item };
}

interface Missing {
  readonly key: string;
  readonly retry: AwaitedRetry;
}

/** Asks Glue whether each retry came before anything is told of it. */
async function tellOfMissing(retries: readonly Missing[], telling: Telling): Promise<void> {
  const asked = await mapInGroups(retries, async (it) => ({ ...it, came: await hasCome(it.retry, telling) }));
  const decided = asked.filter((it) => it.came !== 'later');
  const missing = decided.flatMap(({ retry, came }) =>
    came === 'never-retried' || came === 'unknown' ? [{ ...failedOf(retry, came), came }] : [],
  );
  const alerts = missing.map(({ came, ...judged }) => alertOf(judged, telling.settings, came));
  await tell(
    alerts.filter((it): it is Alert => it !== null),
    [],
    telling,
  );
  const told = decided.filter(({ retry }) => !telling.unsettled.has(retry.record));
  await correct(missing, telling);
  const now = telling.ports.now().getTime();
  const isOver = ({ due_at }: AwaitedRetry) => Date.parse(due_at) + longestCorrection <= now;
  const settled = told.filter(({ retry }) => !telling.unsettled.has(retry.record) || isOver(retry));
  await mapInGroups(settled, ({ key, retry }) =>
    settle([], telling, () =>
      telling.incidents.update(
        key,
        (before) => ({ incident: withoutAwaited(before, retry.record), result: null }),
        telling.ports,
      ),
    ),
  );
}

/** Whether Glue knows the next attempt of a run; one that it cannot be asked about is asked about again, but not for ever. */
async function hasCome(
  { record, due_at }: AwaitedRetry,
  { glue, ports }: Telling,
): Promise<'yes' | 'later' | 'never-retried' | 'unknown'> {
  try {
    return (await glue.getJobRun(record.service_name, attemptId(record, 1))) === null ? 'never-retried' : 'yes';
  } catch {
    return ports.now().getTime() - Date.parse(due_at) < longestSilence ? 'later' : 'unknown';
  }
}

/** The run as it is now known to be: whoever could not be asked does not know whether another attempt follows. */
function failedOf({ record }: AwaitedRetry, came: Finality): Judged {
  const failed: StateRecord = { ...record, will_retry: came === 'never-retried' ? false : null };
  return { record: failed, eventType: record.event_type, changes: [record] };
}
