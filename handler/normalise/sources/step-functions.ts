import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { readArn } from '../arn';
import { readCause } from '../cause';
import { consoleUrl } from '../console';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States, tellsError } from '../states';
import { wholeNumberOf } from '../text';
import { readTime } from '../time';

const states: States = new Map([
  ['RUNNING', 'started'],
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
  ['TIMED_OUT', 'timeout'],
  ['ABORTED', 'stopped'],
]);

const source: Source = {
  name: 'step_functions',
  title: 'Step Functions state machine',
  pattern: {
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: { status: [{ 'anything-but': ['PENDING_REDRIVE'] }] },
  },
  filters: { names: { path: ['detail', 'stateMachineArn'], before: '*:stateMachine:' } },
  normalise,
};

export default source;

function normalise({ detail, region }: CapturedEvent): SourceFields {
  const executionArn = requireText(detail, 'executionArn');
  const machineArn = textOf(detail['stateMachineArn']);
  const state = textOf(detail['status']) ?? 'unknown';
  const type = eventTypeOf(states, state);
  const error = textOf(detail['error']);
  const cause = textOf(detail['cause']);
  const failure = tellsError(type) && (error ?? cause) !== null ? readCause(error, cause) : null;
  return {
    service_name: nameIn(machineArn) ?? nameIn(executionArn) ?? executionArn,
    service_request_id: executionArn,
    event_type: type,
    source_state: state,
    ...failure?.error,
    caused_by_request_id: failure?.causedBy ?? null,
    retry_attempts: wholeNumberOf(detail['redriveCount']),
    started_at: readTime(detail['startDate']),
    ended_at: readTime(detail['stopDate']),
    resource_arn: machineArn,
    console_url: consoleUrl(region, `states#/v2/executions/details/${encodeURIComponent(executionArn)}`),
  };
}

/** The state machine's name in `stateMachine:NAME`, `execution:NAME:EXECUTION` or the Express forms of both. */
function nameIn(arn: string | null): string | null {
  return readArn(arn)?.resource.split(':')[1] ?? null;
}
