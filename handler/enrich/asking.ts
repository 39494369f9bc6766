import { nameOf } from '../errors';
import type { Log } from '../log';
import type { Job, JobRun, Ports } from '../ports';

/** What Glue said, null where it knows of nothing; or null when it did not answer. */
export type Answer<T> = { readonly said: T | null } | null;

/** Asks Glue, each thing once, until it refuses. */
export interface Asking {
  readonly run: (jobName: string, runId: string) => Promise<Answer<JobRun>>;
  readonly job: (jobName: string) => Promise<Answer<Job>>;
  /** Logs that Glue was not asked to the end, if so. */
  readonly report: () => void;
}

/** So many runs are asked about at the same time: Glue allows an account few calls a second, and they are not ours alone. */
export const askedAtOnce = 10;

/** So many failures one after the other, and nothing else is asked. */
const mostFailures = 2;

/** What AWS calls a call that came too soon after others. */
const throttle = /throttl|toomanyrequests|limitexceeded|slowdown/i;

interface Means {
  readonly ports: Pick<Ports, 'getJobRun' | 'getJob'>;
  readonly log: Log;
}

/** Makes what asks for one batch. After the first throttle, and after two failures in a row, it asks no more. */
export function createAsking({ ports, log }: Means): Asking {
  const runs = new Map<string, Promise<Answer<JobRun>>>();
  const jobs = new Map<string, Promise<Answer<Job>>>();
  let inRow = 0;
  let failures = 0;
  let last: string | null = null;
  let isStopped = false;

  async function ask<T>(call: () => Promise<T | null>): Promise<Answer<T>> {
    if (isStopped) return null;
    try {
      const said = await call();
      inRow = 0;
      return { said };
    } catch (error) {
      last = nameOf(error);
      inRow += 1;
      failures += 1;
      isStopped = isStopped || inRow >= mostFailures || throttle.test(last);
      return null;
    }
  }

  return {
    run: (jobName, runId) =>
      once(JSON.stringify([jobName, runId]), runs, () => ask(() => ports.getJobRun(jobName, runId))),
    job: (jobName) => once(jobName, jobs, () => ask(() => ports.getJob(jobName))),
    report() {
      if (last === null) return;
      log.warn('Glue could not be asked about runs', { error: last, failures, stopped: isStopped });
    },
  };
}

function once<T>(key: string, known: Map<string, Promise<T>>, call: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? call();
  known.set(key, found);
  return found;
}
