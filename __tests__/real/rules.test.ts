import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject, objectOf } from '../../handler/event/json';
import { compilePattern } from '../../handler/event/match';
import { sources } from '../../handler/normalise/sources.generated';
import { eventsAround, merged } from './parts/rule-engine/around';
import { type DeployedRule, deployedRules } from './parts/rule-engine/deployed';
import { type Answer, askEngine } from './parts/rule-engine/engine';
import { changesWithoutSample, expectedRules } from './parts/rule-engine/expected';
import { narrowedPatterns } from './parts/rule-engine/narrowed';
import { patterns, refusedPatterns } from './parts/rule-engine/patterns';
import { changeOf, sampleEvents } from './parts/rule-engine/samples';
import { synthesise, terraformOf } from './parts/stacks';

const eventsPerRule = 4_000;
const eventsPerPattern = 1_500;
const eventsPerNarrowed = 400;
/** Every source is on, those too that are captured only where somebody asks for it. */
const onRequest = Object.fromEntries(sources.filter((source) => source.onRequest).map(({ name }) => [name, true]));
const samples = [...sampleEvents(), ...changesWithoutSample];
const sampled = samples.map(({ event }) => event);

/** A pattern with the events that it was asked about, and what the engine said. */
interface Case {
  readonly name: string;
  readonly pattern: unknown;
  readonly events: readonly unknown[];
  readonly answer: Answer;
}

let folder: string;
let rules: readonly DeployedRule[];
let ofSamples: readonly Case[];
let aroundRules: readonly Case[];
let ofStates: readonly Case[];
let ofPatterns: readonly Case[];
let ofNarrowed: readonly Case[];
let ofRefused: readonly Case[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rules-'));
  synthesise({ sources: onRequest }, folder);
  rules = deployedRules(terraformOf(folder, 'monitoring'));
  const asked = {
    samples: rules.map((rule) => ({ ...rule, events: sampled })),
    around: rules.map((rule) => ({ ...rule, events: eventsAround(rule.pattern, eventsPerRule, basesOf(rule)) })),
    states: rules.map((rule) => ({ ...rule, events: unknownStates(rule) })),
    patterns: Object.entries(patterns).map(([name, pattern]) => ({
      name,
      pattern,
      events: eventsAround(pattern, eventsPerPattern),
    })),
    narrowed: Object.entries(narrowedPatterns).map(([name, { pattern, source }]) => ({
      name,
      pattern,
      events: [...eventsAround(pattern, eventsPerNarrowed, basesOf({ pattern: source })), ...sampled.slice(0, 300)],
    })),
    refused: refusedPatterns.map(([name, pattern]) => ({ name, pattern, events: [] })),
  };
  const answers = askEngine(Object.values(asked).flat());
  let next = 0;
  const answered = (questions: readonly Omit<Case, 'answer'>[]): readonly Case[] =>
    questions.map((question) => ({ ...question, answer: answers[next++] ?? { error: 'no answer' } }));
  ofSamples = answered(asked.samples);
  aroundRules = answered(asked.around);
  ofStates = answered(asked.states);
  ofPatterns = answered(asked.patterns);
  ofNarrowed = answered(asked.narrowed);
  ofRefused = answered(asked.refused);
}, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the rules in the Terraform', () => {
  it('have the patterns with which the handler claims events, one rule per source, and leave our own queries out', () => {
    const deployed = Object.fromEntries(rules.map(({ name, pattern }) => [name, pattern]));
    const claiming = Object.fromEntries(sources.map(({ name, pattern }) => [ruleNameOf(name), pattern]));

    expect(deployed).toEqual(
      merged(claiming, {
        'datalake-monitoring-athena-query': {
          detail: { workgroupName: [{ 'anything-but': ['datalake-monitoring'] }, { exists: false }] },
        },
      }),
    );
  });

  it('see the events of the services', () => {
    const blind = rules.flatMap(({ name, idle }) => (idle === null ? [] : [`${name} takes no event: ${idle}`]));

    expect(blind).toEqual([]);
  });

  it('take of every sample what a person wrote down, in the engine of AWS', () => {
    const wrong = new Map<string, string>();
    samples.forEach(({ name, event }, at) => {
      const change = changeOf(event);
      const right = expectedRules[change] ?? 'no rule';
      const taking = ofSamples.filter(({ answer }) => answer.matches?.[at] === true).map((rule) => rule.name);
      const taken = taking.length === 0 ? 'no rule' : taking.join(' and ');
      if (taken !== right) wrong.set(`${change}: should be taken by ${right}, is taken by ${taken}`, name);
    });

    expect([...wrong].map(([problem, name]) => `${problem} (${name})`)).toEqual([]);
  });

  it('are judged by samples of every change that a person wrote down', () => {
    const seen = new Set(sampled.map(changeOf));

    expect(Object.keys(expectedRules).filter((change) => !seen.has(change))).toEqual([]);
  });

  it('decide in the engine of AWS as the handler does: every rule, every sample', () => {
    expect(ofSamples.flatMap(differences)).toEqual([]);
    expect(ofSamples.map(({ events }) => events.length)).toEqual(rules.map(() => samples.length));
  });

  it('decide in the engine of AWS as the handler does: every rule, thousands of events around its pattern', () => {
    expect(aroundRules.flatMap(differences)).toEqual([]);
    expect(aroundRules.flatMap(oneSided)).toEqual([]);
  });

  it('take a state that AWS has not invented yet, where they exclude those that are known', () => {
    const lost = ofStates.flatMap(({ name, events, answer }) =>
      events.filter((_, at) => answer.matches?.[at] !== true).map((event) => `${name} loses ${JSON.stringify(event)}`),
    );

    expect(lost).toEqual([]);
    expect(ofStates.flatMap(({ events }) => events).length).toBeGreaterThan(0);
  });
});

