import type { CapturedEvent } from '../../event/captured-event';
import { type JsonObject, objectOf, textOf } from '../../event/json';
import { buildArn } from '../arn';
import { consoleUrl } from '../console';
import { readError } from '../error-text';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States, tellsError } from '../states';

const states: States = new Map([
  ['RUNNING', 'started'],
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'stopped'],
]);

/** What `errorCategory` counts from 1, by Athena's error catalog. */
const categories: readonly string[] = ['System error', 'User error', 'Other error'];

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
  const type = eventTypeOf(states, state);
  return {
    service_name: workgroup,
    service_request_id: query,
    event_type: type,
    source_state: state,
    ...(tellsError(type) ? errorOf(objectOf(detail['athenaError']) ?? {}) : {}),
    resource_arn: buildArn({ service: 'athena', region, account, resource: `workgroup/${workgroup}` }),
    console_url: consoleUrl(region, `athena#/query-editor/history/${encodeURIComponent(query)}`),
  };
}

/** The engine's own code in front of the message (`SYNTAX_ERROR`, `HIVE_BAD_DATA`) tells more than the category. */
function errorOf(error: JsonObject) {
  const category = categories[Number(error['errorCategory']) - 1] ?? null;
  const message = textOf(error['errorMessage']);
  const code = /^[A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){1,8}(?=:)/.exec(message ?? '')?.[0];
  return message === null ? { error_type: category } : readError(message, code ?? category);
}
