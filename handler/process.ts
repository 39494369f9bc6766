import type { SQSBatchResponse } from 'aws-lambda';
import { tellOfBatch } from './alert/batch';
import { createTellings, type Telling } from './alert/telling';
import { tick } from './alert/tick';
import { budgets, portsUntil } from './deadline';
import { deliver } from './deliver/firehose';
import { enrich } from './enrich';
import type { EnvironmentOf, FunctionName } from './environment';
import type { Message } from './event/message';
import { isTick } from './event/tick';
import type { Log } from './log';
import type { MetricName, Metrics } from './metrics';
import { afterFault, longer, type Pause } from './pause';
import type { Ports } from './ports';
import { eventsIn, type Reading, read, recordsOf, refusedOf, withReplayed } from './read';
import { encode } from './record/encode';
import { shortHash } from './record/notification';
import type { StateRecord } from './record/schema';
import { keepRefused } from './refused';
import { type Failure, giveBack } from './retry';
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
    const failures = failed.map((message) => ({ message, pause: afterFault }));
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
    reportTelling(world, telling, {
      EventsReceived: eventsIn(readings),
      MessagesPostponed: failures.filter(({ pause }) => pause.isFault).length,
    });
    return giveBack(failures, { ports: portsUntil(begun + budgets.giveBack, world.ports), log: world.log });
  };
}

function rowOf(record: StateRecord) {
  return { text: encode(record), owner: record };
}

/** Names an invocation by what no other one has: SQS gives a message another handle each time it hands it out. */
function ownerOf(readings: readonly Reading[], begun: number): string {
  const handles = readings.map(({ message }) => message.receiptHandle ?? message.id ?? '').join(' ');
  return shortHash(`${begun} ${handles}`);
}

/** Every message with a state change that is not settled comes again, after the longest pause asked for. */
function failuresOf(unsettled: ReadonlyMap<object, Pause>, origin: ReadonlyMap<object, Message>): readonly Failure[] {
  const pauses = new Map<Message, Pause>();
  for (const [change, pause] of unsettled) {
    const message = origin.get(change);
    if (message) pauses.set(message, longer(pause, pauses.get(message) ?? pause));
  }
  return [...pauses].map(([message, pause]) => ({ message, pause }));
}

function reportTelling(world: Shared, { counts, lags }: Telling, further: Partial<Record<MetricName, number>>): void {
  report(world, { ...further, ...Object.fromEntries(counts) });
  for (const lag of lags) world.metrics.count('AlertLagSeconds', lag);
}

/** Tells what became of a batch, in one line of the log and as metrics. */
function report({ log, metrics }: Shared, counts: Partial<Record<MetricName, number>>): void {
  log.info('Batch processed', counts);
  for (const [name, count] of Object.entries(counts)) {
    metrics.count(name as MetricName, count);
  }
}
