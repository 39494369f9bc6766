import type { EventType, StateRecord } from '../../record/schema';

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
export interface Incident {
  readonly state: 'open' | 'closed';
  /** Names the time from the first failure to the recovery that was told of. */
  readonly incident_id: string;
  readonly opened_at: string;
  /** The run whose success closed it; its time is when. */
  readonly closed_by: Run | null;
  /** Failures since it opened, and those of them since something was last told. */
  readonly failures: number;
  readonly untold: number;
  /** Whether anything was told since it opened: if not, its end is not told either. */
  readonly is_told: boolean;
  /** How bad the worst is that was told since it opened; 0: nothing was. */
  readonly worst: number;
  /** What was told, by verdict and fingerprint, with the time of the failure; it outlives the incident for the cooldown. */
  readonly told: Readonly<Record<string, string>>;
  readonly last_told_at: string | null;
  readonly remind_at: string | null;
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

/** A failure as an incident sees it. */
export interface Failure {
  readonly alertId: string;
  readonly record: StateRecord;
  readonly eventType: EventType;
  readonly cooldownSeconds: number;
}

/** So many decisions and told errors are kept of a task. */
const kept = { decided: 2_000, told: 100 } as const;

/** A task of which nothing is remembered. */
export const noIncident: Incident = {
  state: 'closed',
  incident_id: '',
  opened_at: '',
  closed_by: null,
  failures: 0,
  untold: 0,
  is_told: false,
  worst: 0,
  told: {},
  last_told_at: null,
  remind_at: null,
  latest_run: null,
  record: null,
  decided: {},
  awaited: [],
};

/** How bad a verdict is: the step up is always told, the step down never. */
function rank(eventType: string): number {
  return eventType === 'failed' || eventType === 'timeout' ? 2 : 1;
}

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
  const newest = [...decided].slice(-kept.decided);
  return { incident: isNew ? { ...incident, decided: Object.fromEntries(newest) } : incident, decisions };
}

function decide(incident: Incident, { record, eventType, cooldownSeconds }: Failure): Decision {
  const at = Date.parse(record.event_time);
  const cooldown = cooldownSeconds * 1_000;
  const { closed_by: success } = incident;
  if (success && record.event_time <= success.event_time && beganAt(record) <= success.began_at) return 'recovered';
  const toldAt = incident.told[keyOf(record, eventType)];
  if (toldAt !== undefined && at < Date.parse(toldAt) + cooldown) {
    return incident.state === 'closed' ? 'reopened' : 'repeated';
  }
  if (incident.state === 'closed') return 'tell';
  return rank(eventType) < incident.worst ? 'milder' : 'tell';
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
  if (decision !== 'tell') {
    const end = Date.parse(incident.last_told_at ?? now.toISOString()) + cooldownSeconds * 1_000;
    const remind = new Date(Math.max(end, now.getTime())).toISOString();
    return { ...shared, untold: incident.untold + 1, remind_at: incident.remind_at ?? remind };
  }
  return { ...heard(shared, failure, now), untold: 0, remind_at: null };
}

/** A failure that is told, now or again; one that is known to be told changes nothing. */
function heard(incident: Incident, { record, eventType }: Failure, now: Date): Incident {
  const key = keyOf(record, eventType);
  const before = incident.told[key];
  if (before !== undefined && before >= record.event_time) return incident;
  const told = { ...incident.told, [key]: record.event_time };
  return {
    ...incident,
    told: Object.fromEntries(Object.entries(told).slice(-kept.told)),
    is_told: true,
    worst: Math.max(incident.worst, rank(eventType)),
    last_told_at: now.toISOString(),
  };
}

/** Takes back that a failure was told, because there is no webhook: the same error is told when it comes again. */
export function unheard(incident: Incident, record: StateRecord, eventType: EventType): Incident {
  const key = keyOf(record, eventType);
  if (incident.told[key] !== record.event_time) return incident;
  const told = Object.fromEntries(Object.entries(incident.told).filter(([it]) => it !== key));
  const ranks = Object.entries(told).flatMap(([it, at]) =>
    at >= incident.opened_at ? rank(it.split(' ')[0] ?? '') : [],
  );
  return { ...incident, told, is_told: ranks.length > 0, worst: Math.max(0, ...ranks) };
}

/**
 * Closes an open incident by a success of a run that began after the failed one, or of the failed run itself.
 * @returns null when the success closes nothing.
 */
export function addSuccess(incident: Incident, success: StateRecord, now: Date): Incident | null {
  const { latest_run: latest } = incident;
  const record = notAfter(now, success);
  if (incident.state === 'closed' || latest === null) return null;
  const isSameRun = record.service_request_id === latest.service_request_id && record.event_time >= latest.event_time;
  if (!isSameRun && beganAt(record) <= latest.began_at) return null;
  // A recovery that is told counts all failures; after a quiet one the reminder still does.
  const counts = incident.is_told ? { untold: 0, remind_at: null } : {};
  return { ...incident, ...counts, state: 'closed', closed_by: runOf(record) };
}

/** What was reminded of is told. */
export function reminded(incident: Incident, now: Date): Incident {
  return { ...incident, is_told: true, untold: 0, remind_at: null, last_told_at: now.toISOString() };
}

/** Nobody could be reminded now: it is tried again in half an hour. */
export function remindedLater(incident: Incident, now: Date): Incident {
  return { ...incident, remind_at: new Date(now.getTime() + 1_800_000).toISOString() };
}

/** Remembers a failed attempt whose successor should come; the same one only once. */
export function awaitRetry(incident: Incident, retry: AwaitedRetry): Incident {
  return { ...incident, awaited: [...withoutAwaited(incident, retry.record).awaited, retry] };
}

/** Forgets an attempt that was waited for. */
export function withoutAwaited(incident: Incident, { event_id }: StateRecord): Incident {
  return { ...incident, awaited: incident.awaited.filter(({ record }) => record.event_id !== event_id) };
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

function keyOf({ error_fingerprint }: StateRecord, eventType: EventType): string {
  return `${eventType} ${error_fingerprint ?? ''}`;
}

function shortened(record: StateRecord): StateRecord {
  return { ...record, detail: null, exception_details: null };
}

function earlier(a: string, b: string): string {
  return Date.parse(a) < Date.parse(b) ? a : b;
}
