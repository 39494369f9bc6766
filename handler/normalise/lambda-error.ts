import { type JsonObject, objectOf, textOf } from '../event/json';
import { type ErrorText, readError } from './error-text';

/** Causes of causes are followed this deep. */
const deepestCause = 5;

/**
 * The error in a failed function's `responsePayload`, in every runtime's form: Python and Ruby `stackTrace` lines,
 * Java frames, Node.js `trace`, Python 2 frames as lists, a plain text, or any JSON of the function's own. Null when
 * the payload is absent or null.
 */
export function readLambdaError(payload: unknown): ErrorText | null {
  if (payload === null || payload === undefined || payload === '') {
    return null;
  }
  const fields = objectOf(payload);
  const message = fields && textOf(fields['errorMessage']);
  if (!fields || message === null) {
    return readError(
      typeof payload === 'string' ? payload : JSON.stringify(payload),
      fields && textOf(fields['errorType']),
    );
  }
  return {
    ...readError(message, textOf(fields['errorType'])),
    exception_details: traceOf(fields).join('\nCaused by: '),
  };
}

/** The errors in a payload with their stacks, each followed by the one that caused it (Java). */
function traceOf(fields: JsonObject, depth = 0): readonly string[] {
  const error = [textOf(fields['errorType']), textOf(fields['errorMessage'])].filter((it) => it !== null).join(': ');
  const cause = depth < deepestCause ? objectOf(fields['cause']) : null;
  return [withStack(error, stackOf(fields)), ...(cause ? traceOf(cause, depth + 1) : [])].filter((it) => it !== '');
}

/** The error above its stack; Node.js repeats the error in the stack itself. */
function withStack(error: string, stack: readonly string[]): string {
  const whole = stack.join('\n');
  if (whole === '') {
    return error;
  }
  return whole.startsWith(error) ? whole : `${error}\n${whole}`;
}

function stackOf(fields: JsonObject): readonly string[] {
  const stack = [fields['stackTrace'], fields['trace']].find(Array.isArray) ?? [];
  return stack.map((frame) => (typeof frame === 'string' ? frame.trimEnd() : JSON.stringify(frame)));
}
