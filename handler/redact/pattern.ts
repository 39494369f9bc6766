import { placeholder } from './values';

/** What stands in place of a secret. */
export const redacted = '[redacted]';

/** What finds a secret inside a text, and what is left of it. */
export type Pattern = readonly [pattern: RegExp, left: string | ((found: string, before: string) => string)];

/** The text with what the pattern leaves of it. */
export function without(text: string, [pattern, left]: Pattern): string {
  return typeof left === 'string' ? text.replace(pattern, left) : text.replace(pattern, left);
}

/** Behind the first line of a private key: no sentence, which tells of one and holds none. */
export const noSentence = '(?!-?[ \\t]{1,4}[a-z]{2,16}(?:[ \\t.,;:]|$))';

/** A secret after something that is left: sources of regular expressions. */
export function after(before: string, secret: string, flags = 'gi'): Pattern {
  return [new RegExp(`(${before})${secret}`, flags), `$1${redacted}`];
}

/** A secret in quotes after something that is left; `before` ends with the second group, the opening quote. */
export function quotedAfter(before: string, secret = String.raw`[\s\S]+?(?=(?<!\\)\2|$)`): Pattern {
  return after(before, String.raw`(?!\2|\[redacted\]|arn:aws[a-z-]{0,20}:[\w:/.@-]{1,256}\2|${placeholder})${secret}`);
}
