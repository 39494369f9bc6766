import { patterns, redacted } from './redact/patterns';
import { mayHoldSecret } from './redact/signs';
import { secretKey, secretName, secretOption } from './redact/words';

export { mayHoldSecret, redacted };

/** A private key that begins and does not end in a text. */
const keyBegin = /^-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?![\s\S]*-----END)/;
const keyEnd = /-----END [A-Z ]{0,40}PRIVATE KEY/;

/** Secrets that stand side by side show one after the other; more rounds than this only a text has that was made so. */
const mostRounds = 3;

/** The text without its secrets. */
export function redactText(text: string): string {
  let left = text;
  for (let round = 0; round < mostRounds && mayHoldSecret(left); round += 1) {
    const before = left;
    left = patterns.reduce((rest, [pattern, mark]) => rest.replace(pattern, mark), left);
    if (left === before) break;
  }
  return left;
}

/**
 * A copy of a JSON value without its secrets: in every text, and the values of keys that are named like secrets.
 * Keys are kept, `__proto__` among them as the plain key that it is.
 */
export function redact<T>(value: T): T {
  return walk(value) as T;
}

function walk(value: unknown): unknown {
  if (typeof value === 'string') {
    return redactText(value);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return walkList(value);
  }
  const entries = Object.entries(value);
  const isNamedSecret = entries.some(([key, field]) => /^(?:name|key)$/i.test(key) && isLike(field, secretName));
  return Object.fromEntries(
    entries.map(([key, field]) => [
      key,
      secretKey.test(key) || (isNamedSecret && /^value$/i.test(key)) ? hide(field) : walk(field),
    ]),
  );
}

/** Options of a command line are followed by their values, and the lines of a private key by each other. */
function walkList(values: readonly unknown[]): unknown[] {
  let isInKey = false;
  return values.map((element, at) => {
    const left = isInKey || isLike(values[at - 1], secretOption) ? hide(element) : walk(element);
    if (typeof element === 'string') {
      isInKey =
        isLike(element.slice(element.lastIndexOf('-----BEGIN')), keyBegin) || (isInKey && !keyEnd.test(element));
    }
    return left;
  });
}

/** A value that is a secret as a whole: its texts and numbers are taken out, its shape is left. */
function hide(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(hide);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, hide(field)]));
  }
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? redacted : value;
}

function isLike(value: unknown, expression: RegExp): boolean {
  return typeof value === 'string' && expression.test(value);
}
