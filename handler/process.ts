import type { SQSBatchResponse } from 'aws-lambda';
import { tellOfBatch } from './alert/batch';
import { createTellings, type Telling } from './alert/telling';
import { tick } from './alert/tick';
import { budgets, portsUntil } from './deadline';
import { deliver } from './deliver/firehose';
import { quarantine, type Refused } from './deliver/quarantine';
import { enrich } from './enrich';
import type { EnvironmentOf, FunctionName } from './environment';
import { nameOf } from './errors';
import { type Message, readMessages } from './event/message';
import { isTick } from './event/tick';
import { mapInGroups } from './groups';
import type { Log } from './log';
import type { MetricName, Metrics } from './metrics';
import type { Ports } from './ports';
import { type Reading, readMessage, recordsOf, refusedOf } from './read';
import { encode } from './record/encode';
import { shortHash } from './record/notification';
import { replayedRecord } from './record/replayed';
import type { StateRecord } from './record/schema';
import { ownPatternsOf, redact } from './redact';
import { type Failure, giveBack } from './retry';
import type { Settings } from './settings';
import { createSettingsReader } from './settings-reader';

/** All that a function needs of the world around it. */
export interface World<F extends FunctionName> {
  readonly environment: EnvironmentOf<F>;
  readonly ports: Ports;
  readonly log: Log;
  readonly metrics: Metrics;
}

type Shared = Omit<World<FunctionName>, 'environment'>;

/** A function as Lambda calls it, with an SQS batch (or any other wrapping). */
export type Handler = (event: unknown) => Promise<SQSBatchResponse>;

/** Makes the function that keeps every event as a row, or in quarantine with the reason. */
export function createPersist(world: World<'persist'>): Handler {
  const readSettings = createSettingsReader(world);
  return async (event) => {
    const { ports, log } = world;
    const begun = ports.now().getTime();
    const settings = await readSettings();
    const readings = read(event, settings, world);
    const owned = readings.flatMap((reading) =>
      recordsOf(reading).map((record) => ({ record, owner: reading.message })),
    );
    const { records, unanswered } = await enrich(
      owned.map(({ record }) => record),
      { ports: portsUntil(begun + budgets.glue, ports), log, settings },
    );
    const rows = owned.map(({ record, owner }, at) => ({ text: encode(records[at] ?? record), owner }));
    const undelivered = await deliver(rows, { ports: portsUntil(begun + budgets.rows, ports), log });
    const unkept = await keepRefused(readings, { ...world, ports: portsUntil(begun + budgets.quarantine, ports) });
    const failed = readings.map(({ message }) => message).filter((it) => undelivered.has(it) || unkept.has(it));
    report(world, {
      EventsReceived: eventsIn(readings),
      RowsDelivered: rows.filter(({ owner }) => !undelivered.has(owner)).length,
      EventsQuarantined: readings.filter(({ message }) => !unkept.has(message)).flatMap(refusedOf).length,
      MessagesPostponed: failed.length,
      GlueUnanswered: unanswered,
    });
    const failures = failed.map((message) => ({ message, pauseSeconds: 0 }));
    return giveBack(failures, { ports: portsUntil(begun + budgets.giveBack, ports), log });
  };
}

/** Makes the function that tells Slack about failures and recoveries, and, called by the schedule, what falls due. */
export function createNotify(world: World<'notify'>): Handler {
  const readSettings = createSettingsReader(world);
  const openTelling = createTellings({
    ...world,
    write: (records, ports) => deliver(records.map(rowOf), { ports, log: world.log }),
  });
  return async (event) => {
    const begun = world.ports.now().getTime();
    const settings = await readSettings();
    if (isTick(event)) {
      const telling = await openTelling(`tick ${begun}`, begun, settings);
      await tick(telling);
      reportTelling(world, telling, { Ticks: 1 });
      return { batchItemFailures: [] };
    }
    const readings = read(event, settings, world).map((reading) => withReplayed(reading, settings));
    const origin = new Map(
      readings.flatMap((reading) => recordsOf(reading).map((record) => [record, reading.message] as const)),
    );
    const telling = await openTelling(ownerOf(readings, begun), begun, settings);
    await tellOfBatch([...origin.keys()], telling);
    const failures = failuresOf(telling.unsettled, origin);
    reportTelling(world, telling, { EventsReceived: eventsIn(readings), MessagesPostponed: failures.length });
    return giveBack(failures, { ports: portsUntil(begun + budgets.giveBack, world.ports), log: world.log });
  };
}

