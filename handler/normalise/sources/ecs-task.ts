import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { consoleUrl } from '../console';
import { familyOf, taskPage, typeOfTask } from '../ecs';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { readTaskError } from '../task-error';
import { readTime } from '../time';

const change = ['ECS Task State Change'];
const intermediate = ['PROVISIONING', 'PENDING', 'ACTIVATING', 'DEACTIVATING', 'STOPPING', 'DEPROVISIONING', 'DELETED'];

/** Tasks of a service have no end of their own, and those of AWS Batch, in clusters named by it, are jobs there. */
const standalone = {
  group: [{ 'anything-but': { prefix: 'service:' } }, { exists: false }],
  startedBy: [{ 'anything-but': { prefix: 'ecs-svc/' } }, { exists: false }],
  taskArn: [{ 'anything-but': { wildcard: ['*:task/AWSBatch-*', '*:task/*_Batch_*-*-*-*-*/*'] } }],
};
const running = { ...standalone, lastStatus: ['RUNNING'], desiredStatus: ['RUNNING'] };
const ended = { ...standalone, lastStatus: [{ 'anything-but': [...intermediate, 'RUNNING'] }] };

const source: Source = {
  name: 'ecs_task',
  title: 'ECS task',
  pattern: {
    source: ['aws.ecs'],
    $or: [
      { 'detail-type': change, detail: running },
      { 'detail-type': change, detail: ended },
    ],
  },
  filters: {
    names: { path: ['detail', 'taskDefinitionArn'], before: '*:task-definition/', after: ':*' },
    clusters: { path: ['detail', 'clusterArn'], before: '*:cluster/' },
  },
  normalise,
};

export default source;

/** The work ends at `executionStoppedAt`; until `stoppedAt` ECS only clears up. */
function normalise({ detail, region }: CapturedEvent): SourceFields {
  const taskArn = requireText(detail, 'taskArn');
  const state = textOf(detail['lastStatus']) ?? 'unknown';
  const type = typeOfTask(detail, state);
  const page = taskPage(taskArn, detail['clusterArn']);
  return {
    service_name:
      familyOf(detail['taskDefinitionArn']) ?? textOf(detail['group'])?.replace(/^family:/, '') ?? 'unknown',
    service_request_id: taskArn,
    event_type: type,
    source_state: state,
    ...(type === 'started' || type === 'succeeded' ? {} : readTaskError(detail, textOf(detail['stopCode']))),
    started_at: readTime(detail['startedAt']),
    ended_at: readTime(detail['executionStoppedAt']) ?? readTime(detail['stoppedAt']),
    resource_arn: textOf(detail['taskDefinitionArn']),
    console_url: page && consoleUrl(region, `${page}/configuration?region=${region}`),
    logs_url: page && consoleUrl(region, `${page}/logs?region=${region}`),
  };
}
