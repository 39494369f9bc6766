import { closest } from 'fastest-levenshtein';
import { sources } from '../../handler/normalise/sources.generated';
import { canMeet, isPlain, simplified } from '../capture/globs';
import type { MatchInput } from '../config-alerts';
import type { Configuration } from '../config-check';

/** What is captured, as `config.ts` says it. */
export type Capture = Pick<Configuration, 'sources' | 'ownSources'>;

/** The columns that every row has; the others may be empty, which no glob takes. */
const always: readonly (keyof MatchInput)[] = ['service', 'name', 'account', 'region'];

/** What is wrong with a condition; one sentence each, which begins with the place below `where`. */
export function matchProblems(match: MatchInput, where: string, capture: Capture): readonly string[] {
  if (Object.keys(match).length === 0) {
    return [`${where} says nothing; say what it is about, or { name: '*' } for everything`];
  }
  return (match.service ?? []).flatMap((glob) => {
    const problem = serviceProblem(glob, capture);
    return problem === null ? [] : [`${where}.service ${problem}`];
  });
}

/** Why no failure has a `service_type` as a glob says, or null. */
export function serviceProblem(glob: string, { sources: said, ownSources }: Capture): string | null {
  const replaced = ownSources.flatMap(({ replaces = '' }) => [replaces]);
  const own = ownSources.map(({ name }) => name);
  const builtIn = sources.map(({ name }) => name);
  // Switching Lambda off stops its rule alone: destinations publish to the topic by themselves.
  const isOn = (name: string) => (said[name] !== false && !replaced.includes(name)) || name === 'lambda';
  const captured = [...builtIn.filter(isOn), ...own];
  if (captured.some((name) => canMeet(glob, name))) return null;
  const off = builtIn.find((name) => canMeet(glob, name));
  if (off !== undefined) {
    return `is "${glob}", but ${off} is off; switch it on by sources.${off}, or leave it out here`;
  }
  return `is "${glob}", which is no source. Did you mean "${closest(glob, captured)}"? There are ${captured.join(', ')}`;
}

/** Whether one condition takes everything that another takes, by what can be seen without asking how sets unite. */
export function takesAllOf(one: MatchInput, other: MatchInput): boolean {
  return (Object.entries(one) as [keyof MatchInput, readonly string[]][]).every(([key, globs]) => {
    if (always.includes(key) && globs.some((glob) => simplified(glob) === '*')) return true;
    return (other[key] ?? []).length > 0 && (other[key] ?? []).every((it) => globs.some((glob) => covers(glob, it)));
  });
}

/** Whether every text that a glob takes is taken by another: no sign of one but a star stands for a star. */
function covers(one: string, other: string): boolean {
  if (isPlain(one)) return one === other;
  // A text that stands for all that the other takes: a star becomes a sign that no glob says.
  return canMeet(one, simplified(other).replaceAll('*', '\uffff'));
}
