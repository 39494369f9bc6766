import { type JsonObject, objectOf } from './json';
import { type Branch, branchesOf } from './pattern-branches';

/**
 * Whether some event may meet both patterns. Fields are looked at one by one with the values that either pattern
 * compares them to, and others made of those; where nothing is found that both take, the patterns are apart.
 * @throws MonitorError `PATTERN_INVALID` for a pattern that EventBridge refuses.
 */
export function canOverlap(one: JsonObject, other: JsonObject): boolean {
  const [branches, others] = [branchesOf(one), branchesOf(other)];
  const conditions = [...conditionsOf(one), ...conditionsOf(other)];
  const known = new Map<string, readonly unknown[]>();
  function valuesOf(field: string): readonly unknown[] {
    const values =
      known.get(field) ?? valuesNear(conditions.filter(([path]) => path === field).map(([, condition]) => condition));
    known.set(field, values);
    return values;
  }
  return branches.some((branch) => others.some((it) => canBothBeMet(branch, it, valuesOf)));
}

function canBothBeMet(branch: Branch, other: Branch, valuesOf: (field: string) => readonly unknown[]): boolean {
  return branch.every((field) => {
    const path = field.path.join('.');
    const same = other.find((it) => it.path.join('.') === path);
    if (same === undefined) return true;
    return (field.orAbsent && same.orAbsent) || valuesOf(path).some((value) => field.test(value) && same.test(value));
  });
}

/** Every condition of a pattern, with the path of its field; those of all alternatives together. */
function conditionsOf(pattern: JsonObject, parents: readonly string[] = []): readonly (readonly [string, unknown])[] {
  return Object.entries(pattern).flatMap(([key, value]) => {
    const path = key === '$or' ? parents : [...parents, key];
    if (Array.isArray(value) && key !== '$or') return value.map((condition) => [path.join('.'), condition] as const);
    return (Array.isArray(value) ? value : [value]).flatMap((inner) => conditionsOf(objectOf(inner) ?? {}, path));
  });
}

/** Every text, number or boolean that a condition compares to. */
function valuesIn(condition: unknown): readonly unknown[] {
  if (Array.isArray(condition)) return condition.flatMap(valuesIn);
  const parts = objectOf(condition);
  return parts ? Object.values(parts).flatMap(valuesIn) : [condition];
}

/** What stands for a part of a text only. */
function partsIn(condition: unknown): readonly string[] {
  return Object.entries(objectOf(condition) ?? {}).flatMap(([operator, value]) =>
    ['prefix', 'suffix', 'wildcard'].includes(operator) ? valuesIn(value).filter(isText) : partsIn(value),
  );
}

const unnamed = 'something that nobody names';

/** The values themselves, what wildcards may stand for, parts with others around them, and some that nobody names. */
function valuesNear(conditions: readonly unknown[]): readonly unknown[] {
  const distinct = [...new Set(conditions.flatMap(valuesIn))];
  const texts = distinct.filter(isText).map((text) => text.replaceAll('*', ''));
  const parts = [...new Set(conditions.flatMap(partsIn))];
  const ends = ['', unnamed, ...parts];
  const joined = ends.flatMap((start) => ends.flatMap((end) => [`${start}${end}`, `${start}${unnamed}${end}`]));
  const filled = [
    ...joined.flatMap((text) => fillings(text, ['', unnamed])),
    ...parts.flatMap((part) => fillings(part, texts)),
  ];
  return [...distinct, ...joined, ...filled, 0.5, true, false, null];
}

function fillings(wildcard: string, texts: readonly string[]): readonly string[] {
  return wildcard.includes('*') ? texts.map((text) => wildcard.replaceAll('*', text)) : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
