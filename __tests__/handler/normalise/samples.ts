import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readMessages } from '../../../handler/event/message';
import type { Log } from '../../../handler/log';
import { readMessage, recordsOf, refusedOf } from '../../../handler/read';
import { columns, eventTypes, type LogicalType, type StateRecord } from '../../../handler/record/schema';
import { defaultSettings, type Settings } from '../../../handler/settings';

const fixtures = join(__dirname, '../../fixtures/events');
const publicSamples = join(__dirname, '../../../../shared/events');

/** The time at which samples arrive when their wrapping says none. */
export const arrival = '2025-03-10T12:00:00.000Z';

/** One input of a function, in whatever wrapping, from a file. */
export interface Sample {
  /** Folder and file, such as `glue_job/failed`. */
  readonly name: string;
  /** The folder: a source's name for our fixtures. */
  readonly folder: string;
  readonly input: unknown;
}

/** One of our fixtures, with what is expected of it: columns of its record, or a part of the reason for quarantine. */
export interface Fixture extends Sample {
  readonly expected: Readonly<Record<string, unknown>>;
}

/** Every fixture, with what a person wrote down for it. */
export function readFixtures(): readonly Fixture[] {
  return filesIn(fixtures, '.json')
    .filter((path) => !path.endsWith('.expected.json'))
    .map((path) => ({
      ...sampleOf(fixtures, path),
      expected: parse(path.replace(/json$/, 'expected.json')) as Fixture['expected'],
    }));
}

/** Events that AWS documents or emits, where the machine has them; none elsewhere. */
export function readPublicSamples(): readonly Sample[] {
  return existsSync(publicSamples) ? filesIn(publicSamples, '.json').map((path) => sampleOf(publicSamples, path)) : [];
}

/** What an input holds, read as the functions do it: out of its wrapping, redacted, normalised. */
export function read(input: unknown, settings: Settings = defaultSettings) {
  const now = new Date(arrival);
  const readings = readMessages(input).map((it) => readMessage(it, { now, recordedAt: arrival, settings, log }));
  return { records: readings.flatMap(recordsOf), refused: readings.flatMap(refusedOf) };
}

/** The one record that an input becomes; fails, naming the reason, when it becomes none or several. */
export function recordOf(input: unknown, settings: Settings = defaultSettings): StateRecord {
  const { records, refused } = read(input, settings);
  const [record] = records;
  if (record === undefined || records.length > 1 || refused.length > 0) {
    const reasons = refused.map(({ reason }) => reason).join('; ');
    throw new Error(`expected one record, got ${records.length}, and refused: ${reasons}`);
  }
  return record;
}

/** What is wrong with a record by the schema: nothing, one hopes. */
export function faultsOf(record: StateRecord): readonly string[] {
  const fields: Readonly<Record<string, unknown>> = record;
  const names = columns.map(({ name }) => name);
  return [
    ...(Object.keys(fields).join() === names.join() ? [] : [`columns are ${Object.keys(fields).join()}`]),
    ...(eventTypes.includes(record.event_type) ? [] : [`event_type is ${record.event_type}`]),
    ...columns
      .filter(({ name, type, nullable }) => !isOfType(fields[name], type) && !(nullable && fields[name] === null))
      .map(({ name }) => `${name} is ${JSON.stringify(fields[name])?.slice(0, 80)}`),
    ...Object.entries(fields)
      .filter(([, value]) => value === '')
      .map(([name]) => `${name} is empty`),
  ];
}

const log: Log = { info: () => {}, warn: () => {}, error: () => {} };

const checks: Readonly<Record<LogicalType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  bigint: Number.isSafeInteger,
  double: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
  timestamp: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
};

function isOfType(value: unknown, type: LogicalType): boolean {
  return checks[type](value) && (type !== 'timestamp' || new Date(String(value)).toISOString() === value);
}

function sampleOf(root: string, path: string): Sample {
  const name = relative(root, path).replace(/\.json$/, '');
  return { name, folder: name.split('/')[0] ?? '', input: parse(path) };
}

function parse(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}
