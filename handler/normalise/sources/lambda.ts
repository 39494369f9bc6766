import { hash } from 'node:crypto';
import type { CapturedEvent } from '../../event/captured-event';
import { objectOf, textOf } from '../../event/json';
import { readArn } from '../arn';
import { consoleUrl, logsUrl } from '../console';
import { readCondition } from '../lambda-condition';
import { readLambdaError } from '../lambda-error';
import type { Source, SourceFields } from '../source';
import { wholeNumberOf } from '../text';
import { readTime } from '../time';

const timedOut = /^Sandbox\.Timedout$|Task timed out after/;

const source: Source = {
  name: 'lambda',
  title: 'Lambda function',
  pattern: {
    source: ['lambda'],
    'detail-type': ['Lambda Function Invocation Result - Success', 'Lambda Function Invocation Result - Failure'],
  },
  filters: { names: { path: ['detail', 'requestContext', 'functionArn'], before: '*:function:', after: ':*' } },
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
  const error = succeeded ? null : (readLambdaError(detail['responsePayload']) ?? readCondition(detail, state));
  const late = timedOut.test(error?.error_type ?? '') || timedOut.test(error?.error_message ?? '');
  return {
    event_id: hash('sha256', `${arn ?? ''}\n${requestId ?? JSON.stringify(detail)}\n${state}`, 'hex'),
    event_time: readTime(detail['timestamp']),
    service_name: name,
    service_request_id: requestId,
    event_type: succeeded ? 'succeeded' : late ? 'timeout' : 'failed',
    source_state: state,
    ...error,
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
