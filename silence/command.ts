import { hash } from 'node:crypto';
import { type Match, parseSilence, type Silence } from '../handler/settings';
import { prefixes } from '../infra/names';
import type { SilencePorts } from './ports';
import { type Refused, type Request, refused } from './request';

/** All that the command works on. */
export interface Surroundings {
  readonly ports: SilencePorts;
  readonly now: Date;
  /** The zone of whoever reads it, as `Europe/Berlin`. */
  readonly timeZone: string;
  readonly print: (line: string) => void;
}

/** Does what is asked for; what it refuses it leaves undone. */
export async function silence(request: Request, surroundings: Surroundings): Promise<Refused | null> {
  switch (request.do) {
    case 'add':
      return add(request, surroundings);
    case 'list':
      return list(surroundings);
    case 'end':
      return end(request.id, surroundings);
  }
}

async function add({ match, until, reason }: Extract<Request, { do: 'add' }>, surroundings: Surroundings) {
  const { ports, now, print } = surroundings;
  const made: Silence = { match, from: now.toISOString(), until, reason };
  const id = idOf(made);
  await ports.write(keyOf(id), JSON.stringify(made));
  print(`Silenced: ${wordsOf(match)}`);
  print(`From      ${timeWords(now.toISOString(), surroundings)}`);
  print(`Until     ${timeWords(until, surroundings)}`);
  print(`Reason    ${reason}`);
  print('Failures in this time are told to nobody, not even afterwards; the ledger keeps each, as silenced.');
  print(`To end it sooner: npm run silence -- end ${id}`);
  return null;
}

async function list({ ports, ...surroundings }: Surroundings): Promise<null> {
  const { print, now } = surroundings;
  const found = await Promise.all(
    (await idsIn(ports)).map(async (id) => ({ id, silence: parseSilence(await ports.read(keyOf(id))) })),
  );
  const current = found.filter((it) => it.silence === null || it.silence.until > now.toISOString());
  for (const it of current) {
    print(
      it.silence === null ? `${it.id}: not readable, so it silences nothing` : `${it.id}: ${wordsOf(it.silence.match)}`,
    );
    if (it.silence === null) continue;
    print(`  until ${timeWords(it.silence.until, surroundings)}: ${it.silence.reason}`);
  }
  if (current.length === 0) print('Nothing is silenced by hand.');
  const ended = found.length - current.length;
  if (ended > 0) print(`${ended} more ${ended === 1 ? 'has' : 'have'} ended.`);
  print('What config.ts silences, once or every week, stands there: silences and maintenance.');
  return null;
}

async function end(id: string, { ports, print }: Surroundings): Promise<Refused | null> {
  const ids = await idsIn(ports);
  if (!ids.includes(id)) {
    return refused(`there is no silence ${id}; there ${ids.length === 0 ? 'is none' : `are ${ids.join(', ')}`}`);
  }
  await ports.erase(keyOf(id));
  print(`Ended: ${id}. Failures are told again from now on.`);
  return null;
}

async function idsIn(ports: SilencePorts): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const key of ports.keys(prefixes.silences)) {
    ids.push(key.slice(prefixes.silences.length).replace(/\.json$/, ''));
  }
  return ids;
}

/** Begins with the end, so that a listing is in the order in which silences end. */
function idOf(made: Silence): string {
  const end = made.until.slice(0, 16).replace(/[-:]/g, '');
  return `${end}Z-${hash('sha256', JSON.stringify(made), 'hex').slice(0, 6)}`;
}

function keyOf(id: string): string {
  return `${prefixes.silences}${id}.json`;
}

/** `service glue_job or lambda, name orders-*` */
function wordsOf(match: Match): string {
  const words = Object.entries(match).map(([key, globs]) => `${key} ${(globs ?? []).join(' or ')}`);
  return words.length === 0 ? 'everything' : words.join(', ');
}

function timeWords(instant: string, { timeZone }: Pick<Surroundings, 'timeZone'>): string {
  const local = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return `${instant.slice(0, 16).replace('T', ' ')} UTC (${local.format(new Date(instant))}, ${timeZone})`;
}
