import type { Refused } from './deliver/quarantine';
import { nameOf } from './errors';
import { deepestNesting, isNestedDeeper } from './event/json';
import { type Message, readMessages } from './event/message';
import { type Occurrence, unwrap } from './event/unwrap';
import type { Log } from './log';
import { normalise } from './normalise';
import type { Ports } from './ports';
import { replayedRecord } from './record/replayed';
import type { StateRecord } from './record/schema';
import { mayHoldSecret, type OwnPatterns, ownPatternsOf, redact, redactText } from './redact';
import type { Settings } from './settings';

/** What one event became: a record, or what goes to quarantine. */
export type Outcome = { readonly record: StateRecord } | Refused;

/** What a message turned out to hold, in its order. */
export interface Reading {
  readonly message: Message;
  readonly arrivedAt: Date;
  readonly outcomes: readonly Outcome[];
}

/** What reading takes. */
interface Means {
  readonly ports: Pick<Ports, 'now'>;
  readonly log: Log;
}

/** What is known when messages are read. */
export interface ReadContext {
  readonly now: Date;
  /** `now` as ISO 8601. */
  readonly recordedAt: string;
  readonly settings: Settings;
  readonly log: Log;
}

/** Reads all messages of an invocation, in their order. */
export function read(event: unknown, settings: Settings, { ports, log }: Means): readonly Reading[] {
  const now = ports.now();
  const recordedAt = now.toISOString();
  return readMessages(event).map((message) => readMessage(message, { now, recordedAt, settings, log }));
}

/** A notification that is taken up again comes as the state change that it tells of; anybody may have sent it. */
export function withReplayed(reading: Reading, { redactionPatterns }: Settings): Reading {
  const record = replayedRecord(reading.message.body);
  return record === null
    ? reading
    : { ...reading, outcomes: [{ record: redact(record, ownPatternsOf(redactionPatterns)) }] };
}

/**
 * Reads a message: unwrap, redact, normalise. Every event in it becomes a record or is refused with the reason; a
 * fault of ours refuses it too, so that no message can harm its batch.
 */
export function readMessage(message: Message, context: ReadContext): Reading {
  const arrivedAt = arrivalOf(message, context.now);
  const own = ownPatternsIn(context);
  // What the user's patterns match shows no sign: with any, every text is looked at.
  const suspicious =
    own.patterns.length > 0 || [message.body, ...Object.values(message.attributes)].some(mayHoldSecret);
  const outcomes = occurrencesIn(message, context.log).map((occurrence) =>
    readOccurrence(suspicious ? redactOccurrence(occurrence, own) : occurrence, message, { ...context, arrivedAt }),
  );
  return { message, arrivedAt, outcomes };
}

/** How many events the readings hold, refused ones too. */
export function eventsIn(readings: readonly Reading[]): number {
  return readings.flatMap(({ outcomes }) => outcomes).length;
}

/** The records of a reading. */
export function recordsOf({ outcomes }: Reading): readonly StateRecord[] {
  return outcomes.flatMap((outcome) => ('record' in outcome ? [outcome.record] : []));
}

/** What a reading refused. */
export function refusedOf({ outcomes }: Reading): readonly Refused[] {
  return outcomes.flatMap((outcome) => ('record' in outcome ? [] : [outcome]));
}

/** The occurrences in a message; events nested too deep to be walked are refused as the text that they came in. */
function occurrencesIn(message: Message, log: Log): readonly Occurrence[] {
  try {
    return unwrap(message.body, message.attributes).map((occurrence) =>
      'event' in occurrence && isNestedDeeper(occurrence.event, deepestNesting)
        ? { text: message.body, reason: `nested more than ${deepestNesting} levels deep` }
        : occurrence,
    );
  } catch (error) {
    return [{ text: message.body, reason: faultOf(error, log) }];
  }
}

const told = new WeakSet<OwnPatterns>();

/** The user's patterns; what is wrong with one is logged when it is first seen. The pattern itself is not told: it may say too much. */
function ownPatternsIn({ settings, log }: ReadContext): OwnPatterns {
  const own = ownPatternsOf(settings.redactionPatterns);
  if (!told.has(own)) {
    told.add(own);
    for (const at of own.refused) log.error('A redaction pattern is no regular expression, and is not used', { at });
  }
  return own;
}

function redactOccurrence(occurrence: Occurrence, own: OwnPatterns): Occurrence {
  return 'event' in occurrence
    ? { ...occurrence, event: redact(occurrence.event, own) }
    : { text: redactText(occurrence.text, own), reason: redactText(occurrence.reason, own) };
}

function readOccurrence(
  occurrence: Occurrence,
  message: Message,
  context: ReadContext & { readonly arrivedAt: Date },
): Outcome {
  if ('reason' in occurrence) {
    return occurrence;
  }
  const { event, capturedBy } = occurrence;
  const { arrivedAt, settings, recordedAt, log } = context;
  try {
    const result = normalise(event, { arrivedAt, capturedBy, settings, recordedAt });
    return 'record' in result ? result : { event, reason: result.quarantine };
  } catch (error) {
    return { text: redactText(message.body, ownPatternsIn(context)), reason: faultOf(error, log) };
  }
}

function faultOf(error: unknown, log: Log): string {
  const name = nameOf(error);
  log.error('An event could not be read', { error: name });
  return `it could not be read (${name})`;
}

function arrivalOf(message: Message, now: Date): Date {
  const sent = new Date(message.sentAt ?? Number.NaN);
  return Number.isNaN(sent.getTime()) ? now : sent;
}
