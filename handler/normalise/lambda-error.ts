import { type JsonObject, objectOf, textOf } from '../event/json';
import { type ErrorText, readError } from './error-text';

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
  const type = textOf(fields['errorType']);
  return {
    ...readError(message, type),
    exception_details: withStack(type === null ? message : `${type}: ${message}`, stackOf(fields)),
  };
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
