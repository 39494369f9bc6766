/** A part of a regular expression without flags. */
export type Part =
  /** One character: a literal, a class, an escape or the dot, as it is written. */
  | { readonly kind: 'character'; readonly source: string }
  /** Takes nothing: an edge such as `^` or `\b`, or a look ahead or behind (`inner`). */
  | { readonly kind: 'assertion'; readonly inner: Part | null; readonly isBehind: boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'choice'; readonly options: readonly Part[] }
  | {
      readonly kind: 'repeat';
      readonly inner: Part;
      readonly least: number;
      /** `Infinity` where there is no end. */
      readonly most: number;
      readonly source: string;
    };

/** What makes an expression one that is not taken, in words that follow "it ". */
export class UnsuitableExpression extends Error {}

const edge = /\^|\$|\\[bB]/y;
const group = /\((?:\?(?:<?[=!]|:|<[A-Za-z_$][\w$]*>))?/y;
const character = /\[(?:\\[\s\S]|[^\]\\])*\]|\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|c[A-Za-z]|[\s\S])|[\s\S]/y;
const quantifier = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/y;

/** Escapes that mean something else than their author thinks, or that cannot be bounded. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/^\\[1-9k]/, 'refers back to a group, which can take very long; say the text again'],
  [/^\\([pPu]\{)/, 'has \\p{…} or \\u{…}, which mean nothing without the flag u; say the characters, or \\uXXXX'],
];

/**
 * Reads a regular expression that compiles.
 * @throws UnsuitableExpression for what cannot be judged: back references, `\p`, flags inside.
 */
export function parseExpression(source: string): Part {
  let at = 0;
  return choice();

  function take(form: RegExp): RegExpExecArray | null {
    form.lastIndex = at;
    const found = form.exec(source);
    at += found?.[0].length ?? 0;
    return found;
  }

  function choice(): Part {
    const options = [sequence()];
    while (source[at] === '|') {
      at += 1;
      options.push(sequence());
    }
    const [only] = options;
    return only && options.length === 1 ? only : { kind: 'choice', options };
  }

  function sequence(): Part {
    const parts: Part[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const from = at;
      parts.push(repeated(single(), from));
    }
    return { kind: 'sequence', parts };
  }

  function repeated(inner: Part, from: number): Part {
    const found = take(quantifier);
    if (found === null) return inner;
    const [sign, least, comma, most] = found;
    const [few, many] = least === undefined ? bounds(sign) : [Number(least), endOf(least, comma, most)];
    return { kind: 'repeat', inner, least: few, most: many, source: source.slice(from, at) };
  }

  function single(): Part {
    if (take(edge)) return { kind: 'assertion', inner: null, isBehind: false };
    const opened = take(group)?.[0];
    if (opened === undefined) return literal();
    if (source[at] === '?') throw new UnsuitableExpression('sets flags inside; leave them out');
    const inner = choice();
    at += 1;
    return /[=!]$/.test(opened) ? { kind: 'assertion', inner, isBehind: opened.includes('<') } : inner;
  }

  function literal(): Part {
    const found = take(character)?.[0] ?? '';
    const why = refused.find(([form]) => form.test(`${found}${source[at] ?? ''}`));
    if (why) throw new UnsuitableExpression(why[1]);
    return { kind: 'character', source: found };
  }
}

function bounds(sign: string): readonly [number, number] {
  if (sign.startsWith('?')) return [0, 1];
  return [sign.startsWith('+') ? 1 : 0, Number.POSITIVE_INFINITY];
}

function endOf(least: string, comma: string | undefined, most: string | undefined): number {
  if (comma === undefined) return Number(least);
  return most ? Number(most) : Number.POSITIVE_INFINITY;
}
