import type { EventType, StateRecord } from '../../record/schema';

/** A failure that was told, and where. */
interface Tale {
  readonly alert_id: string;
  /** Verdict and fingerprint. */
  readonly error: string;
  /** When the failure was that was told, ISO 8601. */
  readonly at: string;
  readonly channel: string;
  /** The incident that it was told in. */
  readonly incident_id: string;
}

/** What people know of a task. Times are ISO 8601. */
export interface Told {
  readonly state: 'open' | 'closed';
  /** Names the time from the first failure to the recovery that was told of. */
  readonly incident_id: string;
  /** What was told, the last one last; it outlives the incident for the cooldown. */
  readonly told: readonly Tale[];
  readonly last_told_at: string | null;
  /** Failures since something was last told. */
  readonly untold: number;
  readonly remind_at: string | null;
  /** The channels that were reminded of this incident. */
  readonly reminded_in: readonly string[];
}

/** A failure that is told, and where. */
export interface Failure {
  readonly alertId: string;
  readonly record: StateRecord;
  readonly eventType: EventType;
  readonly channel: string;
  readonly cooldownSeconds: number;
}

/** So many failures that were told are kept of a task. */
const keptTales = 100;

/** How bad a verdict is: the step up is always told, the step down never. */
export function rank(eventType: string): number {
  return eventType === 'failed' || eventType === 'timeout' ? 2 : 1;
}

/** Whether the same error was told within the cooldown. */
export function isRepeated({ told }: Told, { record, eventType, cooldownSeconds }: Failure): boolean {
  if (cooldownSeconds === 0) return false;
  const [error, at] = [errorOf(record, eventType), Date.parse(record.event_time)];
  return told.some((tale) => tale.error === error && at < Date.parse(tale.at) + cooldownSeconds * 1_000);
}

/** How bad the worst is that a channel was told of this incident; 0: nothing was. */
export function worstTold(incident: Told, channel: string): number {
  const there = talesOf(incident).filter((tale) => tale.channel === channel);
  return Math.max(0, ...there.map(({ error }) => rank(error.split(' ')[0] ?? '')));
}

/** The channels that know of this incident: none where nothing of it was told. */
export function channelsOf(incident: Told): readonly string[] {
  const channels = talesOf(incident).map(({ channel }) => channel);
  return [...new Set([...channels, ...incident.reminded_in])];
}

function talesOf({ told, incident_id }: Told): readonly Tale[] {
  return told.filter((tale) => tale.incident_id === incident_id);
}

/**
 * A failure that is told, in the incident that is open then, also when another one had told it before. Of those that say the same in the same place the
 * one before is kept, too, for it stays true when this one is taken back.
 */
export function heard<I extends Told>(incident: I, { alertId, record, eventType, channel }: Failure, now: Date): I {
  const { told, incident_id, state } = incident;
  const known = told.find((tale) => tale.alert_id === alertId);
  if (known !== undefined && (state === 'closed' || known.incident_id === incident_id)) return incident;
  const error = errorOf(record, eventType);
  const tale: Tale = { alert_id: alertId, error, at: record.event_time, channel, incident_id };
  const isSame = (it: Tale) => it.error === error && it.channel === channel && it.incident_id === incident_id;
  const before = told.findLast(isSame);
  const others = told.filter((it) => it !== known && (!isSame(it) || it === before));
  return { ...incident, told: [...others, tale].slice(-keptTales), last_told_at: now.toISOString() };
}

/** Takes back that failures were told, because there is no webhook: the same errors are told when they come again. */
export function unheard<I extends Told>(incident: I, alertIds: ReadonlySet<string>): I {
  const told = incident.told.filter(({ alert_id }) => !alertIds.has(alert_id));
  return told.length === incident.told.length ? incident : { ...incident, told };
}

/** A failure that is not told: it is counted, and falls due when the cooldown is over. */
export function kept<I extends Told>(incident: I, cooldownSeconds: number, now: Date): I {
  const end = Date.parse(incident.last_told_at ?? now.toISOString()) + cooldownSeconds * 1_000;
  const remind = new Date(Math.max(end, now.getTime())).toISOString();
  return { ...incident, untold: incident.untold + 1, remind_at: incident.remind_at ?? remind };
}

/** What was kept back is told, in an alert or a recovery. */
export function settled<I extends Told>(incident: I): I {
  return { ...incident, untold: 0, remind_at: null };
}

/** Before a channel is reminded: whatever comes in between, the recovery is told there. */
export function reminding<I extends Told>(incident: I, channel: string): I {
  const { reminded_in } = incident;
  return reminded_in.includes(channel) ? incident : { ...incident, reminded_in: [...reminded_in, channel] };
}

/** A reminder told of so many failures: those that came meanwhile fall due when the cooldown is over again. */
export function reminded<I extends Told>(incident: I, failures: number, cooldownSeconds: number, now: Date): I {
  const untold = Math.max(0, incident.untold - failures);
  const remind_at = untold === 0 ? null : new Date(now.getTime() + cooldownSeconds * 1_000).toISOString();
  return { ...incident, untold, remind_at, last_told_at: now.toISOString() };
}

/** Nobody could be reminded now, and the channel knows what it knew `before`: it is tried again in half an hour. */
export function remindedLater<I extends Told>(incident: I, before: Told, now: Date): I {
  const remind_at = new Date(now.getTime() + 1_800_000).toISOString();
  return { ...incident, remind_at, reminded_in: before.reminded_in };
}

function errorOf({ error_fingerprint }: StateRecord, eventType: EventType): string {
  return `${eventType} ${error_fingerprint ?? ''}`;
}
