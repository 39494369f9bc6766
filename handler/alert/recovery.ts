import { mapInGroups } from '../groups';
import type { StateRecord } from '../record/schema';
import type { Route } from '../settings';
import { claimOrNote, conclude } from './conclude';
import type { Judged } from './decide';
import { addSuccess, type Incident } from './decide/incident';
import { routeOf } from './decide/route';
import { silencedBy } from './decide/silence';
import { channelsOf } from './decide/told';
import { draftOfRecovery, type Item } from './item';
import { count, settle, type Telling } from './telling';

/**
 * Closes the incident of a task that works again, if there is one that this success closes.
 * @returns the recovery for each channel that knows of the incident.
 */
export async function recovered(run: Judged, telling: Telling): Promise<readonly Item[]> {
  const closed = await settle(run.changes, telling, () => closedBy(run.record, telling));
  if (closed === null || closed.record === null) return [];
  const route = routeOf(closed.record, telling.settings.routes);
  const items = await mapInGroups(channelsOf(closed), (channel) =>
    settle(run.changes, telling, () => recoveryIn({ ...route, channel }, { run, closed }, telling)),
  );
  return items.filter((it) => it !== null);
}

/** The incident that a success closes, or has closed before; null where there is none. */
async function closedBy(record: StateRecord, { incidents, ports }: Telling): Promise<Incident | null> {
  const key = incidents.keyOf(record);
  const known = await incidents.read(key, ports);
  if (known === null || (addSuccess(known, record, ports.now()) === null && !isClosedBy(known, record))) return null;
  return incidents.update(key, (before) => close(before, record, ports.now()), ports);
}

async function recoveryIn(
  route: Route,
  { run: { record, changes }, closed }: { readonly run: Judged; readonly closed: Incident },
  telling: Telling,
): Promise<Item | null> {
  const claimed = await claimOrNote(draftOfRecovery(record, route, closed), changes, telling);
  if (claimed === null) return null;
  const reason = silencedBy(record, telling.settings, telling.silences);
  if (reason !== null) {
    await conclude({ claimed, changes }, { status: 'silenced', reason }, telling);
    count('AlertsSilenced', 1, telling);
    return null;
  }
  const downMs = Math.max(0, Date.parse(record.event_time) - Date.parse(closed.opened_at));
  const said = { route, note: route.note ?? null, downMs, failures: closed.failures };
  return { claimed, notice: { kind: 'recovery', record, eventType: 'succeeded', ...said }, changes };
}

function close(before: Incident, record: StateRecord, now: Date) {
  const incident = addSuccess(before, record, now);
  if (incident !== null) return { incident, result: incident };
  return { incident: before, result: isClosedBy(before, record) ? before : null };
}

function isClosedBy({ state, closed_by }: Incident, record: StateRecord): boolean {
  return state === 'closed' && closed_by !== null && closed_by.service_request_id === record.service_request_id;
}
