import type { EventType, StateRecord } from './schema';

type TaskColumns = Pick<StateRecord, 'account_id' | 'region' | 'service_type' | 'service_name'>;
type RunColumns = TaskColumns & Pick<StateRecord, 'service_request_id'>;

/** Identity of a task: account, region, service type and name. */
export function taskIdentity(record: TaskColumns): string {
  return join([record.account_id, record.region, record.service_type, record.service_name]);
}

/** Identity of a run: its task and the id that the service gave it, shared by all attempts. */
export function runIdentity(record: RunColumns): string {
  return join([taskIdentity(record), record.service_request_id]);
}

/**
 * Services whose `retry_attempts` counts redrives: new starts of a run that had ended. Of all others it counts the
 * attempts within one run, which the verdict weighs against each other. Nothing else in a record tells the two apart,
 * and a column that does would be written into every row for this one question, so the service is named here.
 */
const redriven: ReadonlySet<string> = new Set(['step_functions']);

/**
 * How often a run was started anew: a redriven execution is judged and told anew. It is the redrive count; a run whose
 * id is a stand-in needs none, its id is the event's.
 */
export function generationOf(record: StateRecord): number {
  return redriven.has(record.service_type) ? (record.retry_attempts ?? 0) : 0;
}

/** Identity of one generation of a run. */
export function generationIdentity(record: StateRecord): string {
  return join([runIdentity(record), String(generationOf(record))]);
}

/** Identity of an alert: the generation of a run, and the verdict that is told of it. */
export function alertIdentity(record: StateRecord, verdict: EventType): string {
  return join([generationIdentity(record), verdict]);
}

/** JSON, because names may hold any separator. */
function join(parts: readonly string[]): string {
  return JSON.stringify(parts);
}
