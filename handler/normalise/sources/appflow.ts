import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { buildArn } from '../arn';
import { consoleUrl } from '../console';
import { errorWhere } from '../error-text';
import { lostRecords } from '../lost-records';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';
import { readTime } from '../time';

const start = 'AppFlow Start Flow Run Report';
/** AppFlow gives a flow up after failures: it has no run, and no later run will tell of it. */
const deactivations = ['AppFlow Event Flow Deactivated', 'AppFlow Scheduled Flow Deactivated'];

const states: States = new Map([
  ['Started', 'started'],
  ['Deactivated', 'failed'],
  ['Execution Successful', 'succeeded'],
]);

const source: Source = {
  name: 'appflow',
  title: 'AppFlow flow',
  pattern: {
    source: ['aws.appflow'],
    'detail-type': [start, 'AppFlow End Flow Run Report', ...deactivations],
  },
  filters: { names: { path: ['detail', 'flow-name'] } },
  normalise,
};

export default source;

/** The ARN is built, because `flow-arn` has account and region in each other's place. */
function normalise({ detail, detailType, region, account }: CapturedEvent): SourceFields {
  const name = requireText(detail, 'flow-name');
  const deactivated = deactivations.includes(detailType);
  const state = deactivated
    ? 'Deactivated'
    : detailType === start
      ? 'Started'
      : (textOf(detail['status']) ?? 'unknown');
  const type = eventTypeOf(states, state);
  const message = textOf(detail['error']) ?? textOf(detail['deactivation-reason']) ?? lostRecords(detail);
  return {
    service_name: name,
    service_request_id: deactivated ? null : requireText(detail, 'execution-id'),
    event_type: type,
    source_state: state,
    ...errorWhere(type, message),
    started_at: readTime(detail['start-time']),
    ended_at: readTime(detail['end-time']) ?? readTime(detail['deactivation-time']),
    resource_arn: buildArn({ service: 'appflow', region, account, resource: `flow/${name}` }),
    console_url: consoleUrl(region, `appflow#/details/${encodeURIComponent(name)}`),
  };
}
