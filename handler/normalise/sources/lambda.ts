import { hash } from 'node:crypto';
import type { CapturedEvent } from '../../event/captured-event';
import { objectOf, textOf } from '../../event/json';
import { readArn } from '../arn';
import { consoleUrl, logsUrl } from '../console';
import { readLambdaError } from '../lambda-error';
import type { Source, SourceFields } from '../source';
import { wholeNumberOf } from '../text';
import { readTime } from '../time';

const timedOut = /^Sandbox\.Timedout$|Task timed out after/;

/** What a condition means where the record holds no error of the function. */
const conditions: ReadonlyMap<string, string> = new Map([
  ['EventAgeExceeded', 'The event waited in the queue of the function longer than its maximum age'],
  ['ZeroReservedConcurrency', 'The function has no concurrency reserved, so the event was not processed'],
  ['RetryAttemptsExhausted', 'The function failed on a batch of a stream until its retries were used up'],
]);

const source: Source = {
  name: 'lambda',
  title: 'Lambda function',
  pattern: {
    source: ['lambda'],
    'detail-type': ['Lambda Function Invocation Result - Success', 'Lambda Function Invocation Result - Failure'],
  },
  normalise,
};

export default source;

/** The identity is a hash, because a bare record has no id and the wrapped one must have the same. */
function normalise({ detail, detailType, region }: CapturedEvent): SourceFields {
  const context = objectOf(detail['requestContext']) ?? {};
  const arn = textOf(context['functionArn']);
  const requestId = textOf(context['requestId']);
  const state = textOf(context['condition']) ?? detailType.replace(/^.* - /, '');
  const name = functionNameOf(arn) ?? 'unknown';
  const succeeded = state === 'Success';
  const error = succeeded ? null : readLambdaError(detail['responsePayload']);
  const late = timedOut.test(error?.error_type ?? '') || timedOut.test(error?.error_message ?? '');
  return {
    event_id: hash('sha256', `${arn ?? ''}\n${requestId ?? JSON.stringify(detail)}\n${state}`, 'hex'),
    event_time: readTime(detail['timestamp']),
    service_name: name,
    service_request_id: requestId,
    event_type: succeeded ? 'succeeded' : late ? 'timeout' : 'failed',
    source_state: state,
    ...(error ?? { error_message: succeeded ? null : (conditions.get(state) ?? null) }),
    retry_attempts: wholeNumberOf(context['approximateInvokeCount']),
    resource_arn: arn?.replace(/(:function:[^:]+):.*$/, '$1') ?? null,
    console_url: arn && consoleUrl(region, `lambda#/functions/${encodeURIComponent(name)}?tab=monitoring`),
    logs_url: arn && requestId && logsUrl({ region, group: `/aws/lambda/${name}`, text: requestId }),
  };
}

/** From `…:function:name:qualifier`, or the plain name. */
function functionNameOf(arn: string | null): string | null {
  return readArn(arn)?.resource.split(':')[1] || arn;
}
