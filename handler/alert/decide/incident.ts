import type { StateRecord } from '../../record/schema';
import { channelsOf, type Failure, heard, isRepeated, kept, rank, settled, type Told, worstTold } from './told';

/** A failed attempt after which the service should start another. */
export interface AwaitedRetry {
  readonly record: StateRecord;
  /** When it is asked whether the other one came, ISO 8601. */
  readonly due_at: string;
}

/** A run of the task, by which it is told whether another one began later. */
interface Run {
  readonly service_request_id: string;
  readonly began_at: string;
  readonly event_time: string;
}

/** All that is remembered of a task that failed: one object in the bucket. Times are ISO 8601. */
export interface Incident extends Told {
  readonly opened_at: string;
  /** The run whose success closed it, or the incident before it; its time is when. */
  readonly closed_by: Run | null;
  /** Failures since it opened. */
  readonly failures: number;
  /** The failed run that began last. */
  readonly latest_run: Run | null;
  /** The latest failure, without its long texts: recoveries and reminders are made of it. */
  readonly record: StateRecord | null;
  /** What was decided of the latest alerts, by id: taken up again, each gets the same answer. */
  readonly decided: Readonly<Record<string, Decision>>;
  readonly awaited: readonly AwaitedRetry[];
}

/** Whether an alert is told, and why not. */
export type Decision = 'tell' | 'repeated' | 'milder' | 'recovered' | 'reopened';

/** So many decisions are kept of a task. */
const keptDecisions = 2_000;

/** A task of which nothing is remembered. */
export const noIncident: Incident = {
  state: 'closed',
  incident_id: '',
  opened_at: '',
  closed_by: null,
  failures: 0,
  untold: 0,
  told: [],
  last_told_at: null,
  remind_at: null,
  reminded_in: [],
  latest_run: null,
  record: null,
  decided: {},
  awaited: [],
};

/**
 * Adds failures in their order, and decides of each whether it is told. An alert that is added again changes nothing,
 * and gets the answer that it got. `now` is when reminders count from.
 */
export function addFailures(
  before: Incident,
  failures: readonly Failure[],
  now: Date,
): { readonly incident: Incident; readonly decisions: readonly Decision[] } {
  const decided = new Map(Object.entries(before.decided));
  const decisions: Decision[] = [];
  let incident = before;
  for (const { record, ...said } of failures) {
    const failure = { ...said, record: notAfter(now, record) };
    const known = decided.get(failure.alertId);
    const decision = known ?? decide(incident, failure);
    decisions.push(decision);
    if (known === 'tell') incident = heard(incident, failure, now);
    if (known !== undefined) continue;
    decided.set(failure.alertId, decision);
    if (decision !== 'recovered') incident = counted(reopened(incident, failure), failure, decision, now);
  }
  const isNew = decided.size > Object.keys(before.decided).length;
  const newest = [...decided].slice(-keptDecisions);
  return { incident: isNew ? { ...incident, decided: Object.fromEntries(newest) } : incident, decisions };
}

function decide(incident: Incident, failure: Failure): Decision {
  const { record, eventType, channel } = failure;
  const { closed_by: success, state } = incident;
  if (success && record.event_time <= success.event_time && beganAt(record) <= success.began_at) return 'recovered';
  if (isRepeated(incident, failure)) return state === 'closed' ? 'reopened' : 'repeated';
  return state === 'open' && rank(eventType) < worstTold(incident, channel) ? 'milder' : 'tell';
}

/** A closed incident with a new failure: the same one if it is quiet, else another. */
function reopened(incident: Incident, { alertId, record }: Failure): Incident {
  if (incident.state === 'open') return incident;
  return {
    ...noIncident,
    told: incident.told,
    remind_at: incident.remind_at,
    last_told_at: incident.last_told_at,
    untold: incident.untold,
    awaited: incident.awaited,
    closed_by: incident.closed_by,
    state: 'open',
    incident_id: alertId,
    opened_at: record.event_time,
  };
}

function counted(incident: Incident, failure: Failure, decision: Decision, now: Date): Incident {
  const { record, eventType, cooldownSeconds } = failure;
  const run = runOf(record);
  const isLatest = incident.latest_run === null || run.began_at >= incident.latest_run.began_at;
  const shared: Incident = {
    ...incident,
    opened_at: earlier(record.event_time, incident.opened_at),
    failures: incident.failures + (rank(eventType) === 2 ? 1 : 0),
    ...(isLatest ? { latest_run: run, record: shortened(record) } : {}),
  };
  return decision === 'tell' ? settled(heard(shared, failure, now)) : kept(shared, cooldownSeconds, now);
}

/**
 * Closes an open incident by a success of a run that began after the failed one, or of the failed run itself. A success
 * that happened before the failure closes nothing.
 * @returns null when the success closes nothing.
 */
export function addSuccess(incident: Incident, success: StateRecord, now: Date): Incident | null {
  const { latest_run: latest } = incident;
  const record = notAfter(now, success);
  if (incident.state === 'closed' || latest === null || record.event_time < latest.event_time) return null;
  const isSameRun = record.service_request_id === latest.service_request_id;
  if (!isSameRun && beganAt(record) <= latest.began_at) return null;
  // A recovery that is told counts all failures; after a quiet one the reminder still does.
  const after = channelsOf(incident).length > 0 ? settled(incident) : incident;
  return { ...after, state: 'closed', closed_by: runOf(record) };
}

/** Remembers failed attempts whose successors should come; one that is waited for already changes nothing. */
export function awaitRetries(incident: Incident, retries: readonly AwaitedRetry[]): Incident {
  const known = new Set(incident.awaited.map(({ record }) => record.event_id));
  const added = retries.filter(({ record }) => !known.has(record.event_id));
  return added.length === 0 ? incident : { ...incident, awaited: [...incident.awaited, ...added] };
}

/** Forgets attempts that were waited for. */
export function withoutAwaited(incident: Incident, retries: readonly AwaitedRetry[]): Incident {
  const gone = new Set(retries.map(({ record }) => record.event_id));
  const awaited = incident.awaited.filter(({ record }) => !gone.has(record.event_id));
  return awaited.length === incident.awaited.length ? incident : { ...incident, awaited };
}

/** Whether a later attempt of the same run is heard of. */
export function isOvertaken({ record }: AwaitedRetry, heard: readonly StateRecord[]): boolean {
  return heard.some(
    ({ service_request_id, retry_attempts }) =>
      service_request_id === record.service_request_id && (retry_attempts ?? 0) > (record.retry_attempts ?? 0),
  );
}

/** A clock that is ahead must not close what fails from now on, nor count it as told: nothing happens after now. */
function notAfter(now: Date, record: StateRecord): StateRecord {
  const latest = now.toISOString();
  const { event_time, started_at } = record;
  if (event_time <= latest && (started_at ?? '') <= latest) return record;
  return { ...record, event_time: earlier(event_time, latest), started_at: started_at && earlier(started_at, latest) };
}

function runOf(record: StateRecord): Run {
  return {
    service_request_id: record.service_request_id,
    began_at: beganAt(record),
    event_time: record.event_time,
  };
}

/** When a run began, as far as the record says: its start, else its end less its duration, else when it was told of. */
function beganAt({ started_at, event_time, duration_ms }: StateRecord): string {
  return started_at ?? new Date(Date.parse(event_time) - (duration_ms ?? 0)).toISOString();
}

function shortened(record: StateRecord): StateRecord {
  return { ...record, detail: null, exception_details: null };
}

function earlier(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? a : b;
}
