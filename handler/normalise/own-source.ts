import { MonitorError } from '../errors';
import type { CapturedEvent } from '../event/captured-event';
import { objectOf } from '../event/json';
import { compilePattern } from '../event/match';
import { type EventType, eventTypes } from '../record/schema';
import type { OwnSource, Place } from '../settings';
import type { Claimant } from './claims';
import { linkOf } from './console';
import { readError } from './error-text';
import type { SourceFields } from './source';
import { eventTypeOf, type States, tellsError } from './states';
import { wholeNumberOf } from './text';
import { readTime } from './time';

/**
 * What claims the events of a source that the user declared; nobody, where another version wrote a pattern that this one
 * cannot match with. (Mistakes of the user are told when the stacks are made.)
 */
export function ownClaimants(own: OwnSource): readonly Claimant[] {
  try {
    compilePattern(own.pattern);
  } catch {
    return [];
  }
  const known = Object.entries(own.states).filter(([, type]) => isEventType(type)) as [string, EventType][];
  const states: States = new Map(known);
  return [{ name: own.name, pattern: own.pattern, normalise: (event) => read(event, own, states) }];
}

/** @throws MonitorError `EVENT_INCOMPLETE` for an event that names no task. */
function read(event: CapturedEvent, { fields }: OwnSource, states: States): SourceFields {
  const root = rootOf(event);
  const value = (column: string) => valueAt(root, fields.others[column] ?? null);
  const text = (column: string) => textOfAny(value(column));
  const name = textOfAny(valueAt(root, fields.service_name));
  if (name === null) {
    throw new MonitorError('EVENT_INCOMPLETE', `service_name: there is no text at ${spell(fields.service_name)}`);
  }
  const state = textOfAny(valueAt(root, fields.state)) ?? 'unknown';
  const type = eventTypeOf(states, state);
  return {
    service_name: name,
    service_request_id: text('service_request_id'),
    event_type: type,
    source_state: state,
    event_time: readTime(value('event_time')),
    ...(tellsError(type) ? errorOf(value) : {}),
    retry_attempts: wholeNumberOf(value('retry_attempts')),
    resource_arn: text('resource_arn'),
    started_at: readTime(value('started_at')),
    ended_at: readTime(value('ended_at')),
    duration_ms: wholeNumberOf(value('duration_ms')),
    caused_by_request_id: text('caused_by_request_id'),
    console_url: linkOf(value('console_url')),
    logs_url: linkOf(value('logs_url')),
  };
}

function errorOf(value: (column: string) => unknown): Partial<SourceFields> {
  const type = textOfAny(value('error_type'));
  const [message, whole] = ['error_message', 'exception_details'].map((column) => wholeTextOf(value(column)));
  const said = message ?? whole;
  return said == null
    ? { error_type: type }
    : { ...readError(said, type), ...(whole != null && { exception_details: whole }) };
}

/** The event as EventBridge delivers it, which is what the paths of the user speak of. */
function rootOf({ id, source, detailType, account, region, time, resources, detail }: CapturedEvent) {
  return { id, source, 'detail-type': detailType, account, region, time, resources, detail };
}

/** What stands at a place; an index below zero counts from the end of a list, as in JSON paths. */
function valueAt(root: unknown, place: Place | null): unknown {
  return place?.reduce<unknown>((value, step) => {
    if (typeof step === 'number') return Array.isArray(value) ? value.at(step) : undefined;
    const fields = objectOf(value);
    return fields && Object.hasOwn(fields, step) ? fields[step] : undefined;
  }, root);
}

function spell(place: Place): string {
  return `$${place.map((step) => `[${JSON.stringify(step)}]`).join('')}`;
}

function textOfAny(value: unknown): string | null {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : null;
}

/** An error may be told as an object, which is kept as JSON. */
function wholeTextOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : textOfAny(value);
}

function isEventType(text: string): text is EventType {
  return (eventTypes as readonly string[]).includes(text);
}
