import { redacted } from './pattern';

/** The user's own patterns, ready for use. */
export interface OwnPatterns {
  readonly patterns: readonly RegExp[];
  /** Which of the list cannot be used, counted from 0. */
  readonly refused: readonly number[];
}

/** No patterns of the user. */
export const noOwnPatterns: OwnPatterns = { patterns: [], refused: [] };

const compiled = new WeakMap<readonly string[], OwnPatterns>();

/**
 * Compiles the user's patterns, once per list; one that is no regular expression costs itself. That their time has a
 * bound is judged at synthesis (`infra/alert/expression-cost.ts`).
 */
export function ownPatternsOf(sources: readonly string[]): OwnPatterns {
  if (sources.length === 0) return noOwnPatterns;
  const known = compiled.get(sources) ?? compile(sources);
  compiled.set(sources, known);
  return known;
}

function compile(sources: readonly string[]): OwnPatterns {
  const all = sources.map((source, at) => ({ at, pattern: expressionOf(source) }));
  return {
    patterns: all.flatMap(({ pattern }) => pattern ?? []),
    refused: all.filter(({ pattern }) => pattern === null).map(({ at }) => at),
  };
}

function expressionOf(source: string): RegExp | null {
  try {
    return new RegExp(source, 'g');
  } catch {
    return null;
  }
}

/** The text without what the user's patterns match; an empty match takes nothing out. */
export function redactOwn(text: string, { patterns }: OwnPatterns): string {
  const mark = (found: string) => (found === '' ? '' : redacted);
  return patterns.reduce((left, pattern) => left.replace(pattern, mark), text);
}
