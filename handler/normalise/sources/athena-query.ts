import type { CapturedEvent } from '../../event/captured-event';
import { objectOf, textOf } from '../../event/json';
import { buildArn } from '../arn';
import { isTimeout, readAthenaError } from '../athena-error';
import { consoleUrl } from '../console';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States, tellsError } from '../states';

const states: States = new Map([
  ['RUNNING', 'started'],
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'stopped'],
]);

const source: Source = {
  name: 'athena_query',
  title: 'Athena query',
  pattern: {
    source: ['aws.athena'],
    'detail-type': ['Athena Query State Change'],
    detail: { currentState: [{ 'anything-but': ['QUEUED'] }] },
  },
  filters: { workgroups: { path: ['detail', 'workgroupName'] } },
  onRequest: true,
  normalise,
};

export default source;

/** A query has no name: its workgroup is the task, and each query a run of it. */
function normalise({ detail, region, account }: CapturedEvent): SourceFields {
  const query = requireText(detail, 'queryExecutionId');
  const workgroup = requireText(detail, 'workgroupName');
  const state = textOf(detail['currentState']) ?? 'unknown';
  const error = objectOf(detail['athenaError']) ?? {};
  const told = eventTypeOf(states, state);
  const type = told === 'failed' && isTimeout(error) ? 'timeout' : told;
  return {
    service_name: workgroup,
    service_request_id: query,
    event_type: type,
    source_state: state,
    ...(tellsError(type) ? readAthenaError(error) : {}),
    resource_arn: buildArn({ service: 'athena', region, account, resource: `workgroup/${workgroup}` }),
    console_url: consoleUrl(region, `athena#/query-editor/history/${encodeURIComponent(query)}`),
  };
}