describe('a source that config.ts narrows', () => {
  it('has a pattern that decides in the engine of AWS as in the local run: every filter of every source', () => {
    expect(ofNarrowed.flatMap(differences)).toEqual([]);
    expect(ofNarrowed.length).toBeGreaterThan(3 * (sources.length - 1));
  });

  it('still takes some events and leaves others', () => {
    const useless = ofNarrowed.filter(
      ({ answer: { matches = [] } }) => !matches.includes(true) || matches.every(Boolean),
    );

    expect(useless.map(({ name }) => name)).toEqual([]);
  });
});

describe('the matcher of the handler', () => {
  it('decides as the engine of AWS for every operator that it knows', () => {
    expect(ofPatterns.flatMap(differences)).toEqual([]);
    expect(ofPatterns.flatMap(oneSided)).toEqual([]);
  });

  it('refuses what the engine refuses, and more only by a decision of ours', () => {
    const wrong = ofRefused.flatMap(({ name, pattern, answer }, at) => {
      const [, , ours] = refusedPatterns[at] ?? [];
      const refuses = [
        ...(isRefused(pattern) ? [] : ['the matcher takes it']),
        ...((answer.error === null) === (ours !== undefined) ? [] : [`the engine says ${answer.error ?? 'nothing'}`]),
      ];
      return refuses.map((problem) => `${name}: ${problem}`);
    });

    expect(wrong).toEqual([]);
  });
});

function ruleNameOf(source: string): string {
  return `datalake-monitoring-${source.replaceAll('_', '-')}`;
}

/** Where the engine and the handler's matcher disagree, the shortest events first. */
function differences({ name, pattern, events, answer }: Case): readonly string[] {
  if (answer.error !== null) return [`${name}: the engine refuses the pattern: ${answer.error}`];
  const matches = compilePattern(pattern);
  return events
    .filter((event, at) => matches(event) !== answer.matches[at])
    .map(
      (event) => `${name}: the handler ${matches(event) ? 'takes' : 'leaves'}, AWS does not: ${JSON.stringify(event)}`,
    )
    .sort((a, b) => a.length - b.length)
    .slice(0, 3);
}

/** A comparison over events that are all taken, or all left, would prove little. */
function oneSided({ name, answer: { matches = [] } }: Case): readonly string[] {
  const taken = matches.filter(Boolean).length;
  const least = matches.length / 100;
  return taken > least && matches.length - taken > least ? [] : [`${name}: takes ${taken} of ${matches.length}`];
}

function isRefused(pattern: unknown): boolean {
  try {
    compilePattern(pattern);
    return false;
  } catch {
    return true;
  }
}

/** The samples that a rule takes, as the ground on which events around its pattern are made; and nothing. */
function basesOf({ pattern }: Pick<DeployedRule, 'pattern'>): readonly JsonObject[] {
  const matches = compilePattern(pattern);
  return [{}, ...sampled.filter(matches).slice(0, 20)];
}

/** For each field in which a rule excludes values: a sample that it takes, with a value there that nobody knows. */
function unknownStates({ pattern }: DeployedRule): readonly JsonObject[] {
  const matches = compilePattern(pattern);
  return excludingPaths(pattern, []).flatMap((path) => {
    const base = sampled.find((event) => matches(event) && path.reduce(step, event) !== undefined);
    return base === undefined ? [] : [merged(base, nested(path, 'SUSPENDED_BY_NOBODY_YET'))];
  });
}

function step(value: unknown, key: string): unknown {
  return objectOf(value)?.[key];
}

function nested(path: readonly string[], value: unknown): JsonObject {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as JsonObject;
}

function excludingPaths(pattern: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (Array.isArray(pattern)) {
    return pattern.some((it) => objectOf(it)?.['anything-but'] !== undefined) ? [path] : [];
  }
  return Object.entries(objectOf(pattern) ?? {}).flatMap(([key, below]) =>
    key === '$or'
      ? [below].flat().flatMap((alternative) => excludingPaths(alternative, path))
      : excludingPaths(below, [...path, key]),
  );
}
