import {
  EntityNotFoundException,
  GetJobCommand,
  GetJobRunCommand,
  GlueClient,
  type GlueClientConfig,
  InvalidInputException,
  type JobRun,
} from '@aws-sdk/client-glue';
import type { Ports } from './ports';

/** The ports on Glue. A run that has expired, and a job of another account or region, are none that it knows. */
export function createGluePorts(client: GlueClientConfig): Pick<Ports, 'getJobRun' | 'getJob'> {
  const glue = new GlueClient(client);
  return {
    async getJobRun(jobName, runId) {
      const { JobRun } = (await orNull(glue.send(new GetJobRunCommand({ JobName: jobName, RunId: runId })))) ?? {};
      return JobRun === undefined ? null : runOf(JobRun);
    },
    async getJob(jobName) {
      const { Job } = (await orNull(glue.send(new GetJobCommand({ JobName: jobName })))) ?? {};
      return Job === undefined ? null : { maxRetries: Job.MaxRetries ?? 0 };
    },
  };
}

/** Glue refuses names that none of its own can have in the same way as those that it does not know. */
function orNull<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof EntityNotFoundException || error instanceof InvalidInputException) return null;
    throw error;
  });
}

function runOf(run: JobRun) {
  const { StartedOn, CompletedOn, ExecutionTime = null, ErrorMessage } = run;
  return {
    startedAt: isoOf(StartedOn),
    completedAt: isoOf(CompletedOn),
    executionSeconds: ExecutionTime,
    dpuSeconds: dpuSecondsOf(run),
    errorMessage: ErrorMessage || null,
  };
}

/** Glue counts them for runs that scale or may wait; all others have their whole capacity all the time, and pay for it. */
function dpuSecondsOf({ DPUSeconds, MaxCapacity, ExecutionTime }: JobRun): number | null {
  if (DPUSeconds !== undefined) return DPUSeconds;
  return MaxCapacity === undefined || ExecutionTime === undefined ? null : MaxCapacity * ExecutionTime;
}

function isoOf(time: Date | undefined): string | null {
  return time === undefined || Number.isNaN(time.getTime()) ? null : time.toISOString();
}
