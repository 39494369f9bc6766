import type { JobRun } from '../ports';
import type { StateRecord } from '../record/schema';

/** Fills times and consumption. What a run that Glue still counts as going has used so far is not what it took. */
export function withRun(record: StateRecord, run: JobRun): StateRecord {
  const { startedAt, completedAt, executionSeconds, dpuSeconds } = run;
  const started_at = record.started_at ?? startedAt;
  if (completedAt === null) return { ...record, started_at };
  const ended_at = record.ended_at ?? completedAt;
  return {
    ...record,
    started_at,
    ended_at,
    duration_ms: record.duration_ms ?? millisecondsOf(executionSeconds) ?? between(started_at, ended_at),
    dpu_seconds: record.dpu_seconds ?? dpuSeconds,
  };
}

function millisecondsOf(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1_000);
}

function between(start: string | null, end: string): number | null {
  const milliseconds = start === null ? Number.NaN : Date.parse(end) - Date.parse(start);
  return milliseconds >= 0 ? milliseconds : null;
}
