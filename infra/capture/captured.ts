import type { PatternObject } from '../../handler/event/pattern';
import type { Source } from '../../handler/normalise/source';
import { sources } from '../../handler/normalise/sources.generated';
import type { EventType } from '../../handler/record/schema';
import type { Configuration } from '../config-check';
import type { SourceSetting } from '../config-sources';
import type { Names } from '../names';
import { type Globs, narrow } from './narrowing';

/** Events that a rule captures. */
export interface Captured {
  /** `service_type` of their rows. */
  readonly name: string;
  readonly title: string;
  /** The pattern of the rule, as JSON. */
  readonly pattern: string;
  /** Name or ARN of the event bus that they come by; null for the default one. */
  readonly eventBus: string | null;
}

/** How long a pattern may be ("EventBridge quotas"), in characters, and how long without asking AWS for more. */
const longestPattern = { ever: 4_096, unasked: 2_048 };

/** The source that would see the queries which this project makes. */
const ownQueries = 'athena_query';

/** What an installation captures, what stands in the way, and what should be known; one sentence each. */
export interface Capturing {
  readonly captured: readonly Captured[];
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** Makes the rules of an installation: one per source that is on, narrowed as `config.ts` says, and of each own one. */
export function capturing(config: Configuration, names: Names): Capturing {
  const replaced = new Set(config.ownSources.map(({ replaces }) => replaces));
  const ofOurs = sources
    .filter(({ name }) => config.sources[name] !== false && !replaced.has(name))
    .map((source) => {
      const setting = config.sources[source.name];
      const { pattern, problems } = narrow(source, wordsOf(source, setting, names));
      const asked = source.name === ownQueries ? ownQueriesProblems(setting, names) : [];
      const why = source.name === ownQueries ? ` (the workgroup ${names.workgroup} is ours, and always left out)` : '';
      return {
        ...captured(source, pattern),
        problems: (asked.length > 0 ? asked : problems.map((it) => `${it}${why}`)).map(
          (it) => `config.ts: sources.${source.name}: ${it}`,
        ),
      };
    });
  const own = config.ownSources.map((source) => ({
    ...captured(source, source.pattern as PatternObject),
    eventBus: source.eventBus ?? null,
    problems: [],
  }));
  const all = [...ofOurs, ...own];
  return {
    captured: all,
    problems: all.flatMap((it) => (it.problems.length > 0 ? it.problems : lengthProblems(it))),
    notes: all.filter(({ pattern }) => pattern.length > longestPattern.unasked).map(lengthNote),
  };
}

/** The event types that a source tells of, where they are not those of the installation; by its name. */
export function alertOnOf(config: Configuration): Readonly<Record<string, EventType[]>> {
  const ofOurs = sources.flatMap(({ name }): readonly [string, readonly EventType[]][] => {
    const setting = config.sources[name];
    const types = typeof setting === 'object' ? setting.alertOn : undefined;
    return types === undefined ? [] : [[name, types]];
  });
  const own = config.ownSources.flatMap(({ name, alertOn }) =>
    alertOn === undefined ? [] : [[name, alertOn] as const],
  );
  return Object.fromEntries([...ofOurs, ...own].map(([name, types]) => [name, [...types]]));
}

/** Our own workgroup asked for by its name would be left out without a word. */
function ownQueriesProblems(setting: SourceSetting | undefined, { workgroup }: Names): readonly string[] {
  if (globsIn(setting)['workgroups']?.include?.includes(workgroup) !== true) return [];
  return [
    `workgroups.include has "${workgroup}", the workgroup of this monitor, whose own queries are never captured; take it out of the list`,
  ];
}

/** What is said of the filters of a source; our own queries are never captured, or each report would be a run. */
function wordsOf(
  { name }: Source,
  setting: SourceSetting | undefined,
  { workgroup }: Names,
): Readonly<Record<string, Globs>> {
  const words = globsIn(setting);
  if (name !== ownQueries) return words;
  const { include, exclude = [] } = words['workgroups'] ?? {};
  return { ...words, workgroups: { include, exclude: [...exclude, workgroup] } };
}

function globsIn(setting: SourceSetting | undefined): Readonly<Record<string, Globs>> {
  const { alertOn: _, ...said } = typeof setting === 'object' ? setting : {};
  return said as Readonly<Record<string, Globs>>;
}

function captured({ name, title }: Pick<Captured, 'name' | 'title'>, pattern: object): Captured {
  return { name, title, pattern: JSON.stringify(pattern), eventBus: null };
}

function lengthProblems({ name, pattern }: Captured): readonly string[] {
  if (pattern.length <= longestPattern.ever) return [];
  return [
    `config.ts: the rule of ${name} would have a pattern of ${pattern.length} characters; EventBridge takes ${longestPattern.ever}: say it with fewer globs`,
  ];
}

function lengthNote({ name, pattern }: Captured): string {
  return `The rule of ${name} has a pattern of ${pattern.length} characters. EventBridge takes ${longestPattern.unasked} until you ask AWS for the quota "Event pattern size" of ${longestPattern.ever}.`;
}
