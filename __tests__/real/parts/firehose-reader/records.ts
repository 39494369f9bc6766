import * as fc from 'fast-check';
import { columns, eventTypes, limits, type StateRecord } from '../../../../handler/record/schema';
import { plainRecord } from '../../../local/openx-documents';

/** Values at the edge of what a column of each type may hold. */
const extremes = {
  string: [
    ...['', ' ', '\t\r\n', '"', '\\', '\\\\"', "'", '/', '</script>', 'null', 'true', '0', '9007199254740993'],
    ...['{"a":1}{"b":[2,{"C":"\\"}"}]}', '[1,2]', '{"Id":1,"id":2}', '}{', '{', '"}', 'A\\u0041', '\\n'],
    ...[
      '🚀👩‍👩‍👧‍👦',
      'مرحبا \u202bבית\u202c',
      'e\u0301 ≠ é',
      '中文',
      '\u2028\u2029\ufeff\ufffd\uffff',
      'a\ud800b',
      '\udc00',
    ],
    ...[Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join(''), '\u007f\u0080\u009f\u00a0'],
    ...['x'.repeat(limits.detail), '🚀'.repeat(limits.exception_details / 2), '"\\'.repeat(10_000)],
  ],
  bigint: [0, -0, 1, -1, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  double: [0, -0, 1, -1.5, 0.1, 1 / 3, 1e21, 1e-7, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53 + 2],
  boolean: [true, false],
  timestamp: [
    ...['1970-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '1900-01-01T00:00:00.001Z', '0001-01-01T00:00:00.000Z'],
    ...['2038-01-19T03:14:08.000Z', '9999-12-31T23:59:59.999Z', '2024-02-29T12:00:00.100Z', '2026-03-29T01:30:00.010Z'],
  ],
} as const;

/** One record for each extreme of each column, and for null where the column may be null. */
export function extremeRecords(): readonly StateRecord[] {
  return columns.flatMap(({ name, type, nullable }) =>
    [...extremes[type], ...(nullable ? [null] : [])].map((value) => ({ ...plainRecord, [name]: value })),
  );
}

const values = {
  string: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.json(),
    fc.constantFrom(...extremes.string.slice(0, -3)),
  ),
  bigint: fc.maxSafeInteger(),
  double: fc.double({ noNaN: true, noDefaultInfinity: true }),
  boolean: fc.boolean(),
  timestamp: fc
    .date({ min: new Date('0001-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
    .map((date) => date.toISOString()),
} as const;

/** Records of any content that the schema allows, the same in every run. */
export function generatedRecords(count: number): readonly StateRecord[] {
  const fields = columns.map(({ name, type, nullable }) => {
    const value: fc.Arbitrary<unknown> = values[type];
    return [name, nullable ? fc.option(value) : value] as const;
  });
  const record = fc.record({
    ...Object.fromEntries(fields),
    event_type: fc.constantFrom(...eventTypes),
    captured_by: fc.constantFrom('event' as const, 'destination' as const),
  }) as unknown as fc.Arbitrary<StateRecord>;
  // Keys in the order of the schema, as the handler writes them.
  return fc.sample(record, { numRuns: count, seed: 20_260_105 }).map((it) => ({ ...plainRecord, ...it }));
}
