import { objectOf, textOf } from '../handler/event/json';
import type { Job, JobRun } from '../handler/ports';

/**
 * Stands in for AWS Glue with what a lake shows of itself: a job makes as many retries as any of its runs was seen to
 * make, and an attempt is known when an event of it, or of one after it, is anywhere in the input. Glue begins a retry
 * soon after the failure, but the event of its end may come hours later; so what is asked for in between is there already.
 */
export interface Glue {
  /** Learns from an event of the input. */
  readonly learn: (event: unknown) => void;
  readonly getJob: (jobName: string) => Job | null;
  /** Knows that there is such an attempt, and nothing else of it: the rest is in the events. */
  readonly getJobRun: (jobName: string, runId: string) => JobRun | null;
}

const nothing: JobRun = {
  startedAt: null,
  completedAt: null,
  executionSeconds: null,
  dpuSeconds: null,
  errorMessage: null,
};

/** Opens a Glue that has seen nothing. */
export function createGlue(): Glue {
  /** The highest attempt of each run, by job. */
  const jobs = new Map<string, Map<string, number>>();
  return {
    learn: (event) => {
      const fields = objectOf(event);
      const detail = objectOf(fields?.['detail']);
      const [job, id] = [textOf(detail?.['jobName']), textOf(detail?.['jobRunId'])];
      if (fields?.['source'] !== 'aws.glue' || job === null || id === null) return;
      const { run, attempt } = attemptOf(id);
      const runs = jobs.get(job) ?? new Map<string, number>();
      jobs.set(job, runs.set(run, Math.max(attempt, runs.get(run) ?? 0)));
    },
    getJob: (jobName) => {
      const runs = jobs.get(jobName);
      return runs ? { maxRetries: [...runs.values()].reduce((one, other) => Math.max(one, other), 0) } : null;
    },
    getJobRun: (jobName, runId) => {
      const { run, attempt } = attemptOf(runId);
      const highest = jobs.get(jobName)?.get(run);
      return highest !== undefined && attempt <= highest ? nothing : null;
    },
  };
}

/** The first attempt of a run is `jr_…`, the one after it `jr_…_attempt_1`. */
function attemptOf(id: string): { readonly run: string; readonly attempt: number } {
  const [, run = id, attempt = '0'] = /^(.*)_attempt_(\d+)$/.exec(id) ?? [];
  return { run, attempt: Number(attempt) };
}
