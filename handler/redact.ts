import { isLike, isSecretArgument, withoutPassword } from './redact/arguments';
import { noOwnPatterns, type OwnPatterns, ownPatternsOf, redactOwn } from './redact/own';
import { noSentence, redacted, without } from './redact/pattern';
import { patterns } from './redact/patterns';
import { mayHoldSecret } from './redact/signs';
import { secretKey, secretName } from './redact/words';

export { mayHoldSecret, type OwnPatterns, ownPatternsOf, redacted };

/** A private key that begins and does not end in a text. */
const keyBegin = new RegExp(
  String.raw`^-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----${noSentence}(?![\s\S]*-----END)`,
);
const keyEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY/;

/** Secrets that stand side by side show one after the other; more rounds than this only a text has that was made so. */
const mostRounds = 3;

/** JSON inside JSON inside JSON is opened up to this depth; what lies deeper is a text. */
const mostLevels = 4;

/** The text without its secrets, and without what the user's patterns match. */
export function redactText(text: string, own: OwnPatterns = noOwnPatterns): string {
  return textWithout(text, { own, level: 0 });
}

/**
 * A copy of a JSON value without its secrets: in every text, and the values of keys that are named like secrets.
 * Keys are kept, `__proto__` among them as the plain key that it is, unless one holds a secret itself.
 */
export function redact<T>(value: T, own: OwnPatterns = noOwnPatterns): T {
  return walk(value, { own, level: 0 }) as T;
}

/** What is taken out, and how many JSON texts are open around the value. */
interface Redaction {
  readonly own: OwnPatterns;
  readonly level: number;
}

function textWithout(text: string, redaction: Redaction): string {
  const hasSigns = mayHoldSecret(text);
  if (!hasSigns && redaction.own.patterns.length === 0) return text;
  const opened = openJson(text, redaction);
  if (opened !== null) return opened;
  let left = redactOwn(text, redaction.own);
  for (let round = 0; hasSigns && round < mostRounds; round += 1) {
    const before = left;
    left = patterns.reduce(without, left);
    if (left === before || !mayHoldSecret(left)) break;
  }
  return left;
}

/** A text that is JSON, redacted as the value that it is; null when it is none. One without secrets keeps its form. */
function openJson(text: string, { own, level }: Redaction): string | null {
  if (level >= mostLevels || !/^\s*[[{]/.test(text) || !/[\]}]\s*$/.test(text)) return null;
  try {
    const value = parseExactly(text);
    const before = JSON.stringify(value);
    const after = JSON.stringify(walk(value, { own, level: level + 1 }));
    return before === after ? text : after.replace(/"\\u0000([\d.eE+-]{1,1024})"/g, '$1');
  } catch {
    return null;
  }
}

/** Numbers that JavaScript cannot hold would change when written again, so they are marked texts in between. */
function parseExactly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!/\d[\d.]{14}/.test(text)) return value;
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]{14,}/g, (part) => (part.startsWith('"') ? part : `"\\u0000${part}"`)),
  );
}

/** The keys of a setting under which its name and its value stand. */
const nameKey = /^(?:(?:parameter|option)?(?:name|key)|header|property)$/i;
const valueKey = /^(?:parameter)?value$/i;

function walk(value: unknown, redaction: Redaction): unknown {
  if (typeof value === 'string') {
    return textWithout(value, redaction);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return walkList(value, redaction);
  }
  const entries = Object.entries(value);
  const isNamedSecret = entries.some(([key, field]) =>
    isLike(field, nameKey.test(key) ? secretName : /^SecureString$/),
  );
  return Object.fromEntries(
    entries.map(([key, field]) => [
      textWithout(key, redaction),
      secretKey.test(key) || (isNamedSecret && valueKey.test(key)) || isBasicAuth(key, field) || isSecrets(key, field)
        ? hide(field)
        : walk(field, redaction),
    ]),
  );
}

/** Secrets themselves; a container's `secrets` are objects that say where each is kept. */
function isSecrets(key: string, field: unknown): boolean {
  return /secrets$/i.test(key) && !(Array.isArray(field) && field.some((it) => typeof it === 'object'));
}

/** `"auth": "…"` holds a user and a password in base64, as in the files of Docker and npm. */
function isBasicAuth(key: string, field: unknown): boolean {
  return /^_?auth$/i.test(key) && isLike(field, /^(?=.*(?:\d|=$))[A-Za-z0-9+/]{8,}={0,2}$/);
}

/** Options of a command line are followed by their values, and the lines of a private key by each other. */
function walkList(values: readonly unknown[], redaction: Redaction): unknown[] {
  let isInKey = false;
  return values.map((element, at) => {
    const left = isInKey || isSecretArgument(values, at) ? hide(element) : walk(element, redaction);
    if (typeof element === 'string') {
      isInKey =
        isLike(element.slice(element.lastIndexOf('-----BEGIN')), keyBegin) || (isInKey && !keyEnd.test(element));
    }
    return withoutPassword(left, values, at);
  });
}

/** A value that is a secret as a whole: its texts and numbers are taken out, its shape is left. An ARN only names one, as a variable does. */
function hide(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(hide);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [key, ofSchema.test(key) ? field : hide(field)]),
    );
  }
  const isSecret = typeof value === 'string' ? value !== '' && !named.test(value) : typeof value === 'number';
  return isSecret ? redacted : value;
}

/** What a JSON schema says of a secret, and is none. */
const ofSchema = /^(?:type|format|m(?:in|ax)Length|nullable)$/;

const named =
  /^(?:arn:aws[a-z-]{0,20}:[\w:/.@-]{1,512}|\*{3,}|[<[]?(?:redacted|hidden|sensitive|masked|filtered)[>\]]?|\$\{[\w.:-]{1,64}\})$/i;
