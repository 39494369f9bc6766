import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Arrival, minute } from './arrival';
import { containerDay } from './containers';
import { emrDay } from './emr';
import { glueDay } from './glue';
import { lambdaDay } from './lambda';
import { modelDay } from './models';
import { qualityDay } from './quality';
import { createRandom, type Random } from './random';
import { reportDay } from './reports';
import { statesDay } from './states';
import { strangersDay } from './strangers';
import { transferDay } from './transfers';
import { troubledDay } from './troubles';
import { warehouseDay } from './warehouse';

const seed = 20_261_014;
const firstDay = Date.UTC(2026, 9, 14);
const dayMs = 24 * 60 * minute;
/** A longer stream covers so many days, so that more events mean a busier lake, as in life. */
const streamDays = 7;
/** A lake's day holds about as many events; measured, and only used to tell how many lakes a stream needs. */
const eventsPerLakeDay = 570;

/** What makes up a day: one part for each kind of service. */
const parts = [
  ...[glueDay, lambdaDay, statesDay, strangersDay],
  ...[containerDay, emrDay, warehouseDay, qualityDay, transferDay, modelDay, reportDay],
  troubledDay,
];

/** The lines of the example day, in the order in which they arrive. */
export function exampleDay(): readonly string[] {
  return dayOf(createRandom(seed), firstDay, ['']).map(({ line }) => line);
}

/** Streams exactly `count` lines over a week of lakes that stand side by side. */
export function* generate(count: number): Generator<string> {
  const random = createRandom(seed);
  const lakes = Math.ceil((count * 1.1) / (streamDays * eventsPerLakeDay));
  const suffixes = Array.from({ length: lakes }, (_, lake) => (lake === 0 ? '' : `-${lake}`));
  let left = count;
  for (let day = 0; left > 0; day++) {
    const arrivals = dayOf(random, firstDay + day * dayMs, suffixes);
    const wanted = Math.min(arrivals.length, Math.ceil(left / Math.max(1, streamDays - day)));
    yield* thinned(arrivals, wanted);
    left -= wanted;
  }
}

/** So many lines of a day, from morning to night. */
function* thinned(arrivals: readonly Arrival[], wanted: number): Generator<string> {
  for (let at = 0; at < wanted; at++) {
    yield arrivals[Math.floor((at * arrivals.length) / wanted)]?.line ?? '';
  }
}

function dayOf(random: Random, midnight: number, suffixes: readonly string[]): readonly Arrival[] {
  const arrivals = suffixes.flatMap((suffix) => {
    const setting = { random, midnight, suffix };
    return parts.flatMap((part) => part(setting));
  });
  return arrivals.flatMap((arrival) => delivered(random, arrival)).sort((one, other) => one.at - other.at);
}

/** EventBridge delivers at least once and in no order: some arrive late, some twice. */
function delivered(random: Random, { at, line }: Arrival): readonly Arrival[] {
  const arrivedAt = at + (random.chance(0.03) ? random.integer(1, 40) * minute : random.integer(200, 1_500));
  const again = random.chance(0.02) ? [{ at: arrivedAt + random.integer(1, 20) * minute, line }] : [];
  return [{ at: arrivedAt, line }, ...again];
}

/** Writes lines to a file, one by one. */
export function writeLines(path: string, lines: Iterable<string>): void {
  const file = openSync(path, 'w');
  for (const line of lines) writeSync(file, `${line}\n`);
  closeSync(file);
}

if (require.main === module) {
  writeLines(join(__dirname, 'day.jsonl'), exampleDay());
}
