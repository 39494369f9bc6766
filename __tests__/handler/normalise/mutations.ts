import { createRandom, type Random } from '../../../examples/random';
import { objectOf, parseJson } from '../../../handler/event/json';

/** The ways in which a field may be other than a service documents it. */
export const acts = ['drop', 'null', 'retype', 'nest', 'lengthen'] as const;

type Act = (typeof acts)[number];
/** Keys from the root to a field; a text that holds JSON is gone into as if it were what it holds. */
type Path = readonly string[];

/** What may stand where a service puts something else: other types, odd times, numbers and ids, names of our own language. */
const strangers: readonly unknown[] = [
  ...['', ' ', 'x', 'null', 'NaN', '1e400', '-0', '\u0000', '\ud800', 'a\udc00b', '[object Object]', '{"a":', '[]'],
  ...['__proto__', 'constructor', 'arn:aws:lambda', 'arn:::::', 'arn:aws:x:y:z:a/b/c:d', '%', '%zz', 'a/b/../c', '*'],
  ...['0000-00-00T00:00:00Z', '+275760-09-13T00:00:00Z', '2025-02-30T25:61:61Z', '2025-03-10', '1741586400', 'Z[UTC]'],
  ...[0, -1, 0.1, 1e11, 1e308, -1e308, Number.MAX_SAFE_INTEGER, 253402300800000, 253402300799999, -62135596800],
  ...[true, false, [], [[]], [null], [0], ['x'], [{}], {}, { name: 'x' }, { inner: { inner: [] } }],
];

/**
 * Yields what a sample becomes when a field is changed: first each field in each way, then several fields at once, until
 * there are `count`. The same sample gives the same.
 */
export function* mutationsOf(sample: unknown, count: number): Generator<unknown> {
  const paths = pathsOf(sample, []);
  const random = createRandom(paths.length * 7_919 + 1);
  const single = paths.flatMap((path) => acts.map((act) => ({ path, act })));
  for (const { path, act } of single.slice(0, count)) yield changeAt(sample, path, { act, random });
  for (let done = single.length; done < count; done += 1) {
    let input = sample;
    for (let left = random.integer(1, 4); left > 0; left -= 1) {
      const path = paths[random.integer(0, paths.length - 1)] ?? [];
      input = changeAt(input, path, { act: random.pick(acts), random });
    }
    yield input;
  }
}

/** The paths of all fields of a value, and the value itself. */
export function pathsOf(value: unknown, path: Path): readonly Path[] {
  const fields = fieldsOf(value);
  return [path, ...(fields === null ? [] : Object.keys(fields).flatMap((key) => pathsOf(fields[key], [...path, key])))];
}

interface Change {
  readonly act: Act;
  readonly random: Random;
}

function changeAt(value: unknown, path: Path, change: Change): unknown {
  const [key, ...rest] = path;
  const fields = fieldsOf(value);
  if (key === undefined) return changed(value, change);
  if (fields === null || !Object.hasOwn(fields, key)) return value;
  const { [key]: field, ...others } = fields;
  const isDropped = rest.length === 0 && change.act === 'drop';
  const entries = isDropped ? others : { ...fields, [key]: changeAt(field, rest, change) };
  const result = Array.isArray(value) || isJsonArray(value) ? Object.values(entries) : entries;
  return typeof value === 'string' ? JSON.stringify(result) : result;
}

function changed(value: unknown, { act, random }: Change): unknown {
  switch (act) {
    case 'drop':
    case 'null':
      return null;
    case 'retype':
      return strangers[random.integer(0, strangers.length - 1)];
    case 'nest':
      return nested(value, random.chance(0.03) ? 150 : 1, random);
    case 'lengthen':
      return lengthened(value, random.chance(0.005) ? 70_000 : 400);
  }
}

function nested(value: unknown, depth: number, random: Random): unknown {
  let outer = value;
  for (let level = 0; level < depth; level += 1) outer = random.chance(0.5) ? { inner: outer } : [outer];
  return outer;
}

function lengthened(value: unknown, characters: number): unknown {
  if (typeof value === 'string') return (value || 'x').repeat(Math.ceil(characters / (value.length || 1)));
  if (typeof value === 'number') return value * 1e6;
  return [value, value, value];
}

/** The fields of an object, the elements of an array, or those of the JSON in a text; null for a plain value. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  const held = heldBy(value);
  return Array.isArray(held) ? { ...held } : objectOf(held);
}

function heldBy(value: unknown): unknown {
  return typeof value === 'string' && /^[[{]/.test(value) ? parseJson(value) : value;
}

function isJsonArray(value: unknown): boolean {
  return typeof value === 'string' && Array.isArray(heldBy(value));
}
