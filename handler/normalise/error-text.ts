import type { StateRecord } from '../record/schema';

/** The error columns that a source reads from a text. */
export type ErrorText = Pick<StateRecord, 'error_type' | 'error_message' | 'exception_details'>;

/** What stands before the cause and tells nobody anything: run ids that are columns already, categories, log prefixes. */
const boilerplate: readonly RegExp[] = [
  /^JobName:.{1,255}? and JobRunId:\S+ failed to execute with exception\s+/,
  /^Error Category: [A-Z_ ]+;\s*(?:Failed Line Number: \d+;\s*)?/,
  /^\d{4}-\d{2}-\d{2}T[\d:.]+Z [0-9a-f-]{36} /,
  /^RequestId: [\w-]+ (?:Error: )?/,
  /^Exception in thread "[^"]{1,200}" /,
];

/** A class name in front of a message, as Python, Java and Node.js print it: `ValueError: …`, `java.io.IOException: …`. */
const classInFront =
  /^((?:[A-Za-z_$][\w$]*\.)*[A-Z_$][\w$]*(?:Error|Exception|Exit|Fault|Failure|Interrupt|Timedout|Timeout))(?=$|:|\s\()/;

/**
 * Reads an error text: its class when the service gives one (`given`) or the text plainly holds one, the line that a
 * person reads first, and the whole.
 */
export function readError(text: string, given: string | null = null): ErrorText {
  const message = readableLine(text);
  return {
    error_type: given ?? classInFront.exec(message)?.[1] ?? null,
    error_message: message === '' ? null : message,
    exception_details: text,
  };
}

/**
 * The line that says what happened: of a Python traceback what was raised last, of a Java trace (alone, or brought by
 * PySpark) the deepest cause, else the first; without boilerplate.
 */
function readableLine(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const raised = raisedIn(lines);
  const line = raised === undefined || raised.startsWith('py4j.') ? (thrownIn(lines) ?? raised ?? lines[0]) : raised;
  return boilerplate.reduce((left, pattern) => left.replace(pattern, ''), line?.trim() ?? '').trim();
}

/** What a Python traceback ends in: the first line after its last frame; the message may go on after that. */
function raisedIn(lines: readonly string[]): string | undefined {
  if (!lines.some((line) => line.includes('Traceback (most recent call last)'))) {
    return undefined;
  }
  const lastFrame = lines.findLastIndex((line) => /^\s+File "/.test(line));
  return lines.slice(lastFrame + 1).find((line) => !/^\s/.test(line)) ?? lines.findLast((line) => !/^\s/.test(line));
}

/** What a Java trace says last, or what PySpark prints of it behind a colon. */
function thrownIn(lines: readonly string[]): string | undefined {
  const line = lines.findLast((it) => it.startsWith('Caused by: ')) ?? lines.find((it) => it.startsWith(': '));
  return line?.replace(/^(?:Caused by)?: /, '');
}
