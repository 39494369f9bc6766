import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { attemptOfJob, logsOfJob, runOfJob, taskOfBatchJob, typeOfJob, withChildren } from '../batch';
import { consoleUrl } from '../console';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { readTaskError } from '../task-error';
import { readTime } from '../time';

/** The job at the head of its queue cannot start: nothing has failed yet, but it takes longer than expected. */
const queueBlocked = 'Batch Job Queue Blocked';

const intermediate = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING'];
/** The parent speaks for the children of an array and for the nodes of a multi-node job. */
const whole = {
  arrayProperties: { index: [{ exists: false }] },
  nodeDetails: { nodeIndex: [{ exists: false }] },
};

const source: Source = {
  name: 'batch_job',
  title: 'Batch job',
  pattern: {
    source: ['aws.batch'],
    $or: [
      { 'detail-type': ['Batch Job State Change'], detail: { ...whole, status: [{ 'anything-but': intermediate }] } },
      { 'detail-type': [queueBlocked] },
    ],
  },
  filters: {
    names: { path: ['detail', 'jobName'] },
    queues: { path: ['detail', 'jobQueue'], before: '*:job-queue/' },
  },
  normalise,
};

export default source;

/** Batch tells `FAILED` only when no further attempt follows. */
function normalise({ detail, detailType, region }: CapturedEvent): SourceFields {
  const jobId = requireText(detail, 'jobId');
  const state = textOf(detail['status']) ?? 'unknown';
  const type = detailType === queueBlocked ? 'delayed' : typeOfJob(detail, state);
  return {
    service_name: taskOfBatchJob(detail),
    service_request_id: runOfJob(jobId),
    event_type: type,
    source_state: state,
    ...(type === 'started' || type === 'succeeded' ? {} : withChildren(readTaskError(detail), detail)),
    retry_attempts: type === 'delayed' ? null : attemptOfJob(detail, type),
    started_at: readTime(detail['startedAt']),
    ended_at: readTime(detail['stoppedAt']),
    resource_arn: textOf(detail['jobDefinition']),
    console_url: consoleUrl(region, `batch#jobs/detail/${encodeURIComponent(jobId)}`),
    logs_url: logsOfJob(detail, region),
  };
}
