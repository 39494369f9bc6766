import type { Log } from '../handler/log';
import type { Names } from '../infra/names';
import { prefixes } from '../infra/names';
import { conversionErrors, replayConversionErrors } from './conversion-errors';
import { countDeadLetters, replayDeadLetters } from './dead-letters';
import { keysBelow } from './objects';
import type { ReplayPorts } from './ports';
import { replayQuarantine } from './quarantine';
import type { Tally } from './tally';

/** How the command is called. */
export const usage = `Usage: npm run replay -- dead-letters|quarantine|conversion-errors [--dry-run]

  dead-letters        messages of all dead-letter queues, back to the topic or the queue that they missed
  quarantine          events that nobody recognised, back to the topic
  conversion-errors   rows that Firehose could not convert, back into the stream
  --dry-run           only counts what would be replayed

Reads config.ts, ACCOUNT and REGION, and uses the AWS credentials of your shell.`;

/** The places that can be replayed. */
export const places = ['dead-letters', 'quarantine', 'conversion-errors'] as const;

/** One of {@link places}. */
export type Place = (typeof places)[number];

/** What a command line asks for. */
export interface Request {
  readonly place: Place;
  readonly dryRun: boolean;
}

/** Reads the arguments; null when they are not as {@link usage} says. */
export function parseArguments(words: readonly string[]): Request | null {
  const dryRun = words.includes('--dry-run');
  const rest = words.filter((word) => word !== '--dry-run');
  const place = places.find((candidate) => candidate === rest[0]);
  return place === undefined || rest.length !== 1 ? null : { place, dryRun };
}

/** All that a replay works on. */
export interface Surroundings {
  readonly names: Names;
  readonly ports: ReplayPorts;
  readonly log: Log;
  readonly print: (line: string) => void;
}

/** Replays one place, or counts what rests there, and tells what became of it. True when nothing had to be kept. */
export async function replay({ place, dryRun }: Request, surroundings: Surroundings): Promise<boolean> {
  if (dryRun) {
    for (const [where, count] of await counts(place, surroundings)) surroundings.print(`${where}: ${count} to replay`);
    return true;
  }
  const tallies = await replayed(place, surroundings);
  for (const tally of tallies) tell(tally, surroundings.print);
  return tallies.every(({ kept }) => kept === 0);
}

async function counts(place: Place, { names, ports }: Surroundings): Promise<readonly (readonly [string, number])[]> {
  if (place === 'dead-letters') return countDeadLetters(names, ports);
  const prefix = place === 'quarantine' ? prefixes.quarantine : conversionErrors;
  return [[prefix, (await keysBelow(prefix, ports)).length]];
}

async function replayed(place: Place, { names, ports, log }: Surroundings): Promise<readonly Tally[]> {
  if (place === 'dead-letters') return replayDeadLetters(names, ports);
  return [place === 'quarantine' ? await replayQuarantine(ports) : await replayConversionErrors(ports, log)];
}

function tell({ place, moved, kept, reasons, gaveUp }: Tally, print: (line: string) => void): void {
  print(`${place}: ${moved} replayed, ${kept} kept`);
  for (const [reason, count] of Object.entries(reasons)) print(`  ${count} × ${reason}`);
  if (gaveUp) print('  Everything failed, so the rest was not tried: mend the cause and run the command again.');
}
