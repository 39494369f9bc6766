import { objectOf } from './json';
import { invalidPattern } from './pattern';
import { type Branch, branchesOf, type Field } from './pattern-branches';
import { isScalar } from './pattern-leaf';

/** An element of an array of the event that holds something itself; plain values of an array bind nothing. */
interface Element {
  readonly array: readonly unknown[];
  readonly at: number;
}

/** A value at a field's path, and the elements through which the way to it leads. */
interface Occurrence {
  readonly value: unknown;
  readonly within: readonly Element[];
}

interface Demand extends Field {
  /** How many keys from the root another field of the branch shares: arrays below concern this field alone. */
  readonly shared: number;
}

/**
 * Compiles an event pattern to a function that tells whether an event matches, as EventBridge would decide.
 * Source of the rules: "Creating Amazon EventBridge event patterns" in the EventBridge user guide, and what AWS's rule
 * engine answers, with which `npm run test:rules` compares it.
 * @throws MonitorError `PATTERN_INVALID` for a pattern that EventBridge refuses or an operator that we do not know.
 */
export function compilePattern(pattern: unknown): (event: unknown) => boolean {
  const fields = objectOf(pattern);
  if (!fields) {
    throw invalidPattern('the pattern is not an object');
  }
  const branches = branchesOf(fields).map((branch) => allMet(demandsOf(branch)));
  return (event) => objectOf(event) !== null && branches.some((areMet) => areMet(event, []));
}

/** In the order of their paths, as the engine takes them: it decides against which elements a field is absent. */
function demandsOf(branch: Branch): readonly Demand[] {
  const paths = branch.map(({ path }) => path);
  return branch
    .map((field) => ({ ...field, shared: Math.max(0, ...paths.map((path) => sharedKeys(field.path, path))) }))
    .sort((a, b) => (a.path.join('.') < b.path.join('.') ? -1 : 1));
}

function sharedKeys(path: readonly string[], other: readonly string[]): number {
  const parting = path.findIndex((key, at) => key !== other[at]);
  return path === other ? 0 : parting === -1 ? path.length : parting;
}

/** Tells whether values can be chosen that meet all demands and do not stand in different elements of one array. */
function allMet([demand, ...others]: readonly Demand[]): (event: unknown, chosen: readonly Element[]) => boolean {
  if (demand === undefined) {
    return () => true;
  }
  const othersAreMet = allMet(others);
  return (event, chosen) => {
    const value = plainValue(event, demand.path);
    if (!Array.isArray(value)) {
      return (isScalar(value) ? demand.test(value) : demand.orAbsent) && othersAreMet(event, chosen);
    }
    const present = occurrencesOf(event, demand).filter(({ within }) => within.every((it) => fits(it, chosen)));
    if (present.length === 0) {
      return demand.orAbsent && othersAreMet(event, chosen);
    }
    const ways = new Set(present.filter((it) => demand.test(it.value)).map(({ within }) => within));
    return [...ways].some((within) => othersAreMet(event, [...chosen, ...within]));
  };
}

function fits({ array, at }: Element, chosen: readonly Element[]): boolean {
  return chosen.every((element) => element.array !== array || element.at === at);
}

/** What stands at a path, undefined for nothing, or the first array on the way; most events have none there. */
function plainValue(event: unknown, path: readonly string[]): unknown {
  let value = event;
  for (const key of path) {
    if (Array.isArray(value)) break;
    value = fieldOf(value, key);
  }
  return value;
}

function occurrencesOf(event: unknown, { path, shared }: Demand): readonly Occurrence[] {
  const found: Occurrence[] = [];
  function walk(value: unknown, depth: number, within: readonly Element[]): void {
    const key = path[depth];
    if (Array.isArray(value)) {
      value.forEach((element, at) => {
        walk(element, depth, depth > shared || isScalar(element) ? within : [...within, { array: value, at }]);
      });
    } else if (key !== undefined) {
      walk(fieldOf(value, key), depth + 1, within);
    } else if (isScalar(value)) {
      found.push({ value, within });
    }
  }
  walk(event, 0, []);
  return found;
}

function fieldOf(parent: unknown, key: string): unknown {
  const fields = objectOf(parent);
  return fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
}
