import type { JsonObject } from '../event/json';
import type { ErrorText } from './error-text';
import { readStreamBatch } from './stream-batch';

/** What a condition means where the record holds no error of the function. */
const conditions: ReadonlyMap<string, string> = new Map([
  ['EventAgeExceeded', 'The event waited in the queue of the function longer than its maximum age'],
  ['ZeroReservedConcurrency', 'The function has no concurrency reserved, so the event was not processed'],
  ['RetryAttemptsExhausted', 'The function failed on a batch until its retries were used up'],
  ['RecordAgeExceeded', 'A batch grew older than the mapping allows before the function had processed it'],
  ['MaximumRecordAgeExceeded', 'A batch grew older than the mapping allows before the function had processed it'],
  ['MaximumPayloadSizeExceeded', 'A batch was larger than what a function can be given'],
]);

/**
 * What is known of a failed invocation whose record holds no error: the condition in words and, for a mapping of a
 * stream, which records were given up. The error itself is in the function's logs only.
 */
export function readCondition(record: JsonObject, condition: string): ErrorText {
  const batch = readStreamBatch(record);
  const meaning = conditions.get(condition) ?? (batch ? 'A batch was given up' : null);
  const message = batch && meaning ? `${meaning}: ${batch.records}` : meaning;
  return {
    error_type: null,
    error_message: message,
    exception_details: batch && message ? [message, ...batch.places].join('\n') : null,
  };
}
