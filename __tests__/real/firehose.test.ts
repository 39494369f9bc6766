import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { type LogicalType, limits, type StateRecord, columns as schema } from '../../handler/record/schema';
import type { GlueColumn } from '../../local/deployment';
import { type ParquetValue, readDocument } from '../../local/openx';
import { read, readFixtures, readPublicSamples } from '../handler/normalise/samples';
import { batchOf, glueEvent } from '../handler/process-events';
import { refused, withValue } from '../local/openx-documents';
import { refusalOf } from '../local/openx-refusal';
import { documentsOfEvents, documentsOfRecords } from './parts/firehose-reader/deliveries';
import { readWithSerDe } from './parts/firehose-reader/reader';
import { extremeRecords, generatedRecords } from './parts/firehose-reader/records';
import { type StreamFormat, streamFormat } from './parts/firehose-reader/stream';
import { synthesise, terraformOf } from './parts/stacks';

/** The format as it should be, for what is not about the Terraform. */
const right: StreamFormat = { columns: schema.map(({ name, type }) => ({ name, type })), properties: {} };

let folder: string;
let format: StreamFormat;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firehose-'));
  synthesise({}, folder);
  format = streamFormat(terraformOf(folder, 'monitoring'));
  readWithSerDe([], format);
}, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the delivery stream in the Terraform', () => {
  it('converts by the columns of a record, with their types, in their order', () => {
    const deployed = format.columns.map(({ name, type }) => `${name} ${type}`);

    expect(deployed).toEqual(schema.map(({ name, type }) => `${name} ${type}`));
  });
});

