import type { CapturedEvent } from '../../event/captured-event';
import { consoleUrl, logsUrl } from '../console';
import { errorWhere } from '../error-text';
import { readSageMakerJob } from '../sagemaker';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';
import { readTime } from '../time';

const training = ['SageMaker Training Job State Change'];
/** `Deleting` speaks of what is kept about a job, long after its end. */
const ended = [{ 'anything-but': ['InProgress', 'Stopping', 'Deleting'] }];
/** A training job also tells of its way; what it says at its start stays. */
const atStart = [
  { 'anything-but': ['Downloading', 'Uploading', 'Pending', 'Restarting', 'Updating', 'Interrupted'] },
  { exists: false },
];
const startedOrEnded = [{ 'anything-but': ['Stopping'] }];

const states: States = new Map([
  ['InProgress', 'started'],
  ['Completed', 'succeeded'],
  ['Failed', 'failed'],
  ['Stopped', 'stopped'],
]);

const source: Source = {
  name: 'sagemaker_job',
  title: 'SageMaker job (training, processing, transform)',
  pattern: {
    source: ['aws.sagemaker'],
    $or: [
      { 'detail-type': training, detail: { TrainingJobStatus: ended } },
      { 'detail-type': training, detail: { TrainingJobStatus: ['InProgress'], SecondaryStatus: atStart } },
      { 'detail-type': ['SageMaker Processing Job State Change'], detail: { ProcessingJobStatus: startedOrEnded } },
      { 'detail-type': ['SageMaker Transform Job State Change'], detail: { TransformJobStatus: startedOrEnded } },
    ],
  },
  filters: { names: { path: ['resources'], before: '*-job/' } },
  normalise,
};

export default source;

function normalise(event: CapturedEvent): SourceFields {
  const { detail, region } = event;
  const { kind, page, name, task, arn, state, ranOutOfTime, reason } = readSageMakerJob(event);
  const type = ranOutOfTime ? 'timeout' : eventTypeOf(states, state);
  return {
    service_name: task,
    service_request_id: arn ?? name,
    event_type: type,
    source_state: state,
    ...errorWhere(type, reason),
    started_at: readTime(detail[`${kind}StartTime`]),
    ended_at: readTime(detail[`${kind}EndTime`]),
    resource_arn: arn,
    console_url: consoleUrl(region, `sagemaker#/${page}/${encodeURIComponent(name)}`),
    logs_url: logsUrl({ region, group: `/aws/sagemaker/${kind}Jobs`, streams: `${name}/` }),
  };
}
