import type { StateRecord } from '../record/schema';
import type { Asking } from './asking';

/** How long after a failed attempt its retry should have started, milliseconds. */
export const retryPause = 600_000;

/** The columns about attempts. */
export type Retries = Pick<StateRecord, 'max_attempts' | 'will_retry'>;

/** The id by which Glue knows an attempt of a run: this one, or so many after it. */
export function attemptId({ service_request_id, retry_attempts }: StateRecord, further = 0): string {
  const attempt = (retry_attempts ?? 0) + further;
  return attempt === 0 ? service_request_id : `${service_request_id}_attempt_${attempt}`;
}

/**
 * How many attempts Glue makes of a job, and whether another follows this one. Only `FAILED` is retried. A job that is
 * gone is not run again; one that was given fewer retries since has made as many as it has. What failed so long ago that
 * its retry should have started is not told by the number: Glue knows whether it did.
 * @returns null when Glue did not answer about the job.
 */
export async function retriesOf(record: StateRecord, asking: Asking, now: Date): Promise<Retries | null> {
  const { service_name, retry_attempts, source_state, event_time } = record;
  const job = await asking.job(service_name);
  if (job === null) return null;
  const made = (retry_attempts ?? 0) + 1;
  const most = job.said === null ? null : Math.max(job.said.maxRetries + 1, made);
  const max_attempts = record.max_attempts ?? most;
  if (source_state !== 'FAILED' || record.will_retry !== null) return { max_attempts, will_retry: record.will_retry };
  const isLeft = most !== null && made < most;
  if (!isLeft || now.getTime() - Date.parse(event_time) < retryPause) return { max_attempts, will_retry: isLeft };
  const next = await asking.run(service_name, attemptId(record, 1));
  return { max_attempts, will_retry: next === null || next.said !== null };
}
