import type { StateRecord } from './schema';

const loneSurrogate = /\\ud[89a-f][0-9a-f]{2}/;

/**
 * The record as the JSON document that Firehose converts: keys are the columns, times end in `Z`, null stays null.
 * Half a surrogate pair, which Java could not write as UTF-8, becomes U+FFFD.
 */
export function encode(record: StateRecord): string {
  const text = JSON.stringify(record);
  return loneSurrogate.test(text) ? JSON.stringify(record, wellFormed) : text;
}

function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
