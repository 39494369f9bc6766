import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectOf, parseJson, textOf } from '../../../../handler/event/json';
import { compilePattern } from '../../../../handler/event/match';
import { sources } from '../../../../handler/normalise/sources.generated';
import { columns } from '../../../../handler/record/schema';
import { arrival, read, readFixtures, readPublicSamples, type Sample } from '../../../handler/normalise/samples';
import { expectedRules } from '../rule-engine/expected';
import { changeOf } from '../rule-engine/samples';
import { place } from '../stacks';

/** How an event comes into the chain: told to the event bus by its service, or published to the topic. */
export type Way = 'bus' | 'topic';

/**
 * What must come of a sample: a row of the run (or, where it has no name, of the task) that no other sample has, with
 * these values; an object in quarantine with this reason; or nothing.
 */
export type Expected =
  | { readonly run: string; readonly row: Readonly<Record<string, unknown>> }
  | { readonly reason: string }
  | { readonly nothing: true };

/** An event to send, and what must come of it. */
export interface ChainSample {
  readonly name: string;
  readonly way: Way;
  readonly input: unknown;
  readonly expected: Expected;
}

/** What a service tells the bus of; all else in an event is the bus's own. */
interface ServiceEvent extends Record<string, unknown> {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: object;
}

/** Where the fixtures play; the bus stamps its own account and region on events. */
const there = { account: place.ACCOUNT, region: 'eu-west-1' };

/** What the functions set, or what hangs on the run's new name; on the way by the bus more, for that stamps its own. */
const unsaid = { topic: ['event_id', 'recorded_at'], bus: ['event_id', 'recorded_at', 'event_time'] };

/** The fixtures with what a person wrote down for each, by the bus where its service would tell it so, else by the topic. */
export function fixtureSamples(): readonly ChainSample[] {
  const patterns = sources.map(({ pattern }) => compilePattern(pattern));
  return readFixtures().map(({ name, input, expected }) => {
    const quarantine = textOf(expected['quarantine']);
    const way = isToldIn(there, input) ? 'bus' : 'topic';
    if (quarantine !== null) {
      const nothing = way === 'bus' && !patterns.some((takes) => takes(input as object));
      return { name, way, input, expected: nothing ? { nothing } : { reason: quarantine } };
    }
    const moved = (value: object) =>
      way === 'bus' ? (JSON.parse(JSON.stringify(value).replaceAll(there.region, place.REGION)) as object) : value;
    return unmistakable({ name, way, input: moved(input as object), expected: moved(expected) });
  });
}

/** Published samples and a day of the example lake, a few of each kind, with what the handler makes of them here. */
export function otherSamples(): readonly ChainSample[] {
  return [...readPublicSamples(), ...exampleDay()].flatMap(({ name, input }): readonly ChainSample[] => {
    if (!isTold(input)) return [];
    if (!isCaptured(input)) return [{ name, way: 'bus', input, expected: { nothing: true } }];
    const here = { ...input, account: place.ACCOUNT, region: place.REGION };
    return [unmistakable({ name, way: 'bus', input: here, expected: null })];
  });
}

/** Whether an input is an event as a service tells it, of the place where the bus is taken to be. */
function isToldIn(where: typeof there, input: unknown): boolean {
  const event = objectOf(input);
  return isTold(input) && event?.['account'] === where.account && event['region'] === where.region;
}

function isTold(input: unknown): input is ServiceEvent {
  const event = objectOf(input);
  const texts = [event?.['source'], event?.['detail-type'], event?.['time']];
  return objectOf(event?.['detail']) !== null && texts.every((it) => typeof it === 'string' && it !== '');
}

/** Whether a rule takes an event, by what a person wrote down for each change. */
function isCaptured(event: ServiceEvent): boolean {
  return expectedRules[changeOf(event)] !== undefined;
}

/**
 * Gives the run of a sample a name that no other sample has, so that its row can be told from all others. What nobody
 * wrote down for a sample is what the handler makes of it here.
 */
function unmistakable(sample: Omit<ChainSample, 'expected'> & { readonly expected: object | null }): ChainSample {
  const { name, way, input, expected } = sample;
  const [record] = read(input).records;
  const stamped = way === 'bus' && objectOf(input)?.['id'] === record?.service_request_id;
  const names = [stamped ? null : record?.service_request_id, record?.service_name];
  const found = names.find((it) => it && JSON.stringify(input).includes(it)) ?? '';
  // Of an ARN the last part alone, because links and names hold only that.
  const mark = found.slice(found.lastIndexOf('/') + 1);
  const unique = nameLike(mark, name);
  const run = found.replace(mark, unique);
  const renamed = (value: object) => rename(value, mark, unique);
  const sent = renamed(input as object);
  const values = Object.entries(expected === null ? (read(sent).records[0] ?? {}) : renamed(expected));
  // A message inside a message has no time of arrival of its own.
  const inner = objectOf(input)?.['Records'] === undefined ? [] : ['event_time'];
  const left = [...unsaid[way], ...inner, ...(stamped ? ['service_request_id'] : [])];
  const timed = record?.service_type === 'lambda' && way === 'bus' ? 'event_time' : '';
  const row = values.filter(
    ([column, value]) => isColumn(column) && value !== arrival && (column === timed || !left.includes(column)),
  );
  return { name, way, input: sent, expected: { run, row: Object.fromEntries(row) } };
}

/** A name made of another and a sample's; an id, or a name that ends in a time, keeps its form: texts are read by it. */
function nameLike(mark: string, sample: string): string {
  const own = hash('sha256', sample, 'hex').slice(0, 12);
  const uuid = /^([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4})-[\da-f]{12}$/.exec(mark)?.[1];
  if (uuid !== undefined) return `${uuid}-${own}`;
  if (/^[\da-z]{16,}$/.test(mark)) return `${mark}${own}`;
  if (/^s-[\dA-Z]{10,}$/.test(mark)) return `${mark}${own.toUpperCase()}`;
  if (/-\d{3,}$/.test(mark)) return mark.replace(/\d{3}$/, String(Number.parseInt(own, 16) % 1000).padStart(3, '0'));
  return `${mark}-${sample.replaceAll(/[^\w]/g, '-')}`;
}

function rename(value: object, mark: string, run: string): Record<string, unknown> {
  const forms = new Map([
    [mark, run],
    [encodeURIComponent(mark), encodeURIComponent(run)],
  ]);
  const text = [...forms].reduce((before, [from, to]) => before.replaceAll(from, to), JSON.stringify(value));
  return JSON.parse(text) as Record<string, unknown>;
}

function isColumn(name: string): boolean {
  return columns.some((it) => it.name === name);
}

/** Two events of each kind and state from the day of the example lake. */
function exampleDay(): readonly Sample[] {
  const lines = readFileSync(join(__dirname, '../../../../examples/day.jsonl'), 'utf8').trim().split('\n');
  const seen = new Map<string, number>();
  return lines.flatMap((line, at) => {
    const input = objectOf(parseJson(line)) ?? {};
    const detail = objectOf(input['detail']);
    const kind = JSON.stringify([input['source'], input['detail-type'], detail?.['state'] ?? detail?.['status']]);
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    return count > 2 ? [] : [{ name: `day.jsonl:${at + 1}`, folder: 'examples', input }];
  });
}
