import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { buildArn } from '../arn';
import { consoleUrl } from '../console';
import { readEmrMessage, readReason } from '../emr-message';
import { readError } from '../error-text';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States, tellsError } from '../states';

/** `INTERRUPTED` is what became of a step whose cluster went away: nobody asked for that. */
const states: States = new Map([
  ['RUNNING', 'started'],
  ['COMPLETED', 'succeeded'],
  ['FAILED', 'failed'],
  ['INTERRUPTED', 'failed'],
  ['CANCELLED', 'stopped'],
]);

const source: Source = {
  name: 'emr_step',
  title: 'EMR step',
  pattern: {
    source: ['aws.emr'],
    'detail-type': ['EMR Step Status Change'],
    detail: { state: [{ 'anything-but': ['PENDING', 'CANCEL_PENDING'] }] },
  },
  filters: { names: { path: ['detail', 'name'] }, clusters: { path: ['detail', 'clusterId'] } },
  normalise,
};

export default source;

/** The event names no cause; what it says for people is kept, without the ids that would make each failure another one. */
function normalise({ detail, region, account }: CapturedEvent): SourceFields {
  const step = requireText(detail, 'stepId');
  const name = requireText(detail, 'name');
  const cluster = textOf(detail['clusterId']);
  const state = textOf(detail['state']) ?? 'unknown';
  const type = eventTypeOf(states, state);
  const message = textOf(detail['message']) ?? '';
  const { text, startedAt, changedAt } = readEmrMessage(message);
  const reason = readReason(detail['stateChangeReason']);
  const told = [message, reason.message].filter(Boolean).join('\n');
  return {
    service_name: name,
    service_request_id: step,
    event_type: type,
    source_state: state,
    ...(told !== '' && tellsError(type)
      ? { ...readError(reason.message ?? text, reason.code), exception_details: told }
      : {}),
    started_at: startedAt,
    ended_at: type === 'started' ? null : changedAt,
    resource_arn: cluster && buildArn({ service: 'elasticmapreduce', region, account, resource: `cluster/${cluster}` }),
    console_url: cluster && consoleUrl(region, `emr#/clusterDetails/${encodeURIComponent(cluster)}`),
  };
}
