import { type JsonObject, objectOf } from './json';
import { invalidPattern } from './pattern';
import { compileLeaf, type Leaf } from './pattern-leaf';

/** One field that a branch of a pattern demands, and what it demands of it. */
export interface Field extends Leaf {
  /** The keys that lead to it. */
  readonly path: readonly string[];
}

/** Fields that must all be met; a pattern has as many branches as its `$or` make combinations. */
export type Branch = readonly Field[];

/** "Creating event patterns", EventBridge user guide: more combinations of alternatives are refused. */
const mostBranches = 1_000;

/**
 * Takes a pattern apart into its branches, any of which may be met.
 * @throws MonitorError `PATTERN_INVALID` for what EventBridge refuses or we do not know, and for a field that is given
 * twice in one branch: EventBridge's rule engine (aws/event-ruler) does not demand both, it lets the inner one win.
 */
export function branchesOf(pattern: JsonObject): readonly Branch[] {
  const branches = branchesOfObject(pattern, []);
  for (const branch of branches) refuseRepeatedPaths(branch);
  return branches;
}

function branchesOfObject(pattern: JsonObject, path: readonly string[]): readonly Branch[] {
  const entries = Object.entries(pattern);
  if (entries.length === 0) {
    throw invalidPattern(`${spell(path)} is empty`);
  }
  return entries.reduce<readonly Branch[]>(
    (branches, [key, condition]) => {
      const more = key === '$or' ? branchesOfAlternatives(condition, path) : branchesOfField(condition, [...path, key]);
      if (branches.length * more.length > mostBranches) {
        throw invalidPattern(`${spell(path)} has more than ${mostBranches} combinations of alternatives`);
      }
      return branches.flatMap((branch) => more.map((other) => [...branch, ...other]));
    },
    [[]],
  );
}

function branchesOfAlternatives(alternatives: unknown, path: readonly string[]): readonly Branch[] {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw invalidPattern(`${spell(path)}.$or needs two or more alternatives`);
  }
  return alternatives.flatMap((alternative, at) => {
    const fields = objectOf(alternative);
    if (!fields) {
      throw invalidPattern(`${spell(path)}.$or[${at}] is not an object`);
    }
    return branchesOfObject(fields, path);
  });
}

function branchesOfField(condition: unknown, path: readonly string[]): readonly Branch[] {
  if (path.at(-1)?.includes('.')) {
    throw invalidPattern(`${spell(path)} has a dot in its key, which the rule engine takes for a field inside`);
  }
  if (Array.isArray(condition)) {
    return [[{ path, ...compileLeaf(condition, spell(path)) }]];
  }
  const fields = objectOf(condition);
  if (!fields) {
    throw invalidPattern(`${spell(path)} must be a list of conditions or an object`);
  }
  return branchesOfObject(fields, path);
}

function refuseRepeatedPaths(branch: Branch): void {
  const paths = branch.map(({ path }) => path.join('.'));
  const repeated = paths.find((path, at) => paths.indexOf(path) < at);
  if (repeated !== undefined) {
    throw invalidPattern(`${repeated} stands both beside $or and inside it; give it in each alternative only`);
  }
}

function spell(path: readonly string[]): string {
  return ['pattern', ...path].join('.');
}
