import * as fc from 'fast-check';
import { objectOf } from '../../../handler/event/json';
import { readFixtures, readPublicSamples } from './samples';

/** All samples, ours and those of AWS where the machine has them. */
export const inputs = [...readFixtures(), ...readPublicSamples()].map(({ input }) => input);

/** What may stand where a service puts something else. */
const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    ...[
      null,
      '',
      ' ',
      0,
      -1,
      1e308,
      -1e308,
      Number.MAX_SAFE_INTEGER,
      253402300800000,
      253402300799999,
      1e11,
      -62135596800,
    ],
    ...[
      true,
      [],
      {},
      [[]],
      '\ud800',
      'a\udc00b',
      'x'.repeat(70_000),
      '0000-00-00T00:00:00Z',
      '+275760-09-13T00:00:00Z',
    ],
    ...[
      '1e400',
      'NaN',
      'null',
      '[object Object]',
      '{"a":',
      '\u0000',
      'arn:aws:lambda',
      'arn:::::',
      '__proto__',
      'constructor',
    ],
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);

const oddKeys = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'name', 'detail', 'Records', 'Sns'),
  fc.string(),
);

type Change = (value: unknown) => unknown;

/** One change of an input at the place that `path` leads to, whatever the input looks like. */
const change: fc.Arbitrary<Change> = fc
  .record({
    path: fc.array(fc.nat(20), { minLength: 1, maxLength: 7 }),
    how: fc.constantFrom('set', 'drop', 'nest', 'lengthen', 'add'),
    odd: oddValues,
    key: oddKeys,
  })
  .map(
    ({ path, how, odd, key }) =>
      (value) =>
        changeAt(value, path, { how, odd, key }),
  );

function changeAt(value: unknown, path: readonly number[], act: { how: string; odd: unknown; key: string }): unknown {
  const [step = 0, ...rest] = path;
  if (typeof value !== 'object' || value === null || rest.length === 0) {
    return alter(value, act);
  }
  const entries = Object.entries(value);
  const at = step % Math.max(1, entries.length);
  const changed = entries.flatMap(([key, field], index): [string, unknown][] => {
    if (index !== at) {
      return [[key, field]];
    }
    return act.how === 'drop' && rest.length === 1 ? [] : [[key, changeAt(field, rest, act)]];
  });
  return Array.isArray(value) ? changed.map(([, field]) => field) : Object.fromEntries(changed);
}

function alter(value: unknown, { how, odd, key }: { how: string; odd: unknown; key: string }): unknown {
  switch (how) {
    case 'nest':
      return Array.from({ length: 150 }).reduce<unknown>((inner) => ({ inner }), value);
    case 'lengthen':
      return typeof value === 'string' ? value.slice(0, 1_000).repeat(200) : [value, value, value];
    case 'add':
      return typeof value === 'object' && value !== null ? { ...value, [key]: odd } : odd;
    default:
      return odd;
  }
}

/** An input that one of the samples became by up to four changes: dropped, odd, nested, lengthened, added fields. */
export const changedInput = fc
  .tuple(fc.constantFrom(...inputs), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([input, changes]) => changes.reduce((value, apply) => apply(value), input))
  .filter((input) => !isEmptyBatch(input));

function isEmptyBatch(input: unknown): boolean {
  const records = objectOf(input)?.['Records'];
  return Array.isArray(records) && records.length === 0;
}
