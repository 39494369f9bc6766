import type { EventType } from '../record/schema';
import { type ErrorText, readError } from './error-text';
import { eventTypeOf, type States } from './states';

/** What a task stopped for; `FULL_LOAD_ONLY_FINISHED` and the like are the end that it was made for. */
const stopReasons: States = new Map([
  ['NORMAL', 'stopped'],
  ['RECONFIGURATION_RESTART', 'stopped'],
  ['RECYCLE_TASK', 'stopped'],
  ['FULL_LOAD_ONLY_FINISHED', 'succeeded'],
  ['STOPPED_AFTER_FULL_LOAD', 'succeeded'],
  ['STOPPED_AFTER_CACHED_EVENTS', 'succeeded'],
  ['STOPPED_AFTER_DDL_APPLY', 'succeeded'],
  ['STOPPED_AT_SERVER_TIME', 'succeeded'],
  ['STOPPED_AT_COMMIT_TIME', 'succeeded'],
  ['STOPPED_DUE_TO_LOW_MEMORY', 'failed'],
  ['STOPPED_DUE_TO_LOW_DISK', 'failed'],
  ['EXPRESS_LICENSE_LIMITS_REACHED', 'failed'],
  ['RECOVERABLE_ERROR', 'failed'],
  ['FATAL_ERROR', 'failed'],
]);

/** What DMS says of a task: how it ended by its `Stop Reason`, null where it tells none, and the text as an error. */
export interface DmsMessage {
  readonly end: EventType | null;
  readonly error: ErrorText;
}

/** Reads a message such as `Last Error  Out of memory. Stop Reason FATAL_ERROR Error Level FATAL`. */
export function readDmsMessage(message: string): DmsMessage {
  const reason = /\bStop Reason ([A-Z][A-Z_]*)/.exec(message)?.[1] ?? null;
  const end = reason === null ? null : eventTypeOf(stopReasons, reason);
  const begin = message.search(/\bStop Reason [A-Z]/);
  const cause = (begin === -1 ? message : message.slice(0, begin).trimEnd()).replace(/^\s*Last Error\s+/, '');
  const error = readError(cause === '' ? message : cause, end === 'failed' ? reason : null);
  return { end, error: { ...error, exception_details: message } };
}
