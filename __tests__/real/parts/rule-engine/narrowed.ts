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
  sources.flatMap((source) => {
    const all = Object.keys(source.filters ?? {});
    return [...all.map((word) => [word]), ...(all.length > 1 ? [all] : [])].flatMap((words) =>
      Object.entries(wishes).map(([name, wish]) => {
        const said = Object.fromEntries(words.map((word) => [word, wish]));
        const narrowed = { pattern: narrow(source, said).pattern, source: source.pattern };
        return [`${source.name} that ${name} ${words.join(' and ')}`, narrowed];
      }),
    );
  }),
);
