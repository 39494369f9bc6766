import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBucket } from '../../local/bucket';
import type { Stream, Table } from '../../local/deployment';
import { openFirehose } from '../../local/firehose';
import { openLake } from '../../local/lake';

const table: Table = {
  database: 'monitor',
  name: 'state',
  prefix: 'monitor/state/',
  format: 'parquet' as const,
  partitionKeys: [{ name: 'dt', format: 'yyyy-MM-dd', range: ['2026-01-01', 'NOW+1DAY'] as const }],
  columns: [
    { name: 'event_id', type: 'string' },
    { name: 'event_time', type: 'timestamp' },
    { name: 'attempts', type: 'bigint' },
    { name: 'dpu_seconds', type: 'double' },
    { name: 'will_retry', type: 'boolean' },
  ],
};
const stream: Stream = {
  name: 'rows',
  arn: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/rows',
  bucket: 'lake',
  prefix: 'monitor/state/dt=!{timestamp:yyyy-MM-dd}/',
  errorPrefix: 'firehose-errors/!{firehose:error-output-type}/',
  bufferBytes: 64 * 1024 * 1024,
  bufferSeconds: 300,
  table,
};
const row = {
  event_id: 'e-1',
  event_time: '2026-03-01T23:59:58.123Z',
  attempts: 2,
  dpu_seconds: 1.5,
  will_retry: false,
};
const midnight = Date.UTC(2026, 2, 2);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firehose-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function open(changes: Partial<Stream> = {}) {
  const bucket = openBucket({ folder, wrote: () => {} });
  return { bucket, firehose: openFirehose({ ...stream, ...changes }, bucket) };
}

function filesBelow(path: string): readonly string[] {
  return readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

test('what is written is what the table of the Terraform declares, and reads back as it was', async () => {
  const { bucket, firehose } = open();
  firehose.put([JSON.stringify(row) + JSON.stringify({ event_id: 'e-2' })], midnight);
  firehose.flush();

  const lake = await openLake({
    deployment: { tables: [table], views: [], queries: [] },
    pathOf: bucket.pathOf,
    now: midnight,
  });
  const described = await lake.query('DESCRIBE state');
  const [file = ''] = filesBelow('lake');
  const inFile = await lake.query(
    `DESCRIBE SELECT * FROM read_parquet('${join(folder, file)}', hive_partitioning = false)`,
  );
  const { rows } = await lake.query('SELECT * FROM state ORDER BY event_id');
  lake.close();

  expect(inFile.rows.map(([name, type]) => [name, type])).toEqual([
    ['event_id', 'VARCHAR'],
    ['event_time', 'TIMESTAMP'],
    ['attempts', 'BIGINT'],
    ['dpu_seconds', 'DOUBLE'],
    ['will_retry', 'BOOLEAN'],
  ]);
  expect(described.rows.map(([name]) => name)).toEqual([...table.columns.map(({ name }) => name), 'dt']);
  expect(rows).toEqual([
    ['e-1', '2026-03-01 23:59:58.123', '2', 1.5, false, '2026-03-02'],
    ['e-2', null, null, null, null, '2026-03-02'],
  ]);
});

test('the day of a file is the arrival of its oldest record, in UTC', () => {
  const { firehose } = open();
  firehose.put([JSON.stringify(row)], midnight - 1);
  firehose.put([JSON.stringify(row)], midnight + 60_000);
  firehose.flush();

  expect(filesBelow('lake')).toEqual([
    expect.stringMatching(/^lake\/monitor\/state\/dt=2026-03-01\/rows-1-2026-03-01-23-59-59-.*\.parquet$/),
  ]);
});

test('the buffer is due when its interval is over, and empty after it was written', () => {
  const { firehose } = open();
  firehose.put([JSON.stringify(row)], midnight);

  expect(firehose.dueAt()).toEqual(midnight + 300_000);
  firehose.flush();

  expect(firehose.dueAt()).toBeNull();
});

test('a full buffer is written at once', () => {
  const { firehose } = open({ bufferBytes: 1_000 });

  firehose.put(
    Array.from({ length: 30 }, () => JSON.stringify(row)),
    midnight,
  );

  expect(filesBelow('lake').length).toBeGreaterThan(1);
});

test('a record that cannot be converted lies under the error prefix as it was, its neighbours become rows', () => {
  const { firehose } = open();
  firehose.put([JSON.stringify(row), '{"event_id":"e-3","attempts":"many"}', '{"cut'], midnight);
  firehose.flush();

  const [file = ''] = filesBelow('firehose-errors');
  const lines = readFileSync(join(folder, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

  expect(file).toMatch(/^firehose-errors\/format-conversion-failed\/rows-1-/);
  expect(lines.map(({ lastErrorCode, rawData }) => [lastErrorCode, Buffer.from(rawData, 'base64').toString()])).toEqual(
    [
      ['DataFormatConversion.MalformedData', '{"event_id":"e-3","attempts":"many"}'],
      ['DataFormatConversion.ParseError', '{"cut'],
    ],
  );
  expect(firehose.figures()).toMatchObject({ rows: 1, files: 1, failedRecords: 2 });
});

test.each([
  ['more than 500 records', Array.from({ length: 501 }, () => '{}')],
  ['a record of more than 1000 KiB', ['x'.repeat(1_024_001)]],
  ['more than 4 MiB', Array.from({ length: 5 }, () => 'x'.repeat(1_000_000))],
  ['nothing', []],
])('a call with %s is refused', (_what, records) => {
  const { firehose } = open();

  expect(() => firehose.put(records, midnight)).toThrow('InvalidArgumentException');
});

test('a lake without files has its columns and no rows', async () => {
  const { bucket } = open();

  const lake = await openLake({
    deployment: { tables: [table], views: [], queries: [] },
    pathOf: bucket.pathOf,
    now: midnight,
  });
  const { columns, rows } = await lake.query('SELECT * FROM state');
  lake.close();

  expect([columns, rows]).toEqual([[...table.columns.map(({ name }) => name), 'dt'], []]);
});
