import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { beforeExecution } from '../arn';
import { consoleUrl, logsUrl } from '../console';
import { requireResource } from '../resource';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';

const states: States = new Map([
  ['LAUNCHING', 'started'],
  ['SUCCESS', 'succeeded'],
  ['ERROR', 'failed'],
]);

/** Documentation writes these states in title case, the API in capitals. */
const intermediateStates = ['queued', 'queueing', 'preparing', 'transferring', 'verifying', 'cancelling'] as const;

const source: Source = {
  name: 'datasync',
  title: 'DataSync task',
  pattern: {
    source: ['aws.datasync'],
    'detail-type': ['DataSync Task Execution State Change'],
    detail: { State: [{ 'anything-but': { 'equals-ignore-case': intermediateStates } }] },
  },
  filters: { names: { path: ['resources'], before: '*:task/', after: '/execution/*' } },
  normalise,
};

export default source;

/** Task and execution stand in the ARN alone: `task/TASK/execution/EXECUTION`. */
function normalise({ detail, resources, region }: CapturedEvent): SourceFields {
  const { resource, text } = requireResource(resources, 'datasync');
  const [, task = resource, , execution = null] = resource.split('/');
  const state = textOf(detail['State']) ?? 'unknown';
  const [taskId, executionId] = [task, execution ?? ''].map(encodeURIComponent);
  return {
    service_name: task,
    service_request_id: execution,
    event_type: eventTypeOf(states, state.toUpperCase()),
    source_state: state,
    resource_arn: beforeExecution(text),
    console_url: consoleUrl(
      region,
      execution === null ? `datasync#/tasks/${taskId}` : `datasync#/history/${taskId}/${executionId}`,
    ),
    logs_url: execution && logsUrl({ region, group: '/aws/datasync', stream: `${task}-${execution}` }),
  };
}
