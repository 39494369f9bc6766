import { parseArgs } from 'node:util';
import type { Log } from '../handler/log';
import type { Names } from '../infra/names';
import { prefixes } from '../infra/names';
import { countAlerts, type Days, lastDays, replayAlerts } from './alerts';
import { conversionErrors, replayConversionErrors } from './conversion-errors';
import { countDeadLetters, replayDeadLetters } from './dead-letters';
import { keysBelow } from './objects';
import type { ReplayPorts } from './ports';
import { replayQuarantine } from './quarantine';
import type { Tally } from './tally';

/** How the command is called. */
export const usage = `Usage: npm run replay -- dead-letters|quarantine|conversion-errors|alerts [--dry-run] [--from DAY] [--to DAY]

  dead-letters        messages of all dead-letter queues, back to the topic or the queue that they missed
  quarantine          events that nobody recognised, back to the topic
  conversion-errors   rows that Firehose could not convert, back into the stream
  alerts              alerts that nobody got (no webhook, or Slack refused them), to be posted now
  --dry-run           only counts what would be replayed
  --from, --to        alerts of failures on these days only, UTC, as in 2026-01-31; else of the last 14 days

Reads config.ts, ACCOUNT and REGION, and uses the AWS credentials of your shell.`;

/** The places that can be replayed. */
export const places = ['dead-letters', 'quarantine', 'conversion-errors', 'alerts'] as const;

/** One of {@link places}. */
export type Place = (typeof places)[number];

/** What a command line asks for. */
export interface Request {
  readonly place: Place;
  readonly dryRun: boolean;
  /** Where the place goes by days. */
  readonly days: Days;
}

const options = { 'dry-run': { type: 'boolean' }, from: { type: 'string' }, to: { type: 'string' } } as const;

/** What is wrong with a command line, and what right looks like. */
export interface Mistake {
  readonly problem: string;
}

/** Reads the arguments, or says what is not as in {@link usage}. */
export function parseArguments(words: readonly string[], now: Date): Request | Mistake {
  const parsed = parsedOf(words);
  if ('problem' in parsed) return parsed;
  const { positionals, values } = parsed;
  const place = places.find((candidate) => candidate === positionals[0]);
  if (place === undefined || positionals.length !== 1) {
    return { problem: `Say one of ${places.join(', ')}, not "${positionals.join(' ')}".` };
  }
  const { from, to, 'dry-run': dryRun = false } = values;
  if (place !== 'alerts' && (from ?? to) !== undefined) {
    return { problem: `--from and --to are for alerts; all of ${place} is replayed.` };
  }
  const days = { ...lastDays(now), ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const wrong = Object.entries(days).find(([, day]) => !isDay(day));
  if (wrong) return { problem: `--${wrong[0]} is "${wrong[1]}"; it must be a day, as in 2026-01-31.` };
  if (days.from > days.to) return { problem: `--from ${days.from} is after --to ${days.to}.` };
  return { place, dryRun, days };
}

function parsedOf(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function isDay(text: string): boolean {
  return /^20\d\d-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text) === true;
}

/** All that a replay works on. */
export interface Surroundings {
  readonly names: Names;
  readonly ports: ReplayPorts;
  readonly log: Log;
  readonly print: (line: string) => void;
}

/** Replays one place, or counts what rests there, and tells what became of it. True when nothing had to be kept. */
export async function replay(request: Request, surroundings: Surroundings): Promise<boolean> {
  if (request.dryRun) {
    for (const [where, count] of await counts(request, surroundings))
      surroundings.print(`${where}: ${count} to replay`);
    return true;
  }
  const tallies = await replayed(request, surroundings);
  for (const tally of tallies) tell(tally, surroundings.print);
  return tallies.every(({ kept }) => kept === 0);
}

type Counts = readonly (readonly [string, number])[];

async function counts({ place, days }: Request, { names, ports }: Surroundings): Promise<Counts> {
  if (place === 'dead-letters') return countDeadLetters(names, ports);
  if (place === 'alerts') return [[prefixes.notifications, await countAlerts(days, ports)]];
  const prefix = place === 'quarantine' ? prefixes.quarantine : conversionErrors;
  return [[prefix, (await keysBelow(prefix, ports)).length]];
}

async function replayed({ place, days }: Request, { names, ports, log }: Surroundings): Promise<readonly Tally[]> {
  switch (place) {
    case 'dead-letters':
      return replayDeadLetters(names, ports);
    case 'quarantine':
      return [await replayQuarantine(ports)];
    case 'conversion-errors':
      return [await replayConversionErrors(ports, log)];
    case 'alerts':
      return [await replayAlerts(days, names, ports)];
  }
}

function tell({ place, moved, kept, reasons, gaveUp }: Tally, print: (line: string) => void): void {
  print(`${place}: ${moved} replayed, ${kept} kept`);
  for (const [reason, count] of Object.entries(reasons)) print(`  ${count} × ${reason}`);
  if (gaveUp) print('  Everything failed, so the rest was not tried: mend the cause and run the command again.');
}
