import { columns as schema } from '../../handler/record/schema';
import type { GlueColumn, GlueType } from '../../local/deployment';
import { readDocument } from '../../local/openx';
import { plainRecord, refused } from './openx-documents';
import { refusalOf } from './openx-refusal';

function readAs(type: GlueType, value: unknown) {
  const columns: readonly GlueColumn[] = [{ name: 'c', type }];
  return readDocument(JSON.stringify({ c: value }), columns);
}

test.each<[GlueType, unknown, unknown]>([
  ['string', 'text', 'text'],
  ['string', 12.5, '12.5'],
  ['string', true, 'true'],
  ['string', { Key: [{ Inner: 1 }] }, '{"key":[{"inner":1}]}'],
  ['bigint', 42, 42n],
  ['bigint', '9007199254740993', 9007199254740993n],
  ['double', 1, 1],
  ['double', '2.5e3', 2500],
  ['boolean', true, true],
  ['boolean', 'TRUE', true],
  ['boolean', 'yes', false],
  ['timestamp', '2026-09-07T12:00:02.123Z', Date.UTC(2026, 8, 7, 12, 0, 2, 123)],
  ['timestamp', '2026-9-7 1:2:3', Date.UTC(2026, 8, 7, 1, 2, 3)],
  ['timestamp', 1_700_000_000, 1_700_000_000_000],
  ['timestamp', 1_700_000_000_123, 1_700_000_000_123],
])('a %s column reads %j', (type, value, expected) => {
  expect(readAs(type, value)).toEqual([expected]);
});

test.each<[GlueType, unknown]>([
  ['bigint', 1.5],
  ['bigint', '1.0'],
  ['bigint', '9223372036854775808'],
  ['bigint', true],
  ['bigint', {}],
  ['double', 'many'],
  ['timestamp', '2026-09-07T12:00:02+00:00'],
  ['timestamp', '2026-9-7T12:00:02Z'],
  ['timestamp', '2026-09-07T12:00:02'],
  ['timestamp', 'yesterday'],
  ['timestamp', '1e3'],
  ['timestamp', ' 3 '],
  ['timestamp', 1e21],
  ['timestamp', 900_000_000_000_000_000],
])('a %s column cannot read %j', (type, value) => {
  expect(readAs(type, value)).toMatchObject({ code: 'DataFormatConversion.MalformedData' });
});

test('keys match regardless of case, missing ones are null, unknown ones are dropped', () => {
  const columns: readonly GlueColumn[] = [
    { name: 'one', type: 'string' },
    { name: 'two', type: 'string' },
  ];

  expect(readDocument('{"One":"1","three":3,"__proto__":{"two":"2"}}', columns)).toEqual(['1', null]);
});

test.each([
  ['{"a":', 'DataFormatConversion.ParseError'],
  ['[1]', 'DataFormatConversion.MalformedData'],
  ['5', 'DataFormatConversion.MalformedData'],
  ['{"c":1,"C":2}', 'DataFormatConversion.MalformedData'],
])('%s is refused', (document, code) => {
  expect(readDocument(document, [{ name: 'c', type: 'string' }])).toMatchObject({ code });
});

describe('of a row of the handler, what AWS would refuse or lose', () => {
  const columns: readonly GlueColumn[] = schema.map(({ name, type }) => ({ name, type }));

  it.each(refused)('is told: %s', (_, document, reason) => {
    expect(refusalOf(document, columns)).toMatch(reason);
  });

  it('is nothing as the handler writes it', () => {
    expect(refusalOf(JSON.stringify(plainRecord), columns)).toBeNull();
  });
});
