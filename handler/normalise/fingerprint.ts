import { hash } from 'node:crypto';

/** Raised whenever {@link variable} changes, so that fingerprints of different rules are never taken for equal. */
const version = 2;

/** How much of a text is looked at, and how much of what remains decides: what tells errors apart stands in front. */
const readLength = 4_000;
const significantLength = 1_000;

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}';

/**
 * Words before a number that is a name: exit and status codes, error numbers, and the codes of databases; alone, behind
 * an underscore (`exit_code`), inside a name (`exitCode`), and run together where that is common (`SQLCODE`).
 */
const wordsBeforeCodes = [
  '(?<![A-Za-z])(?:(?:exit|error|return|ret|status|sql)?code|status|errno|sqlstate|signal|ora)',
  '(?<![A-Za-z])(?:(?:EXIT|ERROR|RETURN|RET|STATUS|SQL)?CODE|STATUS|ERRNO|SQLSTATE|SIGNAL|ORA)',
  '(?:Code|Status|Errno|(?:SQL|Sql|sql)State|Signal)',
  '(?<![A-Za-z])(?:HTTP|Http|http)(?:/\\d(?:\\.\\d)?)?',
].join('|');

/** What stands between the word and its number, in JSON too. */
const beforeCode = `(?:${wordsBeforeCodes})[\\s:=#("'-]{1,4}(?:(?:is|IS)[\\s:=]{1,2})?`;

/** A number that is none of them, with its unit where it is one of memory. */
const number = new RegExp(
  `(?<!\\d|\\b(?:[Ee]rror|ERROR) |${beforeCode})\\d+(?:[.,]\\d+)*(?:[eE][+-]?\\d+)?(?:\\.? ?[KMGTkmgt][Ii]?[Bb]\\b)?`,
  'g',
);

/** Dates with names of days and months. */
const date = new RegExp(
  `\\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?(?:\\d{1,2}[ /-])?${month}[ ,/-]{1,2}\\d{1,4}(?:, \\d{4})?\\b`,
  'g',
);

/**
 * What differs between two occurrences of the same fault, in this order, and what stands in its place: ids and numbers
 * are told apart by nothing but chance, so they have one mark.
 */
const variable: readonly (readonly [RegExp, string])[] = [
  // Times and dates, with or without zone.
  [/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?/g, '<time>'],
  [/\b\d{8}T\d{6}Z?\b/g, '<time>'],
  [/(?<![\d.:])\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?(?: ?(?:[AP]M|UTC|GMT)\b)?| ?[AP]M\b)(?![\d:])/g, '<time>'],
  [date, '<time>'],
  // Query ids of Trino and Athena's engine.
  [/\b\d{8}_\d{6}_\d{5}_[a-z0-9]{5}\b/g, '<n>'],
  // Addresses of files, whole.
  [/\b(?:s3[an]?|hdfs|file|abfss?|gs|dbfs):\/\/[^\s'",;)\]}>]+/gi, '<path>'],
  [/(?<![\w:/])\/(?:[\w.=@%+-]+\/)+[\w.=@%+-]*/g, '<path>'],
  // Ids: UUIDs, those with a known front, base64, addresses in memory, hexadecimal ones, long mixtures.
  [/(?<![a-z0-9])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![a-z0-9])/gi, '<n>'],
  [/(?<![a-z0-9])(?:jr|db|spark|tbl|pg)_[0-9a-f]{8,}(?:_attempt_\d+)?(?![a-z0-9])/gi, '<n>'],
  [/(?=[A-Za-z/]*[\d+])[A-Za-z0-9+/]{40,}={0,2}/g, '<n>'],
  [/\b0x[0-9a-f]+\b|@[0-9a-f]{5,16}\b/gi, '<n>'],
  [/(?<![a-z0-9])(?=[a-f]*\d)[0-9a-f]{8,}(?![a-z0-9])/gi, '<n>'],
  [/(?<![a-z0-9])(?=(?:[a-z]*\d){3})(?=\d*[a-z])[a-z0-9]{16,}(?![a-z0-9])/gi, '<n>'],
  // What Kubernetes puts behind the name of a pod: letters and digits, seldom a word with a number.
  [
    /(?<=[a-z0-9>]-)(?=[a-z]*\d)(?=[a-z0-9]*\d[a-z]|[b-df-hj-np-tv-xz24-9]{5}(?![a-z0-9]))(?=\d*[a-z])[a-z0-9]{5,10}(?![a-z0-9])/g,
    '<n>',
  ],
  // Spark's ids of columns, which end in L now and then, and all other numbers.
  [/#\d+L?\b/g, '#<n>'],
  [number, '<n>'],
  // One of them, and several.
  [/(<n> [a-z]{2,30}?)s\b/gi, '$1'],
  [/(<n> [a-z]{2,30} [a-z]{3,30}?)s\b/gi, '$1'],
  [/\s+/g, ' '],
];

/** Equal for equal errors: a hash of type and text with ids, numbers, times and paths taken out; `2:` and 16 hex digits. */
export function fingerprintOf(errorType: string | null, text: string): string {
  const constant = variable.reduce((left, [pattern, mark]) => left.replace(pattern, mark), text.slice(0, readLength));
  const significant = constant.trim().slice(0, significantLength);
  return `${version}:${hash('sha256', `${errorType ?? ''}\n${significant}`, 'hex').slice(0, 16)}`;
}
