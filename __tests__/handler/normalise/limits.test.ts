import * as fc from 'fast-check';
import { cut, wholeNumberOf } from '../../../handler/normalise/text';
import { encode } from '../../../handler/record/encode';
import { columns, limits } from '../../../handler/record/schema';
import { faultsOf, read, recordOf } from './samples';

function glue(detail: object = {}) {
  return {
    id: '7d1f4c80',
    source: 'aws.glue',
    'detail-type': 'Glue Job State Change',
    account: '111122223333',
    region: 'eu-west-1',
    time: '2025-03-10T06:12:45Z',
    detail: { jobName: 'load-orders', jobRunId: 'jr_5e', state: 'FAILED', message: 'no rows', ...detail },
  };
}

describe.each([
  ['256 KiB', 256 * 1024],
  ['1 MiB', 1024 * 1024],
])('an event of %s', (_, size) => {
  it.each([
    ['one long message', (length: number) => ({ message: 'x'.repeat(length) })],
    ['quotes, which JSON lengthens', (length: number) => ({ message: '"'.repeat(length / 2) })],
    ['control characters', (length: number) => ({ message: '\u0001'.repeat(length / 6) })],
    ['emoji', (length: number) => ({ message: '😀'.repeat(length / 4) })],
    ['lines', (length: number) => ({ message: 'Caused by: a\n'.repeat(length / 13) })],
    [
      'many fields',
      (length: number) => Object.fromEntries(Array.from({ length: length / 16 }, (__, at) => [`f${at}`, at])),
    ],
    ['long names', (length: number) => ({ jobName: 'n'.repeat(length / 2), jobRunId: 'r'.repeat(length / 2) })],
    ['a long state', (length: number) => ({ state: 'S'.repeat(length) })],
  ])('becomes a row that fits, with %s', (__, detail) => {
    const begun = performance.now();

    const record = recordOf(glue(detail(size)));

    expect(performance.now() - begun).toBeLessThan(15_000);
    expect(faultsOf(record)).toEqual([]);
    expect(record.detail?.length).toBeLessThanOrEqual(limits.detail);
    expect(JSON.parse(record.detail ?? '')).toEqual(expect.any(Object));
    expect(Buffer.byteLength(encode(record))).toBeLessThan(500 * 1024);
  });
});

describe('a text that is too long', () => {
  it('is cut to the limit that its column states, and the cut is marked with the whole length', () => {
    const record = recordOf(glue({ message: 'x'.repeat(20_000) }));

    expect(record.error_message).toHaveLength(1_000);
    expect(record.error_message).toMatch(/^x+… \[cut, 20000 characters in all\]$/);
    expect(record.exception_details).toHaveLength(16_384);
    expect(record.exception_details).toMatch(/^x+… \[cut, 20000 characters in all\]$/);
  });

  it('has the limit that the description of its column states', () => {
    const stated = columns.flatMap(({ name, description }) => {
      const limit = /at most ([\d,]+) characters/.exec(description)?.[1];
      return limit === undefined ? [] : [[name, Number(limit.replace(',', ''))]];
    });

    expect(Object.fromEntries(stated)).toEqual({
      error_message: limits.error_message,
      exception_details: limits.exception_details,
      detail: limits.detail,
    });
  });

  it('is never cut inside a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-composite', minLength: 60, maxLength: 200 }),
        fc.integer({ min: 40, max: 90 }),
        (text, limit) => {
          const short = cut(text, limit);

          expect(short.length).toBeLessThanOrEqual(limit);
          expect(Buffer.from(short).toString()).toBe(short);
          expect(text.startsWith(short.replace(/… \[cut, \d+ characters in all\]$/, ''))).toBe(true);
        },
      ),
    );
  });

  it('is left alone when it just fits', () => {
    expect(cut('x'.repeat(100), 100)).toBe('x'.repeat(100));
  });
});

describe('an event nested without measure', () => {
  it.each([50, 101, 5_000, 100_000])('%d deep becomes a row or goes to quarantine', (depth) => {
    const body = JSON.stringify(glue()).replace('"no rows"', `${'['.repeat(depth)}${']'.repeat(depth)}`);

    const { records, refused } = read({ Records: [{ eventSource: 'aws:sqs', messageId: 'm-1', body }] });

    expect(records).toHaveLength(depth < 100 ? 1 : 0);
    expect(refused).toEqual(
      depth < 100
        ? []
        : [expect.objectContaining({ reason: expect.stringMatching(/nested|could not be read|not JSON/) })],
    );
  });
});

describe('a whole number', () => {
  it.each([
    [7, 7],
    ['7', 7],
    [' 7 ', 7],
    ['0', 0],
    [-1, null],
    ['-1', null],
    [1.5, null],
    ['1.5', null],
    ['', null],
    ['1e3', null],
    [Number.NaN, null],
    [2 ** 53, null],
    ['99999999999999999999', null],
    [null, null],
    [true, null],
    [[7], null],
  ])('%j is read as %j', (value, expected) => {
    expect(wholeNumberOf(value)).toBe(expected);
  });
});
