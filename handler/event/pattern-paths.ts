import { type JsonObject, objectOf } from './json';
import { invalidPattern } from './pattern';

/**
 * Refuses a pattern in which one field is given twice for the same branch, beside `$or` and inside it: EventBridge's
 * rule engine (aws/event-ruler) does not demand both, it lets the inner one win or refuses the pattern.
 * @throws MonitorError `PATTERN_INVALID`, naming the field.
 */
export function refuseRepeatedPaths(pattern: JsonObject): void {
  pathsIn(pattern, '');
}

/** The fields that a pattern names, as paths with dots; alternatives may each name the same one. */
function pathsIn(pattern: JsonObject, prefix: string): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const [key, condition] of Object.entries(pattern)) {
    for (const path of key === '$or' ? pathsOfAlternatives(condition, prefix) : pathsOfField(condition, prefix + key)) {
      if (paths.has(path)) {
        throw invalidPattern(`${path} stands both beside $or and inside it; give it in each alternative only`);
      }
      paths.add(path);
    }
  }
  return paths;
}

function pathsOfAlternatives(alternatives: unknown, prefix: string): ReadonlySet<string> {
  return new Set([alternatives].flat().flatMap((it) => [...pathsIn(objectOf(it) ?? {}, prefix)]));
}

function pathsOfField(condition: unknown, path: string): ReadonlySet<string> {
  const fields = objectOf(condition);
  return fields ? pathsIn(fields, `${path}.`) : new Set([path]);
}
