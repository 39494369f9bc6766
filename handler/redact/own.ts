import { redacted } from './pattern';

/** Why a user's pattern is not used. */
export interface Refusal {
  /** Which of the list it is, counted from 0. */
  readonly at: number;
  readonly why: string;
}

/** The user's own patterns, ready for use. */
export interface OwnPatterns {
  readonly patterns: readonly RegExp[];
  readonly refused: readonly Refusal[];
}

/** No patterns of the user. */
export const noOwnPatterns: OwnPatterns = { patterns: [], refused: [] };

/** Longer ones are none that a person can judge. */
const longestSource = 1_000;

const compiled = new WeakMap<readonly string[], OwnPatterns>();

/** Compiles the user's patterns, once per list; one that cannot be used costs itself. */
export function ownPatternsOf(sources: readonly string[]): OwnPatterns {
  if (sources.length === 0) return noOwnPatterns;
  const known = compiled.get(sources) ?? compile(sources);
  compiled.set(sources, known);
  return known;
}

function compile(sources: readonly string[]): OwnPatterns {
  const judged = sources.map((source, at) => ({ source, at, why: whyRefused(source) }));
  return {
    patterns: judged.filter(({ why }) => why === null).map(({ source }) => new RegExp(source, 'g')),
    refused: judged.flatMap(({ at, why }) => (why === null ? [] : [{ at, why }])),
  };
}

/**
 * Why a source of a regular expression cannot be one of the user's patterns, or null: it is none, it takes nothing out,
 * or its time could grow without bound (repetitions inside a repetition, or too many that have no end).
 */
export function whyRefused(source: string): string | null {
  if (source.length > longestSource) return `it is longer than ${longestSource} characters`;
  try {
    if (new RegExp(source).test('')) return 'it matches the empty text, so it would take out nothing or everything';
  } catch (error) {
    return error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : 'it is no regular expression';
  }
  return whyEndless(source);
}

/** Repetitions without an end: each may cost another power of a piece's length. */
const mostEndless = 4;

function whyEndless(source: string): string | null {
  const plain = source.replace(/\\[\s\S]/g, 'a').replace(/\[(?:\^?\]?[^\]]*)\]/g, 'a');
  if (endless(plain) > mostEndless)
    return `it holds more than ${mostEndless} of *, + and {n,}; give them an end, as {0,64}`;
  const open: number[] = [];
  for (let at = 0; at < plain.length; at += 1) {
    if (plain[at] === '(') open.push(at);
    if (plain[at] === ')') {
      const inside = plain.slice((open.pop() ?? 0) + 1, at).replace(/^\?(?:<?[=!]|:|<\w+>)/, '');
      const repeats = /^(?:[*+]|\{\d*,\d*\}|\{\d{2,}\})/.test(plain.slice(at + 1));
      if (repeats && /[*+?|]|\{\d*,\d*\}/.test(inside)) {
        return 'it repeats a group that holds a repetition or an alternative; write the group once, or without them';
      }
    }
  }
  return null;
}

function endless(plain: string): number {
  return plain.match(/[*+]|\{\d*,\}/g)?.length ?? 0;
}

/**
 * A pattern runs over pieces of a text of this length, twice, the second time from the middle of the first piece on:
 * what it matches may be up to half as long, and its time cannot grow with a power of a long text.
 */
const pieceLength = 1_024;

/** What a pattern has not looked at after so long, milliseconds, is taken out as a whole: no text may hold up a batch. */
const longest = 500;

/** The text without what the user's patterns match. */
export function redactOwn(text: string, { patterns }: OwnPatterns): string {
  return patterns.reduce((left, pattern) => inPieces(inPieces(left, pattern, 0), pattern, pieceLength / 2), text);
}

function inPieces(text: string, pattern: RegExp, first: number): string {
  if (text.length <= pieceLength) return first === 0 ? take(text, pattern) : text;
  const end = performance.now() + longest;
  const pieces = [take(text.slice(0, first), pattern)];
  for (let at = first; at < text.length; at += pieceLength) {
    if (performance.now() > end) return [...pieces, redacted].join('');
    pieces.push(take(text.slice(at, at + pieceLength), pattern));
  }
  return pieces.join('');
}

function take(piece: string, pattern: RegExp): string {
  return piece.replace(pattern, (found) => (found === '' || found === redacted ? found : redacted));
}
