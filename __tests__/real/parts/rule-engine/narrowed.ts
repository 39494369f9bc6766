import { sources } from '../../../../handler/normalise/sources.generated';
import { type Globs, narrow } from '../../../../infra/capture/narrowing';

/** What a configuration may say of a filter: names, globs, and what an escape must come through. */
const wishes: Readonly<Record<string, Globs>> = {
  includes: { include: ['orders', 'orders-*', '*-daily', 'a\\b*'] },
  excludes: { exclude: ['orders', 'tmp'] },
  'excludes by globs': { exclude: ['tmp-*', '*\\x'] },
};

/** A narrowed pattern beside that of its source. */
interface Narrowed {
  readonly pattern: unknown;
  readonly source: unknown;
}

/** The patterns of our sources, narrowed by each of their filters in each way. */
export const narrowedPatterns: Readonly<Record<string, Narrowed>> = Object.fromEntries(
  sources.flatMap((source) =>
    Object.keys(source.filters ?? {}).flatMap((word) =>
      Object.entries(wishes).map(([name, wish]) => [
        `${source.name} that ${name} ${word}`,
        { pattern: narrow(source, { [word]: wish }).pattern, source: source.pattern },
      ]),
    ),
  ),
);
