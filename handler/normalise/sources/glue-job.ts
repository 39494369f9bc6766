import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { buildArn } from '../arn';
import { consoleUrl, logsUrl } from '../console';
import { errorWhere } from '../error-text';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';
import { wholeNumberOf } from '../text';
import { readTime } from '../time';

const stateChange = 'Glue Job State Change';
/** Sent only when the job has a delay notification threshold, once per status: the run takes longer than expected. */
const delayNotification = 'Glue Job Run Status';

const states: States = new Map([
  ['RUNNING', 'started'],
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
  ['ERROR', 'failed'],
  ['EXPIRED', 'failed'],
  ['TIMEOUT', 'timeout'],
  ['STOPPED', 'stopped'],
]);

const source: Source = {
  name: 'glue_job',
  title: 'Glue job',
  pattern: {
    source: ['aws.glue'],
    $or: [
      { 'detail-type': [stateChange], detail: { state: [{ 'anything-but': ['STARTING', 'STOPPING', 'WAITING'] }] } },
      { 'detail-type': [delayNotification] },
    ],
  },
  filters: { names: { path: ['detail', 'jobName'] } },
  normalise,
};

export default source;

function normalise({ detail, detailType, region, account }: CapturedEvent): SourceFields {
  const name = requireText(detail, 'jobName');
  const state = textOf(detail['state']) ?? 'unknown';
  const type = detailType === delayNotification ? 'delayed' : eventTypeOf(states, state);
  const id = textOf(detail['jobRunId']);
  const [run = null, attempt = '0'] = id?.split('_attempt_') ?? [];
  return {
    service_name: name,
    service_request_id: run,
    event_type: type,
    source_state: state,
    ...errorWhere(type, textOf(detail['message'])),
    retry_attempts: run === null ? null : wholeNumberOf(attempt),
    started_at: readTime(detail['startedOn']),
    resource_arn: buildArn({ service: 'glue', region, account, resource: `job/${name}` }),
    console_url: consoleUrl(region, `gluestudio#/job/${encodeURIComponent(name)}/run/${encodeURIComponent(id ?? '')}`),
    logs_url: id === null ? null : logsUrl({ region, group: '/aws-glue/jobs/error', stream: id }),
  };
}