describe('every column of every record comes back as it was meant', () => {
  it('of all sample events, each invocation as it comes', async () => {
    const inputs = [...readFixtures(), ...readPublicSamples()].map(({ input }) => input);

    const documents = await documentsOfEvents(inputs);

    const records = inputs.flatMap((input) => read(input).records);
    expect(records.length).toBeGreaterThan(80);
    expect(losses(records, documents)).toEqual([]);
  });

  it('of a whole day in one batch, several rows to a record of Firehose', async () => {
    const day = readFileSync(join(__dirname, '../../examples/day.jsonl'), 'utf8').trimEnd().split('\n');
    const batch = batchOf(...day);

    const documents = await documentsOfEvents([batch]);

    const { records } = read(batch);
    expect(records.length).toBeGreaterThan(400);
    expect(losses(records, documents)).toEqual([]);
  });

  it('of texts over their limits, the cut wherever it falls in a character of two halves', async () => {
    const lengths = [0, 1, 2, 3].map((shift) => `${'x'.repeat(1_000 + shift)}${'🚀'.repeat(20_000)}`);
    const events = lengths.map((message, at) => glueEvent(`run${at}`, 'FAILED', { message }));
    const batch = batchOf(...events);

    const documents = await documentsOfEvents([batch]);

    const { records } = read(batch);
    const details = records.map(({ exception_details }) => exception_details ?? '');
    expect(details.map((text) => /… \[cut, 4100[0-3] characters in all\]$/.test(text))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(Math.max(...details.map(({ length }) => length))).toBe(limits.exception_details);
    expect(losses(records, documents)).toEqual([]);
  });

  it('at the extremes of each type', async () => {
    const records = extremeRecords();

    const documents = await documentsOfRecords(records);

    expect(losses(records, documents)).toEqual([]);
  });

  it('of a whole number beyond what JavaScript counts exactly, as a number and as a text', () => {
    const documents = ['9007199254740993', '"9007199254740993"'].flatMap((json) => [
      withValue('duration_ms', json),
      withValue('service_request_id', json),
    ]);

    const readings = readWithSerDe(documents, right);

    const places = ['duration_ms', 'service_request_id'].map((it) =>
      right.columns.findIndex(({ name }) => name === it),
    );
    const values = readings.map((reading, at) =>
      'values' in reading ? reading.values[places[at % 2] ?? -1] : reading,
    );
    expect(values).toEqual([2n ** 53n + 1n, '9007199254740993', 2n ** 53n + 1n, '9007199254740993']);
  });

  it('of any content that the schema allows', async () => {
    const records = generatedRecords(3_000);

    const documents = await documentsOfRecords(records);

    expect(losses(records, documents)).toEqual([]);
  });
});

describe('what AWS would refuse or lose', () => {
  it('is more than what the reader refuses by itself', () => {
    const readings = readWithSerDe(
      refused.map(([, document]) => document),
      right,
    );

    const lenient = refused.filter((_, at) => 'values' in (readings[at] ?? {})).map(([says]) => says);
    expect(lenient).toEqual([
      'an integer of 2^63',
      'an integer with a fraction',
      'a time with an offset',
      'a time with no zone',
      'a text that is no JSON',
      'nothing',
      'a second document in the line',
      'a list of documents',
      'a key in upper case',
      'two keys that differ in case',
      'a key without a column',
      'a column without a key',
    ]);
  });
});

describe('the reader of the local run', () => {
  it('reads what it takes as the SerDe does, whatever stands in a column', () => {
    const odd = oddValues(6_000);
    const documents = odd.map(({ column, json }) => withValue(column.name, json));

    const readings = readWithSerDe(documents, right);

    const pairs = documents.flatMap((document, at) => {
      const row = readDocument(document, right.columns);
      return 'code' in row ? [] : [{ ...odd[at], row, reading: readings[at] }];
    });
    const differences = pairs.flatMap(({ column, json, row, reading }) => {
      const place = column === undefined ? -1 : right.columns.indexOf(column);
      const ours = described(row.slice(place, place + 1));
      const theirs =
        reading && 'values' in reading ? described(reading.values.slice(place, place + 1)) : reading?.error;
      return ours === theirs ? [] : [`${column?.type} ${json}: we read ${ours}, the SerDe ${theirs}`];
    });
    expect(differences.slice(0, 5)).toEqual([]);
    expect(pairs.length).toBeGreaterThan(1_000);
  });
});

/** What a value of each logical type is in a column of Parquet. */
const meant: { readonly [T in LogicalType]: (value: unknown) => ParquetValue } = {
  string: (value) => String(value).toWellFormed(),
  bigint: (value) => BigInt(Number(value)),
  double: (value) => Number(value),
  boolean: (value) => value === true,
  timestamp: (value) => Date.parse(String(value)),
};

/** Where a record did not come back as it was: what was meant and what was read, the first five. */
function losses(records: readonly StateRecord[], documents: readonly string[]): readonly string[] {
  if (documents.length !== records.length) return [`${records.length} records, ${documents.length} documents`];
  const readings = readWithSerDe(documents, format);
  return documents.flatMap((document, at) => lossesOf(document, records[at], readings[at])).slice(0, 5);
}

type Reading = ReturnType<typeof readWithSerDe>[number];

function lossesOf(document: string, record: StateRecord | undefined, reading: Reading | undefined): readonly string[] {
  const fields: Readonly<Record<string, unknown>> = { ...record };
  const refusal = refusalOf(document, format.columns) ?? (reading && 'error' in reading ? reading.error : null);
  if (refusal !== null || reading === undefined || 'error' in reading) return [`${refusal}: ${shortened(document)}`];
  return schema.flatMap(({ name, type }) => {
    const at = format.columns.findIndex((column) => column.name === name);
    const expected = fields[name] === null ? null : meant[type](fields[name]);
    const value = reading.values[at];
    // -0 is written as 0.
    return value === expected
      ? []
      : [`${name} ${type}: ${described([expected])} came back as ${described([value ?? null])}`];
  });
}

function described(values: readonly ParquetValue[]): string {
  const texts = values.map((value) => (typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)));
  return texts.join(', ');
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

/** Values as they may be written in a column, right or wrong. */
function oddValues(count: number): readonly { readonly column: GlueColumn; readonly json: string }[] {
  const texts = [
    '1',
    '-5',
    '+7',
    '1.0',
    '1e3',
    ' 3 ',
    '2026-1-5 1:2:3',
    '2026-01-05 10:00:00.5',
    '2026-01-05T10:00:00Z',
  ];
  const words = ['true', 'TRUE', 'yes', '', 'x', '1700000000', '1700000000123', '1700000000.5', '9223372036854775807'];
  const value = fc.oneof(
    fc.constantFrom<unknown>(...texts, ...words, null, true, false, 0, 1, -1, 1.5, 1_700_000_000, 1_700_000_000_123),
    fc.constantFrom<unknown>({}, [], { Key: [{ Inner: 1 }] }, [1, 'x', null], 9_007_199_254_740_991, 1e21, -0.5),
    fc.jsonValue(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
  );
  const odd = fc
    .record({ column: fc.constantFrom<GlueColumn>(...right.columns), value })
    .filter(({ column, value }) => !isDisputed(column.type, value))
    .map(({ column, value }) => ({ column, json: JSON.stringify(value) }));
  return fc.sample(odd, { numRuns: count, seed: 20_260_105 });
}

/**
 * Where AWS was measured to differ from the open SerDe, and where the handler never goes: objects in a text column (keys
 * become lower case at every depth) and fractions there (spelled as Java does), fractions of milliseconds for a time.
 */
function isDisputed(type: GlueColumn['type'], value: unknown): boolean {
  const isFraction = typeof value === 'number' && !Number.isSafeInteger(value);
  if (type === 'string') return isFraction || (typeof value === 'object' && value !== null);
  return type === 'timestamp' && isFraction && Math.abs(value) >= 1e12;
}
