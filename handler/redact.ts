/** What stands in place of a secret. */
export const redacted = '[redacted]';

/** Names that give a value away, in any spelling, with or without `_`, `-` and `.`. */
const secretWord = [
  'pass(?:words?|wd|phrase)',
  'pwd',
  'secret',
  'secret[_.-]?(?:access[_.-]?)?key',
  'client[_-]?secret',
  '(?:auth|access|refresh|session|security|id|api|bearer)[_-]?token',
  '(?:api|access|private)[_.-]?key',
  'credentials?',
].join('|');

/**
 * How the words of {@link secretWord} end, and those of {@link secretKey} and of signatures. A plain `key` is none of
 * them: S3 names its objects so.
 */
const endings = 'words?|wd|phrase|secret|[eist][_.-]?key|token|credentials?|authorization|signature';

/** `=` or `:`, or what Gson writes for them. */
const separator = String.raw`(?:[=:]|\\+u003[da])`;

/** A quote at any depth of JSON inside JSON, or what Gson writes for it. */
const quote = String.raw`(?:\\*["']|\\+u002[27])`;

/** What may stand between a name and its separator, in JSON at any depth. */
const between = String.raw`(?:[\\"'\s]|\\[nrt]|\\u002[27])*`;

/**
 * Signs of a secret, in a text or in the JSON that holds it (with its escapes). A text without any is left as it is,
 * which makes redaction cheap: most events hold none. Each sign starts with a rare character and looks back from
 * there, which is three times as fast as looking for the words themselves; assignments, whose `:` is frequent in JSON,
 * are looked for by themselves, which is faster than all at once.
 */
const signs: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:[=:]|\\u003[da])(?<=(?:${endings}|(?:${endings})${between},${between}value)${between}(?:[=:]|\\u003[da]))`,
    'i',
  ),
  new RegExp(
    [
      String.raw`:(?:(?<=["'](?:name|key)${between}:)${between}[\w.-]{0,256}?(?:${endings})|(?<=jdbc:oracle:))`,
      String.raw`\/(?<=:\\?\/\\?\/)[^\s/"]*:`,
      '_(?<=gh[opsur]_|_pat_|npm_|k_live_)',
      `-(?:(?<=xox[a-z]-|xapp-|glpat-)|(?<=-----)BEGIN|(?<=--)[\\w.-]{0,40}?(?:${endings}))`,
      String.raw`\.(?<=hooks\.)slack`,
      'A(?<=AKIA|ASIA)',
      'J(?<=eyJ)',
      String.raw`\s(?<=bearer\s)`,
    ].join('|'),
    'i',
  ),
];

/** A key of a JSON object whose value is a secret, whatever it is. */
const secretKey = new RegExp(`(?:${secretWord}|authorization|token)$`, 'i');

/** The name of a setting whose value, beside it, is a secret. */
const secretName = new RegExp(`^[\\w.-]{0,256}?(?:${secretWord}|token)$`, 'i');

/** An option of a command line whose value is a secret. */
const secretOption = new RegExp(`^--[\\w.-]*(?:${secretWord}|token)$`, 'i');

/** Of a value without quotes. */
const bare = String.raw`(?!\[redacted\])[^\s"'\\,;&<>)}\]]+`;

/** Each kind of secret inside a text, with what is left of it. Repetitions are bounded or cannot start twice. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:(?!-----BEGIN)[\s\S])*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|(?=-----BEGIN)|$)/g,
    redacted,
  ],
  [/(hooks\.slack(?:-gov)?\.com\\?\/(?:services|workflows|triggers)\\?\/)[\w/%\\-]+/g, `$1${redacted}`],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, redacted],
  [/\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}/g, redacted],
  [/\b(?:gh[opsur]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_\w{20,}|[rs]k_live_\w{16,})/g, redacted],
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, redacted],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\\?\/\\?\/[^\s:/@"']{0,256}:)[^\s@"']{1,1024}(?=@)/gi, `$1${redacted}`],
  [/(\bjdbc:oracle:\w{1,16}:[^\s/@:"'\\]{1,128}\\?\/)[^\s@"']{1,128}(?=@)/gi, `$1${redacted}`],
  [
    /(\bauthorization\\*["']?\s*[:=]\s*\\*["']?)(?:(?:Bearer|Basic|Digest|Token|Negotiate)\s+)?(?!\[redacted\])[^\s"'\\,;}]+/gi,
    `$1${redacted}`,
  ],
  [/(\bbearer\s+)[\w.~+/-]{16,}=*/gi, `$1${redacted}`],
  [/(\bsignature=)[\w%+/=-]{16,}/gi, `$1${redacted}`],
  [
    new RegExp(
      `((?:${secretWord}|(?<=["'])token(?=${quote}))${quote}?(?:\\s*,\\s*${quote}value${quote})?\\s*${separator}\\s*(${quote}))(?!\\2)[\\s\\S]+?(?=(?<!\\\\)\\2|$)`,
      'gi',
    ),
    `$1${redacted}`,
  ],
  [
    new RegExp(
      `((?<!:secretsmanager:[\\w-]*:\\d*:)(?:${secretWord})\\s*${separator}\\s*)(?!${quote})(?!(?:YES|NO)\\))${bare}`,
      'gi',
    ),
    `$1${redacted}`,
  ],
  [
    new RegExp(`((?<!-)--[\\w.-]{0,40}?(?:${secretWord}|token)${quote}?,?\\s+${quote}?)(?!-)${bare}`, 'gi'),
    `$1${redacted}`,
  ],
  [new RegExp(`(\\btoken${separator})${bare}`, 'gi'), `$1${redacted}`],
];

/** Whether a text shows any sign of a secret; without one, {@link redact} has nothing to do. */
export function mayHoldSecret(text: string): boolean {
  return signs.some((sign) => sign.test(text));
}

/** The text without its secrets. */
export function redactText(text: string): string {
  return mayHoldSecret(text) ? patterns.reduce((left, [pattern, mark]) => left.replace(pattern, mark), text) : text;
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
    return value.map((element, at) => (isLike(value[at - 1], secretOption) ? hide(element) : walk(element)));
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
