import type { EventType, StateRecord } from './schema';

/** What a run has come to: the state change that decides, and what it says of the run. */
export interface Verdict {
  readonly record: StateRecord;
  /** The record's own event type, or `retrying` for a failure that the service follows with another attempt. */
  readonly event_type: EventType;
}

const weights: Readonly<Record<EventType, number>> = {
  succeeded: 2,
  failed: 2,
  timeout: 2,
  stopped: 2,
  retrying: 1,
  delayed: 1,
  overdue: 1,
  started: 0,
};

/**
 * Decides what a run has come to, by all its state changes in any order and with any repetition; the view
 * `queries/views/run.sql` applies the same rule. The highest attempt wins (`retrying` counts as none); within it the
 * later second; at the same second a terminal state beats `retrying`, `delayed` and `overdue`, which beat `started`;
 * then time, id, and the copy that was written last.
 * @returns null for no changes.
 */
export function verdict(changes: readonly StateRecord[]): Verdict | null {
  const [first, ...others] = changes;
  if (first === undefined) return null;
  const record = others.reduce((winner, change) => (compare(change, winner) > 0 ? change : winner), first);
  const isFailure = record.event_type === 'failed' || record.event_type === 'timeout';
  return { record, event_type: isFailure && record.will_retry === true ? 'retrying' : record.event_type };
}

function compare(a: StateRecord, b: StateRecord): number {
  return (
    attemptOf(a) - attemptOf(b) ||
    second(a) - second(b) ||
    weights[a.event_type] - weights[b.event_type] ||
    Date.parse(a.event_time) - Date.parse(b.event_time) ||
    order(a.event_id, b.event_id) ||
    Date.parse(a.recorded_at) - Date.parse(b.recorded_at)
  );
}

/** EMR numbers the attempt before in the news of a retry, and no other change: between those, time decides. */
function attemptOf(change: StateRecord): number {
  return change.event_type === 'retrying' ? 0 : (change.retry_attempts ?? 0);
}

function second(change: StateRecord): number {
  return Math.floor(Date.parse(change.event_time) / 1_000);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
