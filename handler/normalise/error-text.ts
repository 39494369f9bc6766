import type { EventType, StateRecord } from '../record/schema';
import { classIn } from './error-class';
import { errorInJson } from './error-json';
import { causeLine } from './error-lines';
import { tellsError } from './states';

/** The error columns that a source reads from a text. */
export type ErrorText = Pick<StateRecord, 'error_type' | 'error_message' | 'exception_details'>;

/** JSON inside JSON is followed this deep. */
const deepest = 3;

/** What stands before the cause and tells nobody anything: run ids that are columns already, categories, log prefixes. */
const boilerplate: readonly RegExp[] = [
  /^JobName:.{1,255}? and JobRunId:\S+ failed to execute with exception\s+/,
  /^The cause could not be determined because Lambda did not return an error type\. Returned payload: /,
  /^Error Category: [A-Z_ ]+;\s*(?:Failed Line Number: \d+;\s*)?/,
  /^Spark Error Class: [\w.]+;\s*/,
  /^\[ERROR\]\s+/,
  /^\d{4}-\d{2}-\d{2}T[\d:.]+Z\s+[0-9a-f-]{36}\s+/,
  /^\[?(?:\d{4}|\d{2})[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?Z?\]?\s+/,
  /^\[?(?:ERROR|FATAL|CRITICAL)\]? (?=[\w.]+: )/,
  /^RequestId: [\w-]+ (?:Error: )?/,
  /^Exception in thread "[^"]{1,200}" /,
  /^Exception in User Class: /,
  /^Uncaught (?:exception: )?/,
  /^FAILED: (?=\w+Exception\b)/,
  /^Job failed, please check complete logs[\s\S]{0,2000}?Last few exceptions: /,
  /^JobRun failed\. [\s\S]{0,500}?Last error seen in logs - /,
  /^Job run failed: /,
];

/** What an SDK adds to every message for AWS's support: other in every message, and nobody else reads it. */
const forSupport =
  /[;,] (?:Request ID|RequestID|Extended Request ID|S3 Extended Request ID|Proxy): [^;,)]*| ?\((?:SDK Attempt Count: \d+|Request ID: [\w-]+)\)/g;

/**
 * Reads an error text: its class when the service gives one (`given`) or the text plainly holds one, the line that a
 * person reads first, and the whole.
 */
export function readError(text: string, given: string | null = null): ErrorText {
  const { type, message } = read(text, 0);
  return { error_type: given ?? type, error_message: message === '' ? null : message, exception_details: text };
}

/** The error of a change: as {@link readError} reads it, and no columns where the type has none or no text tells it. */
export function errorWhere(type: EventType, text: string | null, given: string | null = null): Partial<ErrorText> {
  return text !== null && tellsError(type) ? readError(text, given) : {};
}

interface Reading {
  readonly type: string | null;
  readonly message: string;
}

/** An answer of a service that came as JSON speaks through the message inside it; any other text through its cause. */
function read(text: string, depth: number): Reading {
  const body = withoutFront(text);
  const inner = depth < deepest ? errorInJson(body) : null;
  if (inner) {
    const { type, message } = read(inner.message, depth + 1);
    return { type: inner.type ?? type, message };
  }
  const { line, isRaised } = causeLine(body);
  const message = withoutFront(line).replace(forSupport, '').trim();
  return { type: classIn(message, isRaised), message };
}

function withoutFront(text: string): string {
  return boilerplate.reduce((left, pattern) => left.replace(pattern, ''), text.trimStart());
}
