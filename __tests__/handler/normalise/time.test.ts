import * as fc from 'fast-check';
import { isoOf, millisecondsBetween, readTime } from '../../../handler/normalise/time';

const instant = '2025-03-10T06:12:45.000Z';

describe('a time', () => {
  it.each([
    ['2025-03-10T06:12:45Z', instant],
    ['2025-03-10T06:12:45.1Z', '2025-03-10T06:12:45.100Z'],
    ['2025-03-10T06:12:45.71Z', '2025-03-10T06:12:45.710Z'],
    ['2025-03-10T06:12:45.123456Z', '2025-03-10T06:12:45.123Z'],
    ['2025-03-10T06:12:45.123456789Z', '2025-03-10T06:12:45.123Z'],
    ['2025-03-10T06:12:45.999999999Z', '2025-03-10T06:12:45.999Z'],
    ['2025-03-10T06:12:45Z[UTC]', instant],
    ['2025-03-10T08:12:45.000+0200', instant],
    ['2025-03-10T08:12:45+02:00', instant],
    ['2025-03-10T01:12:45-05:00', instant],
    ['2025-03-10T06:12:45', instant],
    ['2025-03-10 06:12:45', instant],
    [' 2025-03-10T06:12:45Z ', instant],
    ['2025-03-31T06:12:45.123456Z', '2025-03-31T06:12:45.123Z'],
    ['2025-03-29T06:12:45Z[UTC]', '2025-03-29T06:12:45.000Z'],
    ['2024-02-29T08:12:45.000+0200', '2024-02-29T06:12:45.000Z'],
    ['2025-03-30 06:12:45', '2025-03-30T06:12:45.000Z'],
    ['Mon, 10 Mar 2025 06:12:45 GMT', instant],
    [1741587165000, instant],
    [1741587165, instant],
    [1741587165.25, '2025-03-10T06:12:45.250Z'],
    ['1741587165000', instant],
    ['1741587165', instant],
    [1592411992203.0, '2020-06-17T16:39:52.203Z'],
    [0, '1970-01-01T00:00:00.000Z'],
  ])('%j is %s', (value, expected) => {
    expect(readTime(value)).toBe(expected);
  });

  it.each([
    ...[
      '',
      'yesterday',
      'N/A',
      'null',
      '2025-03-10',
      '2025-13-10T06:12:45Z',
      '2025-02-30T06:12:45Z',
      '2025-02-30T06:12:45.000+01:00',
      '2025-03-10T24:00:00Z',
      '2025-03-10T06:12:45+99:99',
      '2025-03-10T25:00:00Z',
      '1969-12-31T23:59:59Z',
    ],
    ...[
      '+275760-09-13T00:00:00Z',
      '1e999',
      -1,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      253402300800000,
      1e300,
      null,
      undefined,
      true,
      {},
      [1741587165],
    ],
  ])('%p is none', (value) => {
    expect(readTime(value)).toBeNull();
  });

  it('of any kind is null or what Date would print', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.integer(), fc.date().map(String), fc.anything()), (value) => {
        const time = readTime(value);

        expect(time === null || new Date(time).toISOString() === time).toBe(true);
      }),
    );
  });

  it('that Date printed is read as it was', () => {
    const dates = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

    fc.assert(
      fc.property(dates, (date) => {
        expect(readTime(date.toISOString())).toBe(date.toISOString());
        expect(isoOf(date.getTime())).toBe(date.toISOString());
      }),
    );
  });
});

describe('the time between two instants', () => {
  it('is in milliseconds, and unknown when one is missing or they are in the wrong order', () => {
    expect(millisecondsBetween(instant, '2025-03-10T06:12:46.250Z')).toBe(1_250);
    expect(millisecondsBetween(instant, instant)).toBe(0);
    expect(millisecondsBetween('2025-03-10T06:12:46.250Z', instant)).toBeNull();
    expect(millisecondsBetween(null, instant)).toBeNull();
  });
});
