import { hash } from 'node:crypto';
import { MonitorError } from '../errors';
import type { CapturedEvent } from '../event/captured-event';
import type { JsonObject } from '../event/json';
import { compilePattern } from '../event/match';
import { detailTypesOf } from '../event/pattern';
import { limits, type StateRecord } from '../record/schema';
import type { Settings } from '../settings';
import { detailText } from './detail';
import { type Arrival, readEnvelope } from './envelope';
import { fingerprintOf } from './fingerprint';
import type { Source, SourceFields } from './source';
import { sources } from './sources.generated';
import { cut } from './text';
import { millisecondsBetween } from './time';

/** What is known beside the event itself. */
export interface Context extends Arrival {
  /** When the handler writes the record, ISO 8601 in UTC. */
  readonly recordedAt: string;
  readonly settings: Pick<Settings, 'keepPayloads'>;
}

/** An event became a record, or it goes to quarantine with the reason. */
export type Normalised = { readonly record: StateRecord } | { readonly quarantine: string };

interface Candidate {
  readonly source: Source;
  readonly matches: (event: unknown) => boolean;
}

/** Sources by `source` and `detail-type`, so that finding one stays flat as sources grow. */
const candidates = indexOf(sources);

/** Makes the record of a state change from an event in EventBridge's form. Pure: the same event gives the same record. */
export function normalise(event: JsonObject, context: Context): Normalised {
  const envelope = readEnvelope(event, context);
  if (!envelope) {
    return { quarantine: 'no event of EventBridge: it lacks source or detail-type' };
  }
  const claimed = candidates.get(keyOf(envelope.source, envelope.detailType));
  if (!claimed) {
    return { quarantine: `no source claims ${cut(envelope.source, 64)}, ${cut(envelope.detailType, 128)}` };
  }
  const candidate = claimed.find(({ matches }) => matches(event));
  if (!candidate) {
    const names = claimed.map(({ source }) => source.name).join(', ');
    return { quarantine: `the pattern of ${names} leaves it out: an intermediate state, or no state at all` };
  }
  return recordOf(candidate.source, envelope, event, context);
}

function recordOf(source: Source, envelope: CapturedEvent, event: JsonObject, context: Context): Normalised {
  try {
    const fields = source.normalise(envelope);
    const eventId = fields.event_id ?? envelope.id ?? hash('sha256', JSON.stringify(event), 'hex');
    return { record: complete(source.name, eventId, fields, envelope, context) };
  } catch (error) {
    if (error instanceof MonitorError && error.code === 'EVENT_INCOMPLETE') {
      return { quarantine: `${source.name}: ${error.message}` };
    }
    throw error;
  }
}

/** Fills what the source left out from the envelope, and holds the long texts to their limits. */
function complete(
  serviceType: string,
  eventId: string,
  fields: SourceFields,
  envelope: CapturedEvent,
  context: Context,
): StateRecord {
  const startedAt = fields.started_at ?? null;
  const endedAt = fields.ended_at ?? null;
  const errorType = nameOrNull(fields.error_type);
  const whole = fields.exception_details ?? null;
  const message = fields.error_message ?? null;
  const id = name(eventId);
  return {
    event_id: id,
    event_time: fields.event_time ?? envelope.time,
    service_type: serviceType,
    service_name: name(fields.service_name),
    service_request_id: nameOrNull(fields.service_request_id) ?? id,
    event_type: fields.event_type,
    source_state: name(fields.source_state),
    error_type: errorType,
    error_message: message === null ? null : cut(message, limits.error_message),
    exception_details: whole === null ? null : cut(whole, limits.exception_details),
    error_fingerprint: message === null ? null : fingerprintOf(errorType, message),
    retry_attempts: fields.retry_attempts ?? null,
    max_attempts: fields.max_attempts ?? null,
    will_retry: fields.will_retry ?? null,
    account_id: name(envelope.account),
    region: name(envelope.region),
    resource_arn: nameOrNull(fields.resource_arn),
    started_at: startedAt,
    ended_at: endedAt,
    duration_ms: fields.duration_ms ?? millisecondsBetween(startedAt, endedAt),
    dpu_seconds: null,
    caused_by_request_id: nameOrNull(fields.caused_by_request_id),
    console_url: url(fields.console_url),
    logs_url: url(fields.logs_url),
    detail: detailText(envelope.detail, {
      keepPayloads: context.settings.keepPayloads,
      succeeded: fields.event_type === 'succeeded',
    }),
    captured_by: envelope.capturedBy,
    recorded_at: context.recordedAt,
  };
}

/** Names and ids are far shorter on AWS; the limit keeps a made-up one from filling a row. */
function name(text: string): string {
  return cut(text, limits.name);
}

function nameOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : name(text);
}

function url(text: string | null | undefined): string | null {
  return text === undefined || text === null || text.length > limits.url ? null : text;
}

function indexOf(all: readonly Source[]): ReadonlyMap<string, readonly Candidate[]> {
  const index = new Map<string, Candidate[]>();
  for (const source of all) {
    const candidate = { source, matches: compilePattern(source.pattern) };
    for (const key of source.pattern.source.flatMap((from) =>
      detailTypesOf(source.pattern).map((type) => keyOf(from, type)),
    )) {
      index.set(key, [...(index.get(key) ?? []), candidate]);
    }
  }
  return index;
}

function keyOf(source: string, detailType: string): string {
  return `${source}\n${detailType}`;
}
