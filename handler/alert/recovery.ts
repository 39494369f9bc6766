import type { StateRecord } from '../record/schema';
import { claimOrNote, conclude } from './conclude';
import type { Judged } from './decide';
import { addSuccess, type Incident } from './decide/incident';
import { routeOf } from './decide/route';
import { silencedBy } from './decide/silence';
import { draftOfRecovery, type Item } from './item';
import { count, settle, type Telling } from './telling';

/** Closes the incident of a task that works again, if there is one that this success closes. */
export async function recovered({ record, changes }: Judged, telling: Telling): Promise<readonly Item[]> {
  const key = telling.incidents.keyOf(record);
  const found = await settle(changes, telling, async () => {
    const known = await telling.incidents.read(key, telling.ports);
    if (known === null || (addSuccess(known, record, telling.ports.now()) === null && !isClosedBy(known, record)))
      return null;
    const closed = await telling.incidents.update(
      key,
      (before) => close(before, record, telling.ports.now()),
      telling.ports,
    );
    if (closed === null || !closed.is_told || closed.record === null) return null;
    const route = routeOf(closed.record, telling.settings.routes);
    const claimed = await claimOrNote(draftOfRecovery(record, route, closed), changes, telling);
    return claimed && { claimed, closed, route };
  });
  if (!found) return [];
  const { claimed, closed, route } = found;
  const reason = silencedBy(record, telling.settings, telling.silences);
  if (reason !== null) {
    await conclude({ claimed, changes }, { status: 'silenced', reason }, telling);
    count('AlertsSilenced', 1, telling);
    return [];
  }
  const downMs = Math.max(0, Date.parse(record.event_time) - Date.parse(closed.opened_at));
  const { failures } = closed;
  const said = { route, note: route.note ?? null, downMs, failures };
  const notice = { kind: 'recovery', record, eventType: 'succeeded', ...said } as const;
  return [{ claimed, notice, changes }];
}

function close(before: Incident, record: StateRecord, now: Date) {
  const incident = addSuccess(before, record, now);
  if (incident !== null) return { incident, result: incident };
  return { incident: before, result: isClosedBy(before, record) ? before : null };
}

function isClosedBy({ state, closed_by }: Incident, record: StateRecord): boolean {
  return state === 'closed' && closed_by !== null && closed_by.service_request_id === record.service_request_id;
}
