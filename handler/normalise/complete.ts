import type { CapturedEvent } from '../event/captured-event';
import { limits, type StateRecord } from '../record/schema';
import type { Settings } from '../settings';
import { detailText } from './detail';
import type { Arrival } from './envelope';
import { errorColumns } from './error-columns';
import type { SourceFields } from './source';
import { cut, wholeNumberOf } from './text';
import { millisecondsBetween } from './time';

/** What is known beside the event itself. */
export interface Context extends Arrival {
  /** When the handler writes the record, ISO 8601 in UTC. */
  readonly recordedAt: string;
  readonly settings: Pick<Settings, 'keepPayloads'> & Partial<Pick<Settings, 'ownSources'>>;
}

/** What a record is made of. */
export interface Parts {
  readonly serviceType: string;
  readonly eventId: string;
  readonly fields: SourceFields;
  readonly envelope: CapturedEvent;
  readonly context: Context;
}

/** Fills what the source left out from the envelope, and holds the long texts to their limits. */
export function complete({ serviceType, eventId, fields, envelope, context }: Parts): StateRecord {
  const id = name(eventId);
  const { started_at = null, ended_at = null } = fields;
  const options = { keepPayloads: context.settings.keepPayloads, succeeded: fields.event_type === 'succeeded' };
  return {
    event_id: id,
    event_time: fields.event_time ?? envelope.time,
    service_type: serviceType,
    service_name: name(fields.service_name),
    service_request_id: nameOrNull(fields.service_request_id) ?? id,
    event_type: fields.event_type,
    source_state: name(fields.source_state),
    ...errorColumns(fields),
    retry_attempts: fields.retry_attempts ?? null,
    max_attempts: null,
    will_retry: null,
    account_id: name(envelope.account),
    region: name(envelope.region),
    resource_arn: nameOrNull(fields.resource_arn),
    started_at,
    ended_at,
    duration_ms: wholeNumberOf(fields.duration_ms) ?? millisecondsBetween(started_at, ended_at),
    dpu_seconds: null,
    caused_by_request_id: nameOrNull(fields.caused_by_request_id),
    console_url: url(fields.console_url),
    logs_url: url(fields.logs_url),
    detail: detailText(envelope.detail, options),
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
