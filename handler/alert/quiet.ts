import { mapInGroups } from '../groups';
import { byIncident } from './by-incident';
import { withdraw } from './causes';
import { conclude, settleClaimed } from './conclude';
import { addFailures, type Decision, type Incident } from './decide/incident';
import { count, type Telling } from './telling';
import { openOf, type Working } from './working';

/** An alert that is told, and the incident that it belongs to. */
export interface Loud extends Working {
  readonly incident: Incident;
}

/** Adds failures to the incidents of their tasks, and keeps back what was told before. */
export async function withoutQuiet(working: readonly Working[], telling: Telling): Promise<readonly Loud[]> {
  const groups = byIncident(working, ({ alert }) => telling.incidents.keyOf(alert.record));
  return (await mapInGroups(groups, ({ key, group }) => ofOne(key, inOrder(group), telling))).flat();
}

function inOrder(group: readonly Working[]): readonly Working[] {
  return [...group].sort((a, b) => Date.parse(a.alert.record.event_time) - Date.parse(b.alert.record.event_time));
}

async function ofOne(key: string, group: readonly Working[], telling: Telling): Promise<readonly Loud[]> {
  const now = telling.ports.now();
  const result = await settleClaimed(group.map(openOf), telling, () =>
    telling.incidents.update(key, (before) => addAll(before, group, now), telling.ports),
  );
  if (result === null) return [];
  const { incident, decisions } = result;
  const all = group.map((it, at) => ({ working: it, decision: decisions[at] ?? 'tell' }));
  const quiet = all.filter(({ decision }) => decision !== 'tell');
  await mapInGroups(quiet, ({ working, decision }) =>
    settleClaimed([openOf(working)], telling, async () => {
      await withdraw(working.alert, telling.causes);
      await conclude(openOf(working), suppressed(decision, incident), telling);
    }),
  );
  count('AlertsSuppressed', quiet.length, telling);
  return all.flatMap(({ working, decision }) => (decision === 'tell' ? [{ ...working, incident }] : []));
}

function addAll(before: Incident, group: readonly Working[], now: Date) {
  const failures = group.map(({ alert: { id, record, eventType, route } }) => {
    const { channel, cooldownSeconds } = route;
    return { alertId: id, record, eventType, channel, cooldownSeconds };
  });
  const added = addFailures(before, failures, now);
  return { incident: added.incident, result: added };
}

const reasons: Readonly<Record<Exclude<Decision, 'tell'>, string>> = {
  repeated: 'the same error of this task was told within the cooldown; it is counted',
  milder: 'something worse of this task is told already',
  recovered: 'it came late: a later run had succeeded already',
  reopened: 'the same error came back within the cooldown; it is counted',
};

function suppressed(decision: Decision, { incident_id }: Incident) {
  return { status: 'suppressed', reason: decision === 'tell' ? null : reasons[decision], incident_id } as const;
}
