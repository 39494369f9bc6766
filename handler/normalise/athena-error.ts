import { type JsonObject, textOf } from '../event/json';
import type { StateRecord } from '../record/schema';
import { readError } from './error-text';

/** What `errorCategory` counts from 1, by Athena's error catalog. */
const categories: readonly string[] = ['System error', 'User error', 'Other error'];

/** The `errorType`s that mean "Query timed out" in the same catalog, and the message that Athena then writes. */
const timeouts: readonly number[] = [206, 210];
const timeoutMessage = 'Query timeout';

/** Whether a query failed because its time was up; that a function or a source was too slow is another matter. */
export function isTimeout(error: JsonObject): boolean {
  return timeouts.includes(Number(error['errorType'])) || textOf(error['errorMessage']) === timeoutMessage;
}

/** The engine's own code in front of the message (`SYNTAX_ERROR`, `HIVE_BAD_DATA`) tells more than the category. */
export function readAthenaError(error: JsonObject): Partial<Pick<StateRecord, 'error_type' | 'error_message'>> {
  const category = categories[Number(error['errorCategory']) - 1] ?? null;
  const message = textOf(error['errorMessage']);
  const code = /^[A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){1,8}(?=:)/.exec(message ?? '')?.[0];
  return message === null ? { error_type: category } : readError(message, code ?? category);
}
