import { objectOf } from './json';
import { invalidPattern } from './pattern';
import { compileText } from './text-test';

/** What a pattern demands of one field: any of a list of conditions. */
export interface Leaf {
  /** Whether one value of the field, null or a text, number or boolean, meets a condition. */
  readonly test: (value: unknown) => boolean;
  /** Whether it is enough that the event has no such field. */
  readonly orAbsent: boolean;
}

type Test = Leaf['test'];

/**
 * Compiles the conditions that a pattern lists for a field; `path` names it in errors.
 * @throws MonitorError `PATTERN_INVALID` for a condition that EventBridge refuses, or that we do not know.
 */
export function compileLeaf(conditions: readonly unknown[], path: string): Leaf {
  if (conditions.length === 0) {
    throw invalidPattern(`${path} is an empty list`);
  }
  if (conditions.length > 1 && conditions.some(isNotWildcard)) {
    throw invalidPattern(
      `${path} has anything-but a wildcard beside another condition, which the rule engine mixes up`,
    );
  }
  const exact = new Set(conditions.filter(isScalar));
  const others = conditions.filter((condition) => !isScalar(condition));
  const tests = others.filter((condition) => existsOf(condition) !== false).map((it) => compileOperator(it, path));
  return {
    test: (value) => exact.has(value) || tests.some((test) => test(value)),
    orAbsent: others.some((condition) => existsOf(condition) === false),
  };
}

/** Whether a value is a leaf of an event: neither object nor array, and there. */
export function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isNotWildcard(condition: unknown): boolean {
  return objectOf(objectOf(condition)?.['anything-but'])?.['wildcard'] !== undefined;
}

/** What a condition says of the field being there; null when it is another condition. */
function existsOf(condition: unknown): boolean | null {
  const [operator, operand, ...rest] = Object.entries(objectOf(condition) ?? {}).flat();
  return operator === 'exists' && typeof operand === 'boolean' && rest.length === 0 ? operand : null;
}

function compileOperator(condition: unknown, path: string): Test {
  const [operator, operand, ...rest] = Object.entries(objectOf(condition) ?? {}).flat();
  if (existsOf(condition)) {
    return isScalar;
  }
  if (operator === 'anything-but' && rest.length === 0) {
    return compileAnythingBut(operand, path);
  }
  if (typeof operator === 'string' && typeof operand === 'string' && rest.length === 0) {
    return compileText({ operator, operand, path });
  }
  throw invalidPattern(`${path} has the condition ${JSON.stringify(condition)}, which is not supported`);
}

function compileAnythingBut(operand: unknown, path: string): Test {
  const fields = objectOf(operand);
  if (!fields) {
    const refused = new Set(Array.isArray(operand) ? operand : [operand]);
    const types = new Set([...refused].map((it) => typeof it));
    if (types.size !== 1 || !(types.has('string') || types.has('number'))) {
      throw invalidPattern(`${path} has an anything-but of ${JSON.stringify(operand)}, not of texts or of numbers`);
    }
    return (value) => isScalar(value) && !refused.has(value);
  }
  const [operator, texts, ...rest] = Object.entries(fields).flat();
  if (typeof operator !== 'string' || rest.length > 0) {
    throw invalidPattern(`${path} has an anything-but that is not of one operator`);
  }
  const listed = Array.isArray(texts) ? texts : [texts];
  if (listed.length === 0 || (/^(pre|suf)fix$/.test(operator) && listed.includes(''))) {
    throw invalidPattern(`${path} has an anything-but with ${operator} of nothing`);
  }
  const tests = listed.map((text) => compileText({ operator, operand: text, path }));
  return (value) => isScalar(value) && !tests.some((test) => test(value));
}
