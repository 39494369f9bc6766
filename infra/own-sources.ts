import { compilePattern } from '../handler/event/match';
import { canOverlap } from '../handler/event/overlap';
import { sources } from '../handler/normalise/sources.generated';
import type { OwnSource, Place } from '../handler/settings';
import type { OwnSourceInput } from './config-sources';
import { parsePath } from './json-path';

/** The fields of an event, with which a path begins. */
const roots = ['detail', 'resources', 'time', 'source', 'detail-type', 'id', 'account', 'region', 'version'];

/** What a running function reads of the sources that the user declares; of sound ones, see {@link ownProblems}. */
export function ownSettings(declared: readonly OwnSourceInput[]): OwnSource[] {
  return declared.map(({ name, pattern, fields: { service_name, state, ...others }, states, replaces = null }) => ({
    name,
    pattern,
    fields: {
      service_name: placeOf(service_name),
      state: placeOf(state),
      others: Object.fromEntries(
        Object.entries(others as Readonly<Record<string, string | undefined>>).flatMap(([column, path]) =>
          path === undefined ? [] : [[column, placeOf(path)]],
        ),
      ),
    },
    states,
    replaces,
  }));
}

/** What is wrong with the sources that the user declares; one sentence each, with the place. */
export function ownProblems(declared: readonly OwnSourceInput[]): readonly string[] {
  return declared.flatMap((own, at) => {
    const where = `config.ts: ownSources[${at}]`;
    const unsound = patternProblems(own);
    return [
      ...nameProblems(own, declared.slice(0, at)),
      ...unsound,
      ...Object.entries(own.fields).flatMap(([column, path]) => pathProblems(`fields.${column}`, path)),
      ...(unsound.length > 0 ? [] : overlapProblems(own, declared.slice(0, at))),
    ].map((problem) => `${where}.${problem}`);
  });
}

/** What may surprise in the sources that the user declares; one sentence each. */
export function ownNotes(declared: readonly OwnSourceInput[]): readonly string[] {
  return declared.flatMap(({ name, pattern, eventBus = 'default' }) => {
    const wanted = Array.isArray(pattern['source']) ? pattern['source'] : [];
    const ofAws = wanted.filter((it) => typeof it === 'string' && /^aws\.(?!partner\/)/.test(it));
    if (ofAws.length === 0 || /(^|\/)default$/.test(eventBus)) return [];
    return [
      `The rule of ${name} waits on the event bus ${eventBus} for events of ${ofAws.join(', ')}. AWS sends these to the default bus: leave eventBus out, unless a rule of yours forwards them.`,
    ];
  });
}

function nameProblems({ name, replaces }: OwnSourceInput, before: readonly OwnSourceInput[]): readonly string[] {
  const builtIn = sources.map((source) => source.name);
  const unknown =
    replaces === undefined || builtIn.includes(replaces)
      ? []
      : [`replaces is "${replaces}", which is no source of ours; there are ${builtIn.join(', ')}`];
  const isTaken = (builtIn.includes(name) && name !== replaces) || before.some((other) => other.name === name);
  return isTaken ? [...unknown, `name is "${name}", which another source has; give it one of its own`] : unknown;
}

function patternProblems({ pattern }: OwnSourceInput): readonly string[] {
  const strange = Object.keys(pattern).filter((key) => key !== '$or' && !roots.includes(key));
  if (strange.length > 0) {
    return strange.map((key) => `pattern.${key} is no field of an event; there are ${roots.join(', ')}`);
  }
  try {
    compilePattern(pattern);
    return [];
  } catch (error) {
    return [`pattern cannot be used: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function pathProblems(field: string, path: string | undefined): readonly string[] {
  if (path === undefined) return [];
  const parsed = parsePath(path);
  if ('problem' in parsed) return [`${field} is "${path}", which ${parsed.problem}`];
  const [root] = parsed.place;
  if (typeof root === 'string' && roots.includes(root)) return [];
  return [`${field} is "${path}", but an event has no such field; it has ${roots.join(', ')}, so begin with $.detail`];
}

/** Two sources that claim one event would make of one run two tasks, or hide one behind the other. */
function overlapProblems(own: OwnSourceInput, before: readonly OwnSourceInput[]): readonly string[] {
  const builtIn = sources
    .filter((source) => source.name !== own.replaces && canOverlap(own.pattern, { ...source.pattern }))
    .map(
      ({ name }) =>
        `pattern takes events of the source ${name}, too; narrow it, by its detail-type for example, or say replaces: '${name}' to put your own in its place`,
    );
  const others = before
    .filter((other) => canOverlap(own.pattern, other.pattern))
    .map(({ name }) => `pattern takes events of your source ${name}, too; narrow one of them`);
  return [...builtIn, ...others];
}

function placeOf(path: string): Place {
  const parsed = parsePath(path);
  return 'place' in parsed ? parsed.place : [];
}
