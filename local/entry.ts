import { isNestedDeeper, objectOf, textOf } from '../handler/event/json';
import { attributesOf, isSqsRecord } from '../handler/event/message';
import { type Occurrence, unwrap } from '../handler/event/unwrap';
import { deepestWritten, type InputEvent } from './events';
import type { MessageAttribute, OutgoingMessage } from './queue-message';

/**
 * Where an input enters the pipeline: an event before the rules; what is wrapped already behind what wrapped it; and
 * anything else at the topic, where a Lambda destination would put it.
 */
export type Entry =
  | { readonly at: 'rules'; readonly event: Readonly<Record<string, unknown>>; readonly text: string }
  | { readonly at: 'topic'; readonly text: string }
  | { readonly at: 'subscriptions'; readonly envelopes: readonly string[] }
  | { readonly at: 'functions'; readonly messages: readonly OutgoingMessage[] };

/** Decides where an input enters. */
export function entryOf({ text, value }: InputEvent): Entry {
  const fields = objectOf(value);
  const records = fields?.['Records'];
  const isWritable = !isNestedDeeper(records, deepestWritten);
  if (fields && Object.hasOwn(fields, 'detail-type')) {
    return { at: 'rules', event: fields, text };
  }
  if (Array.isArray(records) && records.length > 0 && records.every(isSqsRecord)) {
    return { at: 'functions', messages: records.map(toMessage) };
  }
  if (Array.isArray(records) && records.length > 0 && isWritable && records.every((record) => snsOf(record) !== null)) {
    return { at: 'subscriptions', envelopes: records.map((record) => JSON.stringify(completeEnvelope(snsOf(record)))) };
  }
  if (fields && typeof fields['TopicArn'] === 'string' && typeof fields['Type'] === 'string') {
    return { at: 'subscriptions', envelopes: [text] };
  }
  return { at: 'topic', text };
}

/** How many events an input holds: a wrapping may hold several, anything else is one. */
export function countEvents(entry: Entry): number {
  // Nested too deep to be opened, which the functions take for one event that nobody recognises.
  return entry.at === 'rules' ? 1 : (occurrencesIn(entry)?.length ?? 1);
}

/** The events of an input without what wraps them; texts that are none are left out. */
export function eventsIn(entry: Entry): readonly unknown[] {
  if (entry.at === 'rules') return [entry.event];
  return (occurrencesIn(entry) ?? []).flatMap((occurrence) => ('event' in occurrence ? [occurrence.event] : []));
}

/** Null for what is nested too deep to be opened. */
function occurrencesIn(entry: Exclude<Entry, { at: 'rules' }>): readonly Occurrence[] | null {
  try {
    switch (entry.at) {
      case 'topic':
        return unwrap(entry.text);
      case 'subscriptions':
        return entry.envelopes.flatMap((envelope) => unwrap(envelope));
      case 'functions':
        return entry.messages.flatMap((it) => unwrap(it.body, attributesOf(it.messageAttributes)));
    }
  } catch {
    return null;
  }
}

/** The first year of AWS; a time before it is a mistake. */
const earliest = Date.UTC(2006, 0, 1);
/** An event from further in the future than this is not believed: it would take the clock with it. */
const furthestAhead = 366 * 86_400_000;

/**
 * When an input arrived, as far as it says so itself: an event's `time`, a Lambda record's `timestamp`, a wrapping's
 * own time. Null where there is none, or none that can be true before `realNow`.
 */
export function arrivalOf({ value }: InputEvent, realNow: number): number | null {
  const fields = objectOf(value);
  const record = Array.isArray(fields?.['Records']) ? fields['Records'].at(-1) : null;
  const times = [
    fields?.['time'],
    fields?.['timestamp'],
    fields?.['Timestamp'],
    snsOf(record)?.['Timestamp'],
    sentTime(record),
  ];
  const text = times.find((time) => typeof time === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(time));
  const instant = Date.parse(String(text));
  return instant >= earliest && instant <= realNow + furthestAhead ? instant : null;
}

function snsOf(record: unknown): Readonly<Record<string, unknown>> | null {
  return objectOf(objectOf(record)?.['Sns']);
}

/** SNS always says what it delivers and from where; what somebody wrote by hand may not. */
function completeEnvelope(sns: Readonly<Record<string, unknown>> | null): Readonly<Record<string, unknown>> {
  return { Type: 'Notification', TopicArn: '', ...sns };
}

function sentTime(record: unknown): string | null {
  const sent = Number(objectOf(objectOf(record)?.['attributes'])?.['SentTimestamp']);
  return Number.isFinite(sent) && Math.abs(sent) <= 8.64e15 ? new Date(sent).toISOString() : null;
}

function toMessage(record: { readonly body: string; readonly [key: string]: unknown }): OutgoingMessage {
  const system = Object.entries(objectOf(record['attributes']) ?? {}).flatMap(([name, value]) => {
    return textOf(value) === null ? [] : [[name, String(value)] as const];
  });
  const own = objectOf(record['messageAttributes']) ?? {};
  return {
    body: record.body,
    attributes: Object.fromEntries(system),
    messageAttributes: own as Readonly<Record<string, MessageAttribute>>,
  };
}
