import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { beforeExecution, readArn } from '../arn';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';
import { readTime } from '../time';

const states: States = new Map([
  ['Executing', 'started'],
  ['Succeeded', 'succeeded'],
  ['Failed', 'failed'],
  ['Stopped', 'stopped'],
]);

const source: Source = {
  name: 'sagemaker_pipeline',
  title: 'SageMaker pipeline',
  pattern: {
    source: ['aws.sagemaker'],
    'detail-type': ['SageMaker Model Building Pipeline Execution Status Change'],
    detail: { currentPipelineExecutionStatus: [{ 'anything-but': ['Stopping'] }] },
  },
  filters: { names: { path: ['detail', 'pipelineArn'], before: '*:pipeline/' } },
  normalise,
};

export default source;

/** The console shows pipelines in Studio only, under an address that holds the domain and the user: no link. */
function normalise({ detail }: CapturedEvent): SourceFields {
  const execution = requireText(detail, 'pipelineExecutionArn');
  const state = textOf(detail['currentPipelineExecutionStatus']) ?? 'unknown';
  const [, name = execution, , run = execution] = readArn(execution)?.resource.split('/') ?? [];
  return {
    service_name: name,
    service_request_id: run,
    event_type: eventTypeOf(states, state),
    source_state: state,
    started_at: readTime(detail['executionStartTime']),
    ended_at: readTime(detail['executionEndTime']),
    resource_arn: textOf(detail['pipelineArn']) ?? (beforeExecution(execution) || null),
  };
}
