import type { Job, JobRun } from '../handler/ports';
import type { Plan, Run } from './plan';

/** Glue, which knows its jobs and which attempt of which run has begun. */
export interface Glue {
  readonly getJob: (name: string) => Job | null;
  readonly getJobRun: (name: string, id: string, now: number) => JobRun | null;
}

/** Makes the Glue of a plan. */
export function createGlue({ steps }: Plan): Glue {
  const runs = steps.flatMap((step) => (step.kind === 'run' && step.run.service === 'glue_job' ? [step.run] : []));
  const byId = new Map(runs.map((run) => [run.id, run]));
  return {
    getJob(name) {
      const run = runs.find((it) => it.name === name);
      return run === undefined ? null : { maxRetries: run.retries };
    },
    getJobRun(name, id, now) {
      const [runId = '', attempt = '0'] = id.split('_attempt_');
      const run = byId.get(runId);
      return run?.name === name ? answer(run, Number(attempt), now) : null;
    },
  };
}

function answer({ attempts }: Run, number: number, now: number): JobRun | null {
  const attempt = attempts[number];
  if (attempt === undefined || attempt.began > now) return null;
  const hasEnded = attempt.ended <= now;
  return {
    startedAt: new Date(attempt.began).toISOString(),
    completedAt: hasEnded ? new Date(attempt.ended).toISOString() : null,
    executionSeconds: hasEnded ? Math.round((attempt.ended - attempt.began) / 1_000) : null,
    dpuSeconds: null,
    errorMessage: null,
  };
}
