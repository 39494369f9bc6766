import { mapInGroups } from '../groups';
import type { Incident } from './decide/incident';
import { routeOf } from './decide/route';
import { silencedBy } from './decide/silence';
import { reminded, remindedLater, reminding } from './decide/told';
import { isDue, type Remembered } from './due';
import { draftOfReminder, type Item } from './item';
import { claim } from './ledger';
import { send } from './send';
import { settle, type Telling } from './telling';

/** A reminder that this invocation settles; without an item it was sent before, and not noted in the incident. */
interface Reminder extends Remembered {
  readonly item: Item | null;
  readonly cooldownSeconds: number;
}

/** Reminds of what was counted and not told. What could not be sent falls due again a while later, with its count. */
export async function remind(all: readonly Remembered[], telling: Telling): Promise<void> {
  const now = telling.ports.now().getTime();
  const due = all.filter(({ incident }) => incident.untold > 0 && isDue(incident.remind_at, now));
  const begun = await mapInGroups(due, (it) => settle([], telling, () => begin(it, telling)));
  const reminders = begun.filter((it) => it !== null);
  const sent = await send(
    reminders.flatMap(({ item }) => item ?? []),
    telling,
  );
  await mapInGroups(reminders, (it) =>
    settle([], telling, () => end(it, it.item === null || sent.has(it.item), telling)),
  );
}

/** Claims a reminder; null for what is silenced, or another works on. */
async function begin({ key, incident }: Remembered, telling: Telling): Promise<Reminder | null> {
  const { record, untold: failures, state, closed_by } = incident;
  if (record === null) return null;
  const { ports, settings, silences, incidents } = telling;
  if (silencedBy({ ...record, event_time: ports.now().toISOString() }, settings, silences)) return null;
  const route = routeOf(record, settings.routes);
  const { channel, cooldownSeconds } = route;
  const found = await claim(draftOfReminder(record, route, incident), telling.ledger);
  if ('busySeconds' in found) return null;
  await incidents.update(key, (before) => ({ incident: reminding(before, channel), result: null }), ports);
  if ('settled' in found) return { key, incident, item: null, cooldownSeconds };
  const notice = {
    kind: 'reminder',
    record,
    eventType: record.event_type,
    route,
    note: route.note ?? null,
    failures,
    since: incident.last_told_at ?? incident.opened_at,
    worksSince: state === 'closed' ? (closed_by?.event_time ?? null) : null,
  } as const;
  return { key, incident, item: { claimed: found.claimed, notice, changes: [] }, cooldownSeconds };
}

async function end(
  { key, incident, cooldownSeconds }: Reminder,
  isSent: boolean,
  { incidents, ports }: Telling,
): Promise<void> {
  const after = (before: Incident) =>
    isSent
      ? reminded(before, incident.untold, cooldownSeconds, ports.now())
      : remindedLater(before, incident, ports.now());
  // What was told meanwhile, by an alert or the recovery, is not to be told any more.
  const isStillDue = (before: Incident) => before.remind_at === incident.remind_at;
  await incidents.update(
    key,
    (before) => ({ incident: isStillDue(before) ? after(before) : before, result: null }),
    ports,
  );
}
