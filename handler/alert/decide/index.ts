import { alertIdentity, generationIdentity } from '../../record/identity';
import { shortHash } from '../../record/notification';
import type { EventType, StateRecord } from '../../record/schema';
import { verdict } from '../../record/verdict';
import type { Route, Settings } from '../../settings';
import { routeOf } from './route';

/** What a run has come to, by the state changes of a batch. */
export interface Judged {
  readonly record: StateRecord;
  readonly eventType: EventType;
  readonly changes: readonly StateRecord[];
}

/** How sure it is that no other attempt follows. */
export type Finality = 'final' | 'unknown' | 'never-retried';

/** Something that people must be told: a run, what it came to, and where that is told. */
export interface Alert extends Judged {
  /** The same for the same run, generation and verdict, whoever finds it. */
  readonly id: string;
  readonly route: Route;
  readonly finality: Finality;
}

/** Judges the runs of a batch, in order of first arrival. Each generation of a redriven execution is judged by itself. */
export function judge(records: readonly StateRecord[]): readonly Judged[] {
  const runs = new Map<string, StateRecord[]>();
  for (const record of records) {
    const identity = generationIdentity(record);
    runs.set(identity, [...(runs.get(identity) ?? []), record]);
  }
  return [...runs.values()].flatMap((changes) => {
    const judged = verdict(changes);
    return judged === null ? [] : [{ record: judged.record, eventType: judged.event_type, changes }];
  });
}

/** The alert of a run, or null when its route does not tell of what it came to. */
export function alertOf(judged: Judged, settings: Settings): Alert | null {
  const { record, eventType } = judged;
  const route = routeOf(record, settings.routes);
  const told = route.alertOn ?? typesOf(record, settings);
  return told.includes(eventType)
    ? { ...judged, id: shortHash(alertIdentity(record, eventType)), route, finality: finalityOf(record) }
    : null;
}

/** Whether the service had attempts left and made none of them. */
export function isNeverRetried({ will_retry, retry_attempts, max_attempts, source_state }: StateRecord): boolean {
  return source_state === 'FAILED' && will_retry === false && (retry_attempts ?? 0) + 1 < (max_attempts ?? 0);
}

/** Glue alone retries without saying so in its event: unless it could be asked, nobody knows. */
export function finalityOf(record: StateRecord): Finality {
  const { service_type, source_state, will_retry } = record;
  if (isNeverRetried(record)) return 'never-retried';
  return service_type === 'glue_job' && source_state === 'FAILED' && will_retry === null ? 'unknown' : 'final';
}

function typesOf({ service_type }: StateRecord, { alertOn, alertOnOf }: Settings): readonly EventType[] {
  return (Object.hasOwn(alertOnOf, service_type) ? alertOnOf[service_type] : null) ?? alertOn;
}
