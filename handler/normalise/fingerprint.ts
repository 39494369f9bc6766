import { hash } from 'node:crypto';

/** Raised whenever {@link variable} changes, so that fingerprints of different rules are never taken for equal. */
const version = 1;

/** How much of a text decides: what tells errors apart stands in front. */
const significantLength = 1_000;

/** What differs between two occurrences of the same fault, in this order, and what stands in its place. */
const variable: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?/g, '<time>'],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b/g, '<time>'],
  [/\b\d{8}_\d{6}_\d{5}_[a-z0-9]{5}\b/g, '<id>'],
  [/\b(?:s3[an]?|hdfs|file|abfss?|gs):\/\/[^\s'",;)\]}>]+/gi, '<path>'],
  [/(?<![\w:/])\/(?:[\w.=@%+-]+\/)+[\w.=@%+-]*/g, '<path>'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<id>'],
  [/\b(?:jr|db|spark|tbl|pg)_[0-9a-f]{8,}(?:_attempt_\d+)?\b/gi, '<id>'],
  [/\b(?=[a-z]*\d)(?:0x)?[0-9a-f]{8,}\b/gi, '<id>'],
  [/\d+(?:[.,]\d+)*/g, '<n>'],
  [/\s+/g, ' '],
];

/** Equal for equal errors: a hash of type and text with ids, numbers, times and paths taken out; `1:` and 16 hex digits. */
export function fingerprintOf(errorType: string | null, text: string): string {
  const constant = variable.reduce(
    (left, [pattern, mark]) => left.replace(pattern, mark),
    text.slice(0, significantLength),
  );
  return `${version}:${hash('sha256', `${errorType ?? ''}\n${constant.trim()}`, 'hex').slice(0, 16)}`;
}
