import type { PatternCondition, PatternObject } from '../../handler/event/pattern';
import type { Filter, Source } from '../../handler/normalise/source';
import { canMeet, isPlain, simplified, wildcardOf } from './globs';

/** What `config.ts` says of one filter of a source, as globs: what is captured, and what is not. */
export interface Globs {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** A pattern that takes only what is wanted, with what stood in the way. */
export interface Narrowed {
  readonly pattern: object;
  /** One sentence each; the pattern is of no use where there are any. */
  readonly problems: readonly string[];
}

/** A glob as `config.ts` says it, the filter that it belongs to, and the glob over the whole text of the field. */
interface Demand {
  readonly word: string;
  readonly said: string;
  readonly whole: string;
}

/** All that is demanded of one field; two filters may look at the same one. */
interface Field {
  readonly path: readonly string[];
  readonly include: readonly Demand[] | null;
  readonly exclude: readonly Demand[];
}

/** Narrows the pattern of a source by what `config.ts` says of its filters. */
export function narrow({ filters = {}, pattern }: Source, words: Readonly<Record<string, Globs>>): Narrowed {
  return fieldsOf(filters, words).reduce<Narrowed>(
    (narrowed, field) => {
      const left = field.include?.filter((demand) => !isTakenOut(demand, field.exclude)) ?? null;
      const problems = [...narrowed.problems, ...problemsOf({ ...field, include: left })];
      const alternatives = left === null ? anythingBut(field.exclude) : [left.map(conditionOf)];
      return { pattern: within(narrowed.pattern, field.path, alternatives), problems };
    },
    { pattern, problems: [] },
  );
}

function fieldsOf(filters: Readonly<Record<string, Filter>>, words: Readonly<Record<string, Globs>>): readonly Field[] {
  const fields = new Map<string, Field>();
  for (const [word, { include, exclude = [] }] of Object.entries(words)) {
    const filter = filters[word];
    if (filter === undefined || (include === undefined && exclude.length === 0)) continue;
    const key = filter.path.join('.');
    const before = fields.get(key);
    const demands = (globs: readonly string[]) => globs.map((said) => ({ word, said, whole: wholeOf(said, filter) }));
    fields.set(key, {
      path: filter.path,
      include: include || before?.include ? [...(before?.include ?? []), ...demands(include ?? [])] : null,
      exclude: [...(before?.exclude ?? []), ...demands(exclude)],
    });
  }
  return [...fields.values()];
}

function wholeOf(glob: string, { before = '', after = '' }: Filter): string {
  return simplified(`${before}${glob}${after}`);
}

/** A name without a star that is excluded, too, is simply not included. */
function isTakenOut({ word, said }: Demand, exclude: readonly Demand[]): boolean {
  return isPlain(said) && exclude.some((excluded) => excluded.word === word && canMeet(said, excluded.said));
}

/**
 * EventBridge meets a list when any of its conditions is met, so a list can include or exclude. Of both, only exclusions
 * that no inclusion can meet may be left unsaid.
 */
function problemsOf({ include, exclude }: Field): readonly string[] {
  if (include === null) return [];
  if (include.length === 0) return ['of what is included nothing is left; switch the source off instead'];
  return include.flatMap((wanted) =>
    exclude
      .filter((excluded) => canMeet(wanted.whole, excluded.whole))
      .map(
        (excluded) =>
          `${wanted.word}.include "${wanted.said}" and ${excluded.word}.exclude "${excluded.said}" can both be met by ` +
          'one text, and a rule of EventBridge cannot demand the one without the other; include narrower globs, or exclude only',
      ),
  );
}

function conditionOf({ whole }: Demand): PatternCondition {
  return isPlain(whole) ? whole : { wildcard: wildcardOf(whole) };
}

/**
 * An event that lacks the field bears no excluded name either, so it is taken: `anything-but` alone would leave it. The
 * engine mixes up `anything-but` of wildcards with a condition beside it, hence alternatives there.
 */
function anythingBut(exclude: readonly Demand[]): readonly Conditions[] {
  const excluded = [...new Set(exclude.map(({ whole }) => whole))];
  const absent = { exists: false };
  if (excluded.every(isPlain)) return [[{ 'anything-but': excluded }, absent]];
  return [[{ 'anything-but': { wildcard: excluded.map(wildcardOf) } }], [absent]];
}

type Conditions = readonly PatternCondition[];

/** The pattern that demands one of the alternatives of a field besides; beside `$or` it holds for all of its alternatives. */
function within(parent: object, [key = '', ...rest]: readonly string[], alternatives: readonly Conditions[]): object {
  if (rest.length > 0) {
    return { ...parent, [key]: within({ ...(parent as PatternObject)[key] }, rest, alternatives) };
  }
  const [only, ...others] = alternatives.map((conditions) => ({ [key]: conditions }));
  return others.length === 0 ? { ...parent, ...only } : withEither(parent, [{ ...only }, ...others]);
}

/** An object of a pattern has one `$or`: with a second it becomes the combinations of both. */
function withEither({ $or, ...parent }: { readonly $or?: readonly object[] }, alternatives: readonly object[]): object {
  const before = $or ?? [{}];
  return { ...parent, $or: before.flatMap((one) => alternatives.map((other) => ({ ...one, ...other }))) };
}
