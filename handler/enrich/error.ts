import { errorColumns } from '../normalise/error-columns';
import { errorWhere } from '../normalise/error-text';
import type { StateRecord } from '../record/schema';
import { ownPatternsOf, redactText } from '../redact';
import type { Settings } from '../settings';

/**
 * Fills the error columns by the text that Glue keeps, where the event told none or only the beginning of it. That text
 * has not come through the reading of messages, so it is redacted here.
 */
export function withError(
  record: StateRecord,
  text: string | null,
  settings: Pick<Settings, 'redactionPatterns'>,
): StateRecord {
  const whole = redactText(text ?? '', ownPatternsOf(settings.redactionPatterns));
  if (!isMore(whole, record.exception_details ?? record.error_message)) return record;
  const told = errorWhere(record.event_type, whole);
  return told.error_message ? { ...record, ...errorColumns(told) } : record;
}

/** Whether a text says more than another one that may have been cut at its end. */
function isMore(whole: string, given: string | null): boolean {
  if (given === null) return whole.trim() !== '';
  return whole.length > given.length && whole.startsWith(given.replace(/\s*(?:\.{3}|…)\s*$/, ''));
}
