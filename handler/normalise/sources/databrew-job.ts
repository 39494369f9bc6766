import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { buildArn } from '../arn';
import { consoleUrl } from '../console';
import { errorWhere } from '../error-text';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';

const states: States = new Map([
  ['RUNNING', 'started'],
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
  ['TIMEOUT', 'timeout'],
  ['STOPPED', 'stopped'],
]);

const source: Source = {
  name: 'databrew_job',
  title: 'Glue DataBrew job',
  pattern: {
    source: ['aws.databrew'],
    'detail-type': ['DataBrew Job State Change'],
    detail: { state: [{ 'anything-but': ['STARTING', 'STOPPING'] }] },
  },
  filters: { names: { path: ['detail', 'jobName'] } },
  normalise,
};

export default source;

function normalise({ detail, region, account }: CapturedEvent): SourceFields {
  const name = requireText(detail, 'jobName');
  const state = textOf(detail['state']) ?? 'unknown';
  const type = eventTypeOf(states, state);
  const message = textOf(detail['message']);
  return {
    service_name: name,
    service_request_id: textOf(detail['jobRunId']),
    event_type: type,
    source_state: state,
    ...errorWhere(type, message),
    resource_arn: buildArn({ service: 'databrew', region, account, resource: `job/${name}` }),
    console_url: consoleUrl(region, `databrew#job-details?job=${encodeURIComponent(name)}`),
  };
}
