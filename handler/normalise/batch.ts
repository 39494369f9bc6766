import { type JsonObject, objectOf, textOf } from '../event/json';
import type { EventType } from '../record/schema';
import { logsUrl } from './console';
import { type ErrorText, readError } from './error-text';
import { taskOfJob } from './job-name';
import { eventTypeOf, type States } from './states';
import { wholeNumberOf } from './text';

/** Where Batch logs unless the job definition says otherwise. */
const usualLogGroup = '/aws/batch/job';

const states: States = new Map([
  ['RUNNING', 'started'],
  ['SUCCEEDED', 'succeeded'],
]);

/** The run: children of an array (`id:3`) and nodes (`id#0`) belong to their parent's. */
export function runOfJob(jobId: string): string {
  return jobId.replace(/[:#]\d+$/, '');
}

/**
 * The task that a job belongs to: its name without what changes from run to run. A name that is nothing else tells
 * nobody anything, so the definition, which many tasks may share, gives the name then.
 */
export function taskOfBatchJob(job: JsonObject): string {
  const name = textOf(job['jobName']);
  if (name !== null && taskOfJob(`job-${name}`) !== 'job') {
    return taskOfJob(name);
  }
  const definition = /:job-definition\/([^:]+)/.exec(textOf(job['jobDefinition']) ?? '')?.[1];
  return definition ?? name ?? 'unknown';
}

/** What a job has come to. */
export function typeOfJob(job: JsonObject, state: string): EventType {
  return state === 'FAILED' ? failureOfJob(job) : eventTypeOf(states, state);
}

/**
 * `FAILED` says that the last attempt ran too long, that somebody stopped the job, or that it failed. Batch gives the
 * reason in words only, and what a queue's time limit or the failure of another job ended is marked as cancelled, too.
 */
function failureOfJob(job: JsonObject): EventType {
  const reason = textOf(job['statusReason']) ?? '';
  if (/attempt duration exceeded timeout/i.test(reason)) {
    return 'timeout';
  }
  const byBatch = /JobStateTimeLimit|dependent job failed|array child job failed/i.test(reason);
  return !byBatch && (job['isTerminated'] === true || job['isCancelled'] === true) ? 'stopped' : 'failed';
}

/** Which attempt this is, from 1; null for a job that made none: cancelled before, or the parent of an array. */
export function attemptOfJob(job: JsonObject, type: EventType): number | null {
  const attempts = Array.isArray(job['attempts']) ? job['attempts'].map(objectOf) : [];
  const over = attempts.filter((attempt) => attempt?.['stoppedAt'] !== undefined).length;
  const begun = job['startedAt'] === undefined ? 0 : 1;
  return (type === 'started' ? over + 1 : Math.max(attempts.length, begun)) || null;
}

/** An error with how many children of an array failed; unchanged for other jobs. */
export function withChildren(error: ErrorText | null, job: JsonObject): ErrorText | null {
  const array = objectOf(job['arrayProperties']);
  const failed = wholeNumberOf(objectOf(array?.['statusSummary'])?.['FAILED']);
  const size = wholeNumberOf(array?.['size']);
  if (!failed || size === null) {
    return error;
  }
  const counts = `${failed} of ${size} children failed`;
  const message = error?.error_message;
  return { ...(error ?? readError(counts)), error_message: message ? `${message}: ${counts}` : counts };
}

/** The page of a job's log stream, where it logs to CloudWatch; of several containers, the first that has one. */
export function logsOfJob(job: JsonObject, region: string): string | null {
  const tasks = objectOf(job['ecsProperties'])?.['taskProperties'];
  const containers = [
    job['container'],
    ...(Array.isArray(tasks) ? tasks.flatMap((task) => objectOf(task)?.['containers']) : []),
  ].map(objectOf);
  const container = containers.find((it) => textOf(it?.['logStreamName']) !== null);
  const stream = textOf(container?.['logStreamName']);
  const logging = objectOf(container?.['logConfiguration']);
  if (stream === null || (logging && logging['logDriver'] !== 'awslogs')) {
    return null;
  }
  const group = textOf(objectOf(logging?.['options'])?.['awslogs-group']) ?? usualLogGroup;
  return logsUrl({ region, group, stream });
}
