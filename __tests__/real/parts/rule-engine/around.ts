import * as fc from 'fast-check';
import { type JsonObject, objectOf } from '../../../../handler/event/json';

/** The fields that a pattern names, and below each the values that it compares to. */
interface Place {
  readonly below: Map<string, Place>;
  readonly operands: unknown[];
}

/** Generated events are the same in every run, so that a failure can be looked at again. */
const seed = 20_260_105;

/**
 * Events close to what a pattern takes: each field that it names holds a value that it compares to, or one nearly so, or
 * of another type, or stands in a list, or is missing; `others` are what an event may hold besides.
 */
export function eventsAround(pattern: unknown, count: number, others: readonly JsonObject[] = [{}]): unknown[] {
  const place = emptyPlace();
  collect(objectOf(pattern) ?? {}, place);
  const event = fc.tuple(fc.constantFrom(...others), objectAround(place)).map(([other, own]) => merged(other, own));
  return fc.sample(event, { numRuns: count, seed });
}

/** The event with the fields of another in it, at every depth. */
export function merged(event: JsonObject, fields: JsonObject): JsonObject {
  const entries = Object.entries(fields).map(([key, value]) => {
    const [below, old] = [objectOf(value), objectOf(event[key])];
    return [key, below && old ? merged(old, below) : value] as const;
  });
  return { ...event, ...Object.fromEntries(entries) };
}

function emptyPlace(): Place {
  return { below: new Map(), operands: [] };
}

function collect(pattern: JsonObject, place: Place): void {
  for (const [key, condition] of Object.entries(pattern)) {
    if (key === '$or') {
      for (const alternative of [condition].flat()) collect(objectOf(alternative) ?? {}, place);
      continue;
    }
    const below = place.below.get(key) ?? emptyPlace();
    place.below.set(key, below);
    const fields = objectOf(condition);
    if (fields) collect(fields, below);
    else below.operands.push(...[condition].flat().flatMap(operandsIn));
  }
}

/** `{"anything-but": {"prefix": ["a", "b"]}}` compares to `a` and `b`. */
function operandsIn(condition: unknown): readonly unknown[] {
  const fields = objectOf(condition);
  if (fields) return Object.values(fields).flatMap(operandsIn);
  return Array.isArray(condition) ? condition.flatMap(operandsIn) : [condition];
}

function objectAround(place: Place): fc.Arbitrary<JsonObject> {
  const fields = Object.fromEntries([...place.below].map(([key, below]) => [key, valueAround(below)]));
  return fc
    .tuple(fc.record(fields, { noNullPrototype: true }), fc.subarray(Object.keys(fields), { minLength: 0 }), oneIn(4))
    .map(([all, left, some]) =>
      Object.fromEntries(Object.entries(all).filter(([key]) => !(some && left.includes(key)))),
    );
}

function valueAround(place: Place): fc.Arbitrary<unknown> {
  const objects = place.below.size > 0 ? [{ weight: 12, arbitrary: objectAround(place) as fc.Arbitrary<unknown> }] : [];
  const texts = place.operands.length > 0 ? [{ weight: 8, arbitrary: near(place.operands) }] : [];
  const single = fc.oneof(...objects, ...texts, { weight: 2, arbitrary: odd });
  const lists = fc.array(fc.oneof({ weight: 6, arbitrary: single }, { weight: 1, arbitrary: fc.tuple(single) }), {
    maxLength: 3,
  });
  return fc.oneof({ weight: 6, arbitrary: single }, { weight: 2, arbitrary: lists });
}

const odd = fc.constantFrom<unknown>(null, true, false, 0, 1, -1.5, '', 'x', '{}', [], {}, { x: 'x' }, 'Ünïcödé 🚀');

function near(operands: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.constantFrom(...operands.flatMap(neighbours));
}

function neighbours(operand: unknown): readonly unknown[] {
  if (typeof operand === 'number') return [operand, operand, operand + 1, operand - 0.5, String(operand), -operand];
  if (typeof operand !== 'string') return [operand, String(operand)];
  const filled = ['', 'x', '*', 'a\nb'].map((filling) => operand.replaceAll(/\\([*\\])|\*/g, (_, it) => it ?? filling));
  const cases = [operand.toLowerCase(), operand.toUpperCase()];
  return [operand, operand, ...filled, ...cases, `${operand}x`, `x${operand}`, operand.slice(0, -1), operand.slice(1)];
}

function oneIn(times: number): fc.Arbitrary<boolean> {
  return fc.nat({ max: times - 1 }).map((number) => number === 0);
}
