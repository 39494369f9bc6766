import { generationIdentity } from '../../record/identity';
import type { EventType, StateRecord } from '../../record/schema';
import { verdict } from '../../record/verdict';
import type { Settings } from '../../settings';

/** Something that people must be told: a run, what it came to, and the state changes that it rests on. */
export interface Alert {
  readonly record: StateRecord;
  readonly eventType: EventType;
  readonly changes: readonly StateRecord[];
}

/** What is told: the types of the installation, and those of a source where they differ. */
type Told = Pick<Settings, 'alertOn'> & Partial<Pick<Settings, 'alertOnOf'>>;

/**
 * Decides what to tell of the state changes of a batch: one alert for each run whose verdict alerts, in order of
 * first arrival. Each generation of a redriven execution is judged by itself.
 */
export function decide(records: readonly StateRecord[], settings: Told): readonly Alert[] {
  const runs = new Map<string, StateRecord[]>();
  for (const record of records) {
    const identity = generationIdentity(record);
    runs.set(identity, [...(runs.get(identity) ?? []), record]);
  }
  return [...runs.values()].flatMap((changes) => {
    const judged = verdict(changes);
    return judged && typesToTell(judged.record, settings).includes(judged.event_type)
      ? [{ record: judged.record, eventType: judged.event_type, changes }]
      : [];
  });
}

function typesToTell({ service_type }: StateRecord, { alertOn, alertOnOf = {} }: Told): readonly EventType[] {
  return (Object.hasOwn(alertOnOf, service_type) ? alertOnOf[service_type] : null) ?? alertOn;
}