function rowOf(record: StateRecord) {
  return { text: encode(record), owner: record };
}

/** A notification that is taken up again comes as the state change that it tells of; anybody may have sent it. */
function withReplayed(reading: Reading, { redactionPatterns }: Settings): Reading {
  const record = replayedRecord(reading.message.body);
  return record === null
    ? reading
    : { ...reading, outcomes: [{ record: redact(record, ownPatternsOf(redactionPatterns)) }] };
}

/** Names an invocation by what no other one has: SQS gives a message another handle each time it hands it out. */
function ownerOf(readings: readonly Reading[], begun: number): string {
  const handles = readings.map(({ message }) => message.receiptHandle ?? message.id ?? '').join(' ');
  return shortHash(`${begun} ${handles}`);
}

/** Every message with a state change that is not settled comes again, after the longest pause asked for. */
function failuresOf(unsettled: ReadonlyMap<object, number>, origin: ReadonlyMap<object, Message>): readonly Failure[] {
  const pauses = new Map<Message, number>();
  for (const [change, pauseSeconds] of unsettled) {
    const message = origin.get(change);
    if (message) pauses.set(message, Math.max(pauseSeconds, pauses.get(message) ?? 0));
  }
  return [...pauses].map(([message, pauseSeconds]) => ({ message, pauseSeconds }));
}

function reportTelling(world: Shared, { counts, lags }: Telling, further: Partial<Record<MetricName, number>>): void {
  report(world, { ...further, ...Object.fromEntries(counts) });
  for (const lag of lags) world.metrics.count('AlertLagSeconds', lag);
}

function read(event: unknown, settings: Settings, { ports, log }: Shared): readonly Reading[] {
  const now = ports.now();
  const recordedAt = now.toISOString();
  return readMessages(event).map((message) => readMessage(message, { now, recordedAt, settings, log }));
}

function eventsIn(readings: readonly Reading[]): number {
  return readings.flatMap(({ outcomes }) => outcomes).length;
}

/** Tells what became of a batch, in one line of the log and as metrics. */
function report({ log, metrics }: Shared, counts: Partial<Record<MetricName, number>>): void {
  log.info('Batch processed', counts);
  for (const [name, count] of Object.entries(counts)) {
    metrics.count(name as MetricName, count);
  }
}

/** Quarantines what was refused; returns the messages of what could not be written. */
async function keepRefused(readings: readonly Reading[], world: World<'persist'>): Promise<ReadonlySet<Message>> {
  const strangers = readings.flatMap((reading) =>
    refusedOf(reading).map((refused, index) => ({ refused, index, ...reading })),
  );
  const kept = await mapInGroups(strangers, (stranger) => keep(stranger, world));
  return new Set(strangers.filter((_, at) => !kept[at]).map(({ message }) => message));
}

type Stranger = Pick<Reading, 'message' | 'arrivedAt'> & { readonly refused: Refused; readonly index: number };

async function keep({ refused, index, message, arrivedAt }: Stranger, world: World<'persist'>): Promise<boolean> {
  const { environment, ports, log } = world;
  try {
    const place = { prefix: environment.QUARANTINE_PREFIX, messageId: message.id, index, arrivedAt, ports };
    await quarantine(refused, place);
    log.warn('An event went to quarantine', { reason: refused.reason, message_id: message.id });
    return true;
  } catch (error) {
    log.error('Quarantine could not be written', { error: nameOf(error) });
    return false;
  }
}
