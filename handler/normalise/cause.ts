import { jsonObjectIn, textOf } from '../event/json';
import { type ErrorText, readError } from './error-text';
import { readInnerRun } from './inner-run';
import { readLambdaError } from './lambda-error';
import { textWithoutPayloads } from './payloads';

/** What a state machine's `cause` says: the error, and the run inside it that failed. */
export interface Cause {
  readonly error: ErrorText;
  readonly causedBy: string | null;
}

/** A cause inside a cause (nested state machines) is followed this deep. */
const deepest = 3;

/**
 * Reads `error` and `cause` of a failed execution. A cause that is JSON is the answer of the service that the state waited
 * for (a Glue run, a Batch job, an ECS task, a nested execution …), or a Lambda function's error payload.
 */
export function readCause(error: string | null, cause: string | null): Cause {
  if (cause === null) {
    return { error: { error_type: error, error_message: error, exception_details: error }, causedBy: null };
  }
  const kept = textWithoutPayloads(cause);
  const inner = readInner(kept, 0);
  if (!inner) {
    return { error: readError(cause, error), causedBy: null };
  }
  return {
    error: {
      ...inner.error,
      error_type: error ?? inner.error.error_type,
      exception_details: kept,
    },
    causedBy: inner.causedBy,
  };
}

function readInner(cause: string, depth: number): Cause | null {
  const fields = jsonObjectIn(cause);
  if (fields === null) {
    return null;
  }
  const nested = textOf(fields['Cause']);
  const deeper = nested !== null && depth < deepest ? readInner(nested, depth + 1) : null;
  const run = readInnerRun(fields);
  return {
    error: deeper?.error ?? run.error ?? readLambdaError(fields) ?? readError(cause),
    causedBy: run.id,
  };
}
