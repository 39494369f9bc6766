import { objectOf } from '../handler/event/json';
import type { GlueColumn, GlueType } from './deployment';

/** A value as a Parquet column holds it: timestamps are milliseconds since the epoch. */
export type ParquetValue = string | bigint | number | boolean | null;

/** A document that the stream cannot convert, with Firehose's own error code. */
export interface ConversionFailure {
  readonly code: 'DataFormatConversion.ParseError' | 'DataFormatConversion.MalformedData';
  readonly message: string;
}

/**
 * Reads one JSON document by the columns of a table, as the OpenX SerDe behind Firehose does: keys regardless of case,
 * unknown keys dropped, missing ones null, numbers from numeric texts, objects in a text column as compact JSON.
 * `onDropped` is told of each key that no column takes.
 * Source: "Record format conversion", Firehose developer guide, and measurements of the service that others published.
 */
export function readDocument(
  document: string,
  columns: readonly GlueColumn[],
  onDropped?: (key: string) => void,
): readonly ParquetValue[] | ConversionFailure {
  let value: unknown;
  try {
    value = JSON.parse(document);
  } catch {
    return { code: 'DataFormatConversion.ParseError', message: 'Encountered malformed JSON.' };
  }
  try {
    const fields = lowerKeys(value);
    const keys = Object.keys(fields);
    const isWhole = columns.filter(({ name }) => Object.hasOwn(fields, name)).length === keys.length;
    if (onDropped && !isWhole)
      keys
        .filter((key) => !columns.some(({ name }) => name === key))
        .forEach((key) => {
          onDropped(key);
        });
    return columns.map(({ name, type }) => (fields[name] == null ? null : read[type](fields[name], name)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { code: 'DataFormatConversion.MalformedData', message: `Data does not match the schema. ${reason}` };
  }
}

const read: { readonly [T in GlueType]: (value: unknown, column: string) => ParquetValue } = {
  string: readText,
  bigint: readInteger,
  double: readDouble,
  boolean: readBoolean,
  timestamp: readTimestamp,
};

function lowerKeys(value: unknown): Record<string, unknown> {
  const fields = objectOf(value);
  if (!fields) {
    throw new Error(`Data is not JSONObject but ${Array.isArray(value) ? 'an array' : typeof value}`);
  }
  const entries = Object.entries(fields).map(([key, inner]) => [key.toLowerCase(), inner] as const);
  const lowered = Object.fromEntries(entries);
  if (Object.keys(lowered).length !== entries.length) {
    throw new Error('Duplicate key: two keys differ only in case');
  }
  return lowered;
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(withLowerKeys(value));
}

/** OpenX lower-cases keys at every depth. */
function withLowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withLowerKeys);
  }
  const fields = objectOf(value);
  if (!fields) {
    return value;
  }
  return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key.toLowerCase(), withLowerKeys(inner)]));
}

const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

function readInteger(value: unknown, column: string): bigint {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  const integer = typeof text === 'string' && /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : null;
  if (integer === null || integer < int64.min || integer > int64.max) {
    throw unreadable(value, column);
  }
  return integer;
}

function readDouble(value: unknown, column: string): number {
  const isNumeric =
    typeof value === 'number' ||
    (typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value));
  if (!isNumeric) {
    throw unreadable(value, column);
  }
  return Number(value);
}

/** Java's `Boolean.parseBoolean`: whatever is not "true" is false. */
function readBoolean(value: unknown, column: string): boolean {
  if (typeof value !== 'boolean' && typeof value !== 'string') {
    throw unreadable(value, column);
  }
  return String(value).toLowerCase() === 'true';
}

const isoForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
const spacedForm = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,9})?$/;

/** ISO 8601 in UTC, `yyyy-M-d H:m:s`, or a number: below 10^12 it is seconds, from there on milliseconds. */
function readTimestamp(value: unknown, column: string): number {
  const instant = typeof value === 'string' && value.includes(':') ? parseTime(value) : fromEpoch(value, column);
  if (!Number.isFinite(instant)) {
    throw unreadable(value, column);
  }
  return instant;
}

function parseTime(text: string): number {
  if (isoForm.test(text)) {
    return Date.parse(text);
  }
  const [, year, month, day, hour, minute, second, fraction] = spacedForm.exec(text) ?? [];
  if (year === undefined) {
    return Number.NaN;
  }
  const seconds = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return seconds + Math.floor(Number(`0${fraction ?? ''}`) * 1_000);
}

const epochForm = /^-?\d+(\.\d+)?$/;

/** AWS lets an instant beyond all dates wrap around in silence; here it is told. */
function fromEpoch(value: unknown, column: string): number {
  if (!epochForm.test(String(value))) {
    throw unreadable(value, column);
  }
  const number = readDouble(value, column);
  return new Date(Math.abs(number) < 1e12 ? number * 1_000 : number).getTime();
}

function unreadable(value: unknown, column: string): Error {
  return new Error(`For input string: ${JSON.stringify(value)} (column ${column})`);
}
