import { type JsonObject, objectOf } from './json';

/** Stands for any source, or any detail-type. */
const any = '*';

/**
 * What a pattern may find at `source` and `detail-type`, as keys of an index: `source` and type where the pattern lists
 * them, {@link any} where it says something else, or nothing.
 */
export function keysOfPattern(pattern: JsonObject): readonly string[] {
  const alternatives = Array.isArray(pattern['$or']) ? pattern['$or'].map(objectOf) : [{}];
  const keys = alternatives.flatMap((alternative) => {
    const fields = { ...pattern, ...alternative };
    const types = literalsOf(fields['detail-type']);
    return literalsOf(fields['source']).flatMap((source) => types.map((type) => keyOf(source, type)));
  });
  return [...new Set(keys)];
}

/** The keys under which a pattern that may claim the event stands; the narrowest first. */
export function keysOfEvent(source: string, detailType: string): readonly string[] {
  return [keyOf(source, detailType), keyOf(any, detailType), keyOf(source, any), keyOf(any, any)];
}

function literalsOf(conditions: unknown): readonly string[] {
  return Array.isArray(conditions) && conditions.every((it) => typeof it === 'string') ? conditions : [any];
}

function keyOf(source: string, detailType: string): string {
  return `${source}\n${detailType}`;
}
