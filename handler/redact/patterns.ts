import { secretWord } from './words';

/** What stands in place of a secret. */
export const redacted = '[redacted]';

/** `=` or `:`, or what Gson writes for them. */
const separator = String.raw`(?:[=:]|\\+u003[da])(?:>|\\+u003e)?`;

/**
 * The same after a name without quotes. In a path (`token=2024/part.parquet`), in an ARN and in the id of a run
 * (`execution:rotate-secret:5e0f`) they are a part of it: no secret stands there, and a run that lost its id is lost.
 */
const separatorOfBare = String.raw`(?<!\/[\w.%-]{0,256}|\barn:aws[a-z-]{0,20}:[\w.%$!'()+=@:/*~-]{0,1024})\s*(?:(?:=|\\+u003d)(?:>|\\+u003e)?|(?:(?<!:[\w.-]{1,256})|(?=:\s))(?::|\\+u003a))`;

/** After the host of a URL: a port and the end of the host, no password. */
const port = String.raw`\d{1,5}(?:[/?#,;\\]|$)`;

/** A quote at any depth of JSON inside JSON, or what Gson writes for it. */
const quote = String.raw`(?:\\*["']|\\+u002[27])`;

/**
 * A value without quotes, up to white space or a quote. A sign that closes a list, a query or a bracket is a part of it,
 * as of `dor,3&x)y`, unless the end, another such sign, a tag or the next name with its value follows.
 */
const bare = String.raw`(?!\[redacted\])(?:[^\s"'\\,;&<>)}\]]|[,;&>)}\]](?![\s"'\\,;&<>)}\]]|$|-{1,2}[a-z]|[\w.-]{1,64}[=:])|<(?!\/|\w{1,64}[\s>])|\\(?![\\nrtbfu"'/]|$))+`;

/** Tokens that are known by how they begin: of Slack, GitHub, GitLab, npm, Stripe, Databricks, OpenAI, Google, SendGrid, PyPI, Hugging Face. */
const tokens: readonly string[] = [
  String.raw`xox[a-z]-[\w-]{8,}`,
  String.raw`xapp-\d-[\w-]{8,}`,
  String.raw`gh[opsur]_[A-Za-z0-9]{20,}\w*`,
  String.raw`github_pat_\w{20,}`,
  'hf_[A-Za-z0-9]{30,}',
  String.raw`pypi-Ag[\w-]{30,}`,
  String.raw`glpat-[\w-]{16,}`,
  'npm_[A-Za-z0-9]{30,}',
  String.raw`[rs]k_live_\w{16,}`,
  String.raw`dapi[0-9a-f]{32}(?:-\d+)?`,
  String.raw`sk-(?=[\w-]{0,120}?(?=[A-Za-z]{0,15}\d)[A-Za-z0-9]{16})[\w-]{20,}`,
  String.raw`AIza[\w-]{35}`,
  String.raw`SG\.[\w-]{22}\.[\w-]{30,}`,
];

/** Each kind of secret inside a text, with what is left of it. Repetitions are bounded or cannot start twice. */
export const patterns: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----BEGIN)[\s\S])*?(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?=-----BEGIN)|$)/g,
    redacted,
  ],
  [/(hooks\.slack(?:-gov)?\.com\\{0,8}\/(?:services|workflows|triggers)\\{0,8}\/)[\w/%\\-]+/g, `$1${redacted}`],
  [/(?:\b|(?<=\\[nrt]))(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, redacted],
  [new RegExp(String.raw`(?:\b|(?<=\\[nrt]))(?:${tokens.join('|')})`, 'g'), redacted],
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, redacted],
  [
    new RegExp(
      String.raw`(\b[a-z][a-z0-9+.-]{0,30}:\\{0,8}\/\\{0,8}\/[^\s:/@"'[]{0,256}:)(?!${port})[^\s@"']{0,1024}(?:@[^\s@/"']*){0,256}(?=@)`,
      'gi',
    ),
    `$1${redacted}`,
  ],
  [/(\bjdbc:oracle:\w{1,16}:[^\s/@:"'\\]{1,128}\\?\/)[^\s@"']{0,128}(?:@[^\s@/"']*){0,256}(?=@)/gi, `$1${redacted}`],
  [
    new RegExp(
      String.raw`(\bauthorization(?:\\*["']\s*[:=]|${separatorOfBare})\s*\\*["']?)(?:[a-z][\w-]{0,30}[ \t]{1,8})?${bare}`,
      'gi',
    ),
    `$1${redacted}`,
  ],
  [
    new RegExp(
      String.raw`(\b(?:set-)?cookie(?:\\*["']\s*:|${separatorOfBare})\s*\\*["']?)(?!\[redacted\])[^\s"'\\][^\r\n"'\\]*`,
      'gi',
    ),
    `$1${redacted}`,
  ],
  [
    new RegExp(String.raw`(<[\w.:-]{0,64}?(?:${secretWord}|token)>)(?!\[redacted\]<)[^<]+(?=<\/)`, 'gi'),
    `$1${redacted}`,
  ],
  [/(\bidentified +by +(?:password +)?\\*["'])(?!\[redacted\])[^"'\\]+/gi, `$1${redacted}`],
  [/(\bbearer\s+)[\w.~+/-]{16,}=*/gi, `$1${redacted}`],
  [/((?<!\/)\bsignature=)[\w%+/=-]{16,}/gi, `$1${redacted}`],
  [/((?:(?<![A-Za-z/])|(?<=\\[nrt]))sig(?:=|\\+u003d))[\w%+/=-]{16,}/g, `$1${redacted}`],
  [
    new RegExp(
      `((?:${secretWord}|authorization|cookie|(?<=["'])token(?=${quote})|\\btoken(?=\\s*=))(?:${quote}(?:\\s*,\\s*${quote}value${quote})?\\s*${separator}|${separatorOfBare})\\s*[ubr]{0,2}(${quote}))(?!\\2)[\\s\\S]+?(?=(?<!\\\\)\\2|$)`,
      'gi',
    ),
    `$1${redacted}`,
  ],
  [
    new RegExp(`((?:${secretWord})${separatorOfBare}\\s*)(?![ubr]{0,2}${quote})(?!(?:YES|NO)\\))${bare}`, 'gi'),
    `$1${redacted}`,
  ],
  [
    new RegExp(
      `((?:(?<![\\w.:/-])|(?<=\\\\[nrt]))--[\\w.-]{0,40}?(?:${secretWord}|token)${quote}?,?\\s+${quote}?)(?!-)${bare}`,
      'gi',
    ),
    `$1${redacted}`,
  ],
  [new RegExp(`(\\btoken${separatorOfBare})${bare}`, 'gi'), `$1${redacted}`],
];
