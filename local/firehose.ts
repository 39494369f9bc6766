import { splitDocuments } from '../handler/event/json-documents';
import type { Bucket } from './bucket';
import type { Stream, Table } from './deployment';
import { evaluatePrefix } from './firehose-prefix';
import { type ConversionFailure, type ParquetValue, readDocument } from './openx';
import { createParquetRows, type ParquetRows } from './parquet';
import { uuidOf } from './queue-message';

/** A Firehose stream on a clock that the caller holds; instants are milliseconds since the epoch. */
export interface Firehose {
  /** `PutRecordBatch`: takes every record. @throws Error `InvalidArgumentException` above one of its limits. */
  readonly put: (records: readonly string[], now: number) => void;
  /** When the buffer's interval ends; null while it is empty. */
  readonly dueAt: () => number | null;
  /** Writes what is buffered. */
  readonly flush: () => void;
  readonly figures: () => FirehoseFigures;
}

/** What a stream did so far. */
export interface FirehoseFigures {
  readonly rows: number;
  readonly files: number;
  /** Records that could not be converted; they lie under the error prefix. */
  readonly failedRecords: number;
  /** Values that no column of the table took, by their key. */
  readonly droppedKeys: ReadonlyMap<string, number>;
}

/** "Amazon Data Firehose quota": of one call, and of one record. */
const limits = { records: 500, callBytes: 4 * 1024 * 1024, recordBytes: 1_000 * 1024 } as const;

interface Pending {
  readonly arrivedAt: number;
  readonly rows: ParquetRows;
  readonly failures: string[];
  bytes: number;
}

/** Opens a stream that writes into a bucket. */
export function openFirehose(stream: Stream, bucket: Bucket): Firehose {
  const figures = { rows: 0, files: 0, failedRecords: 0, droppedKeys: new Map<string, number>() };
  let buffer: Pending | null = null;

  function flush(): void {
    if (buffer) {
      write(buffer, { stream, bucket, number: figures.files++ });
      buffer = null;
    }
  }

  function countKey(key: string): void {
    figures.droppedKeys.set(key, (figures.droppedKeys.get(key) ?? 0) + 1);
  }

  function take(record: string, now: number): void {
    buffer ??= { arrivedAt: now, rows: createParquetRows(stream.table.columns), failures: [], bytes: 0 };
    const result = convert(record, stream, countKey);
    if ('code' in result) {
      figures.failedRecords++;
      buffer.failures.push(failureLine(record, { failure: result, now, table: stream.table }));
    } else {
      figures.rows += result.length;
      result.forEach(buffer.rows.add);
    }
    buffer.bytes += byteLength(record);
    if (buffer.bytes >= stream.bufferBytes) flush();
  }

  return {
    put: (records, now) => {
      refuseOversize(records);
      for (const record of records) take(record, now);
    },
    dueAt: () => (buffer ? buffer.arrivedAt + stream.bufferSeconds * 1_000 : null),
    flush,
    figures: () => figures,
  };
}

function refuseOversize(records: readonly string[]): void {
  const sizes = records.map(byteLength);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const tooLarge = sizes.find((size) => size > limits.recordBytes);
  if (records.length === 0 || records.length > limits.records) {
    throw new Error(`InvalidArgumentException: ${records.length} records; a call takes 1 to ${limits.records}`);
  }
  if (tooLarge !== undefined || total > limits.callBytes) {
    const what = tooLarge === undefined ? `a call of ${total}` : `a record of ${tooLarge}`;
    throw new Error(
      `InvalidArgumentException: ${what} bytes; a record takes ${limits.recordBytes}, a call ${limits.callBytes}`,
    );
  }
}

/** A record fails as a whole, with all the documents in it. */
function convert(
  record: string,
  stream: Stream,
  onDropped: (key: string) => void,
): readonly (readonly ParquetValue[])[] | ConversionFailure {
  const documents = splitDocuments(record);
  if (documents.length === 0) {
    const message = 'The record was empty or contained only whitespace.';
    return { code: 'DataFormatConversion.MalformedData', message };
  }
  const rows: (readonly ParquetValue[])[] = [];
  for (const document of documents) {
    const row = readDocument(document, stream.table.columns, onDropped);
    if ('code' in row) return row;
    rows.push(row);
  }
  return rows;
}

function failureLine(
  record: string,
  { failure, now, table }: { failure: ConversionFailure; now: number; table: Table },
): string {
  return JSON.stringify({
    attemptsMade: 1,
    arrivalTimestamp: now,
    lastErrorCode: failure.code,
    lastErrorMessage: failure.message,
    attemptEndingTimestamp: now,
    rawData: Buffer.from(record).toString('base64'),
    sequenceNumber: null,
    subSequenceNumber: null,
    dataCatalogTable: { databaseName: table.database, tableName: table.name, versionId: 'LATEST' },
  });
}

function write(buffer: Pending, { stream, bucket, number }: { stream: Stream; bucket: Bucket; number: number }): void {
  const time = new Date(buffer.arrivedAt).toISOString().slice(0, 19).replace(/[T:]/g, '-');
  const name = `${stream.name}-1-${time}-${uuidOf(`${stream.name}#${number}`)}`;
  const context = { arrivedAt: buffer.arrivedAt, errorType: 'format-conversion-failed' };
  if (buffer.rows.count() > 0) {
    bucket.putIfAbsent(`${evaluatePrefix(stream.prefix, context)}${name}.parquet`, buffer.rows.toFile());
  }
  if (buffer.failures.length > 0) {
    bucket.putIfAbsent(`${evaluatePrefix(stream.errorPrefix, context)}${name}`, `${buffer.failures.join('\n')}\n`);
  }
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
