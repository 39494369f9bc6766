import { type JsonObject, objectOf, textOf } from './json';
import type { Attributes } from './message';

const successType = 'Lambda Function Invocation Result - Success';
const failureType = 'Lambda Function Invocation Result - Failure';

/**
 * Whether a bare JSON object is the record that Lambda sends to a destination: of an asynchronous invocation, or the
 * on-failure record of a stream mapping ("Invocation record" in the Lambda developer guide).
 */
export function isLambdaRecord(fields: JsonObject): boolean {
  const context = objectOf(fields['requestContext']);
  return (
    context !== null &&
    fields['detail-type'] === undefined &&
    textOf(context['condition']) !== null &&
    (textOf(context['functionArn']) !== null || textOf(context['requestId']) !== null)
  );
}

/** Puts a bare record into the envelope in which EventBridge delivers the same record. */
export function liftLambdaRecord(record: JsonObject): JsonObject {
  const condition = objectOf(record['requestContext'])?.['condition'];
  return envelope(record, condition === 'Success' ? successType : failureType);
}

/**
 * Whether message attributes are those that Lambda adds when it sends a failed event to a dead-letter queue or topic:
 * the body is then the function's own input, whatever it looks like.
 */
export function isDeadLetter(attributes: Attributes): boolean {
  return (
    attributes['RequestID'] !== undefined &&
    (attributes['ErrorCode'] !== undefined || attributes['ErrorMessage'] !== undefined)
  );
}

/** The failure that dead-letter attributes tell, as a destination record; Lambda names no function there. */
export function liftDeadLetter(attributes: Attributes, timestamp?: unknown): JsonObject {
  const record = {
    timestamp,
    requestContext: { requestId: attributes['RequestID'], condition: 'DeadLetterQueue' },
    responseContext: { statusCode: attributes['ErrorCode'] ?? null },
    responsePayload: { errorMessage: attributes['ErrorMessage'] ?? null },
  };
  return envelope(record, failureType);
}

function envelope(record: JsonObject, detailType: string): JsonObject {
  return { 'detail-type': detailType, source: 'lambda', time: record['timestamp'], detail: record };
}
