/** What stands in place of a secret. */
export const redacted = '[redacted]';

/** Names that give a value away, in any spelling with or without `_` and `-`. */
const secretWord = [
  'pass(?:word|wd|phrase)',
  'pwd',
  'secret',
  'secret_?(?:access_?)?key',
  'client_?secret',
  '(?:auth|access|refresh|session|security|id|api|bearer)_?-?token',
  '(?:api|access|private)_?-?key',
  'credentials?',
].join('|');

/** How the words of {@link secretWord} end, and those of {@link secretKey}. */
const endings = 'word|wd|phrase|secret|key|token|credentials?|authorization';

/**
 * Signs of a secret, in a text or in the JSON that holds it (with its escapes). A text without any is left as it is,
 * which makes redaction cheap: most events hold none. Each sign starts with a rare character and looks back from
 * there, which is three times as fast as looking for the words themselves.
 */
const signs = new RegExp(
  [
    String.raw`(?:[=:]|\\u003[da])(?<=(?:${endings})[\\"'\s]*(?:[=:]|\\u003[da]))`,
    String.raw`\/(?<=:\\?\/\\?\/)[^\s/"]*:`,
    '_(?<=gh[opsur]_|_pat_|npm_|k_live_)',
    '-(?:(?<=xox[a-z]-|xapp-|glpat-)|(?<=-----)BEGIN)',
    String.raw`\.(?<=hooks\.)slack`,
    'A(?<=AKIA|ASIA)',
    'J(?<=eyJ)',
    String.raw`\s(?<=bearer\s)`,
  ].join('|'),
  'i',
);

/** A key of a JSON object whose value is a secret, whatever it is. */
const secretKey = new RegExp(`(?:${secretWord}|authorization|token)$`, 'i');

/**
 * Each kind of secret inside a text, with what is left of it. What could begin at every character of a long text ends
 * after a bounded length, so that no text takes time that grows with the square of its length.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?!-----BEGIN)[\s\S])*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, redacted],
  [/(hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/)[\w/%-]+/g, `$1${redacted}`],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, redacted],
  [/\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}/g, redacted],
  [/\b(?:gh[opsur]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_\w{20,}|[rs]k_live_\w{16,})/g, redacted],
  [/\beyJ[\w-]{8,4096}\.[\w-]{8,}(?:\.[\w-]*)?/g, redacted],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\\?\/\\?\/[^\s:/@"']*:)[^\s@"']{1,2048}(?=@)/gi, `$1${redacted}`],
  [
    /(\bauthorization\\*["']?\s*[:=]\s*\\*["']?)(?:(?:Bearer|Basic|Digest|Token|Negotiate)\s+)?[^\s"'\\,;}]+/gi,
    `$1${redacted}`,
  ],
  [/(\bbearer\s+)[\w.~+/-]{16,}=*/gi, `$1${redacted}`],
  [
    new RegExp(String.raw`((?:${secretWord})\\*["']?\s*[=:]\s*\\*["'])(?:(?!\\{0,15}["'])[\s\S])+`, 'gi'),
    `$1${redacted}`,
  ],
  [
    new RegExp(
      String.raw`((?<!:secretsmanager:[\w-]*:\d*:)(?:${secretWord})\s*[=:]\s*)(?!\\*["'])[^\s"'\\,;&<>)}\]]+`,
      'gi',
    ),
    `$1${redacted}`,
  ],
  [/(\btoken=)[^\s"'\\,;&<>)}\]]+/gi, `$1${redacted}`],
];

/** Whether a text shows any sign of a secret; without one, {@link redact} has nothing to do. */
export function mayHoldSecret(text: string): boolean {
  return signs.test(text);
}

/** The text without its secrets. */
export function redactText(text: string): string {
  return signs.test(text) ? patterns.reduce((left, [pattern, mark]) => left.replace(pattern, mark), text) : text;
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
    return value.map(walk);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, isSecret(key, field) ? redacted : walk(field)]),
  );
}

function isSecret(key: string, field: unknown): boolean {
  return (typeof field === 'string' || typeof field === 'number') && field !== '' && secretKey.test(key);
}
