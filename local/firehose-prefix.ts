/** What an expression in a prefix can refer to. */
export interface PrefixContext {
  /** Arrival of the oldest record of the object, milliseconds since the epoch. */
  readonly arrivedAt: number;
  readonly errorType: string;
}

/** The letters of Java's DateTimeFormatter that make sense in a prefix, as pieces of an ISO timestamp. */
const letters: Readonly<Record<string, (iso: string) => string>> = {
  yyyy: (iso) => iso.slice(0, 4),
  MM: (iso) => iso.slice(5, 7),
  dd: (iso) => iso.slice(8, 10),
  HH: (iso) => iso.slice(11, 13),
  mm: (iso) => iso.slice(14, 16),
  ss: (iso) => iso.slice(17, 19),
};

/**
 * Writes out the expressions of a Firehose prefix: `!{timestamp:yyyy-MM-dd}` in UTC, `!{firehose:error-output-type}`
 * ("Custom prefixes for Amazon S3 objects", Firehose developer guide).
 * @throws Error for any other expression.
 */
export function evaluatePrefix(prefix: string, context: PrefixContext): string {
  return prefix.replace(/!\{([^}]*)\}/g, (expression, inner: string) => {
    if (inner.startsWith('timestamp:')) {
      return formatTimestamp(inner.slice('timestamp:'.length), context.arrivedAt);
    }
    if (inner === 'firehose:error-output-type') {
      return context.errorType;
    }
    throw new Error(
      `Firehose prefix ${prefix}: ${expression} is none of !{timestamp:…}, !{firehose:error-output-type}`,
    );
  });
}

function formatTimestamp(pattern: string, instant: number): string {
  const iso = new Date(instant).toISOString();
  return pattern.replace(/'([^']*)'|([A-Za-z])\2*/g, (run, literal: string | undefined) => {
    if (literal !== undefined) {
      return literal;
    }
    const write = letters[run];
    if (!write) {
      throw new Error(
        `Firehose prefix: !{timestamp:${pattern}} has ${run}; known are ${Object.keys(letters).join(', ')}`,
      );
    }
    return write(iso);
  });
}
