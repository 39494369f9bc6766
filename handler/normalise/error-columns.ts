import { limits, type StateRecord } from '../record/schema';
import type { ErrorText } from './error-text';
import { fingerprintOf } from './fingerprint';
import { cut } from './text';

/** The error columns of a record: what a text says, held to the limits, and its fingerprint. */
export function errorColumns({
  error_type = null,
  error_message = null,
  exception_details = null,
}: Partial<ErrorText>): Pick<StateRecord, keyof ErrorText | 'error_fingerprint'> {
  const type = error_type === null ? null : cut(error_type, limits.name);
  return {
    error_type: type,
    error_message: error_message === null ? null : cut(error_message, limits.error_message),
    exception_details: exception_details === null ? null : cut(exception_details, limits.exception_details),
    error_fingerprint: error_message === null ? null : fingerprintOf(type, error_message),
  };
}
