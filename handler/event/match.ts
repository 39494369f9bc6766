import { objectOf } from './json';
import { invalidPattern } from './pattern';
import { refuseRepeatedPaths } from './pattern-paths';
import { compileText } from './text-test';

/** Tells whether one value of an event meets a condition; `undefined` stands for a field that is not there. */
type Test = (value: unknown) => boolean;

/**
 * Compiles an event pattern to a function that tells whether an event matches, as EventBridge would decide.
 * Source of the rules: "Creating Amazon EventBridge event patterns" in the EventBridge user guide.
 * @throws MonitorError `PATTERN_INVALID` for a pattern that EventBridge refuses or an operator that we do not know.
 */
export function compilePattern(pattern: unknown): (event: unknown) => boolean {
  const fields = objectOf(pattern);
  if (!fields) {
    throw invalidPattern('the pattern is not an object');
  }
  const test = compileObject(fields, 'pattern');
  refuseRepeatedPaths(fields);
  return test;
}

function compileObject(pattern: Readonly<Record<string, unknown>>, path: string): Test {
  const keys = Object.keys(pattern);
  if (keys.length === 0) {
    throw invalidPattern(`${path} is empty`);
  }
  const tests = keys.map((key) =>
    key === '$or'
      ? compileAlternatives(pattern[key], `${path}.$or`)
      : compileField(key, pattern[key], `${path}.${key}`),
  );
  return (value) => tests.every((test) => test(value));
}

function compileAlternatives(value: unknown, path: string): Test {
  if (!Array.isArray(value) || value.length < 2) {
    throw invalidPattern(`${path} needs two or more alternatives`);
  }
  const tests = value.map((alternative, at) => {
    const fields = objectOf(alternative);
    if (!fields) {
      throw invalidPattern(`${path}[${at}] is not an object`);
    }
    return compileObject(fields, `${path}[${at}]`);
  });
  return (event) => tests.some((test) => test(event));
}

function compileField(key: string, condition: unknown, path: string): Test {
  if (Array.isArray(condition)) {
    const test = compileLeaf(condition, path);
    return (parent) => anyElement(fieldOf(parent, key), test);
  }
  const fields = objectOf(condition);
  if (!fields) {
    throw invalidPattern(`${path} must be a list of conditions or an object`);
  }
  const test = compileObject(fields, path);
  return (parent) => anyElement(fieldOf(parent, key), test);
}

/** An array matches when one of its elements does; an empty one counts as a field that is not there. */
function anyElement(value: unknown, test: Test): boolean {
  if (!Array.isArray(value)) {
    return test(value);
  }
  return value.length === 0 ? test(undefined) : value.some((element) => test(element));
}

function fieldOf(parent: unknown, key: string): unknown {
  const fields = objectOf(parent);
  return fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function compileLeaf(conditions: readonly unknown[], path: string): Test {
  if (conditions.length === 0) {
    throw invalidPattern(`${path} is an empty list`);
  }
  const exact = new Set(conditions.filter(isScalar));
  const tests = conditions.filter((condition) => !isScalar(condition)).map((it) => compileOperator(it, path));
  return (value) => exact.has(value as string) || tests.some((test) => test(value));
}

function compileOperator(condition: unknown, path: string): Test {
  const [operator, operand, ...rest] = Object.entries(objectOf(condition) ?? {}).flat();
  if (operator === 'exists' && typeof operand === 'boolean' && rest.length === 0) {
    return (value) => isScalar(value) === operand;
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
    if (refused.size === 0 || [...refused].some((it) => typeof it !== 'string' && typeof it !== 'number')) {
      throw invalidPattern(`${path} has an anything-but of ${JSON.stringify(operand)}, not of texts or numbers`);
    }
    return (value) => isScalar(value) && !refused.has(value);
  }
  const [operator, texts, ...rest] = Object.entries(fields).flat();
  if (typeof operator !== 'string' || rest.length > 0) {
    throw invalidPattern(`${path} has an anything-but that is not of one operator`);
  }
  const tests = (Array.isArray(texts) ? texts : [texts]).map((text) => compileText({ operator, operand: text, path }));
  return (value) => isScalar(value) && !tests.some((test) => test(value));
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
