import { type JsonObject, objectOf } from './json';
import { type Branch, branchesOf } from './pattern-branches';

/**
 * Whether some event may meet both patterns. Fields are looked at one by one with the values that either pattern
 * compares to, and others made of them; where nothing is found that both take, the patterns are apart.
 * @throws MonitorError `PATTERN_INVALID` for a pattern that EventBridge refuses.
 */
export function canOverlap(one: JsonObject, other: JsonObject): boolean {
  const values = valuesNear([...textsIn(one), ...textsIn(other)]);
  const others = branchesOf(other);
  return branchesOf(one).some((branch) => others.some((it) => canBothBeMet(branch, it, values)));
}

function canBothBeMet(branch: Branch, other: Branch, values: readonly unknown[]): boolean {
  return branch.every((field) => {
    const same = other.find(({ path }) => path.join('.') === field.path.join('.'));
    if (same === undefined) return true;
    return (field.orAbsent && same.orAbsent) || values.some((value) => field.test(value) && same.test(value));
  });
}

/** Every text, number or boolean that a pattern compares to. */
function textsIn(pattern: unknown): readonly unknown[] {
  if (Array.isArray(pattern)) return pattern.flatMap(textsIn);
  const fields = objectOf(pattern);
  return fields ? Object.values(fields).flatMap(textsIn) : [pattern];
}

/** The values themselves, what their wildcards may stand for, each behind each other, and some that nobody names. */
function valuesNear(values: readonly unknown[]): readonly unknown[] {
  const distinct = [...new Set(values)];
  const texts = distinct.filter((value) => typeof value === 'string');
  const filled = texts.flatMap((text) => ['', 'x', ...texts].map((filling) => text.replaceAll('*', filling)));
  const joined = texts.flatMap((text) => texts.map((end) => `${text}${end}`));
  return [...distinct, ...filled, ...joined, 'something that nobody names', 0.5, true, false, null];
}
