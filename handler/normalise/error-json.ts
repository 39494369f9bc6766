import { type JsonObject, jsonObjectIn, objectOf, textOf } from '../event/json';

/** Where services and programs put the words, in this order. */
const messageKeys = [
  'errorMessage',
  'ErrorMessage',
  'error_message',
  'message',
  'Message',
  'msg',
  'Cause',
  'cause',
  'reason',
  'Reason',
  'error_description',
  'detail',
  'error',
  'Error',
  'errors',
  'exception',
  'body',
] as const;

/** Where they put the class of the error; the later ones often hold something else. */
const typeKeys = ['errorType', 'ErrorType', 'error_type', '__type', 'exceptionType', 'Error'] as const;
const otherTypeKeys = ['errorCode', 'ErrorCode', 'error_code', 'code', 'Code', 'type', 'name', 'error'] as const;

const className = /^[A-Za-z_$][\w$.]*$/;
const surelyClass = /^[A-Za-z_$][\w$.]*(?:Error|Exception|Fault|Failure|Timeout)$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** An error inside JSON: its message, a text of any form again, and its class where the JSON has it. */
export interface ErrorInJson {
  readonly message: string;
  readonly type: string | null;
}

/** The error in a text that is a JSON object, or null when it is none or says nothing of an error. */
export function errorInJson(text: string): ErrorInJson | null {
  const fields = jsonObjectIn(text);
  return fields && errorIn(fields);
}

function errorIn(fields: JsonObject): ErrorInJson | null {
  for (const key of messageKeys) {
    const value = Array.isArray(fields[key]) ? fields[key][0] : fields[key];
    const message = textOf(value)?.trim();
    if (message) {
      return { message, type: typeOf(fields, key) };
    }
    const inner = objectOf(value);
    const error = inner && errorIn(inner);
    if (error) {
      return { ...error, type: error.type ?? typeOf(fields, key) };
    }
  }
  return null;
}

/** The class beside a message, but never the message itself. */
function typeOf(fields: JsonObject, messageKey: string): string | null {
  const found = [
    ...typeKeys.map((key) => [key, className] as const),
    ...otherTypeKeys.map((key) => [key, surelyClass] as const),
  ].find(([key, form]) => key !== messageKey && form.test(nameOf(fields[key])));
  return found === undefined ? null : nameOf(fields[found[0]]);
}

/** `ThrottlingException` of `com.amazon.coral.service#ThrottlingException`. */
function nameOf(value: unknown): string {
  const text = textOf(value) ?? '';
  return text.length > 300 ? '' : text.slice(text.lastIndexOf('#') + 1);
}
