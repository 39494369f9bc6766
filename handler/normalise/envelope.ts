import type { CapturedEvent } from '../event/captured-event';
import { type JsonObject, objectOf, textOf } from '../event/json';
import { readArn } from './arn';
import { readTime } from './time';

/** How an event came to us: what its envelope may not say. */
export interface Arrival {
  /** When it arrived: stands in for a time that the event lacks. */
  readonly arrivedAt: Date;
  readonly capturedBy: 'event' | 'destination';
}

/**
 * Reads EventBridge's envelope, however poor: a missing account or region is taken from the ARNs in the event, else
 * `unknown`; a time that cannot be read becomes the time of arrival, and the detail keeps the original.
 * @returns null when the event has no `source` or no `detail-type`, so that no source can claim it.
 */
export function readEnvelope(event: JsonObject, arrival: Arrival): CapturedEvent | null {
  const source = textOf(event['source']);
  const detailType = textOf(event['detail-type']);
  if (source === null || detailType === null) {
    return null;
  }
  const account = textOf(event['account']);
  const region = textOf(event['region']);
  const arns = account === null || region === null ? arnsIn(event) : [];
  const time = readTime(event['time']);
  const detail = objectOf(event['detail']) ?? {};
  return {
    id: textOf(event['id']),
    source,
    detailType,
    account: account ?? arns.find((arn) => arn.account)?.account ?? 'unknown',
    region: region ?? arns.find((arn) => arn.region)?.region ?? 'unknown',
    time: time ?? arrival.arrivedAt.toISOString(),
    resources: Array.isArray(event['resources']) ? event['resources'].filter((it) => typeof it === 'string') : [],
    detail: time === null && event['time'] !== undefined ? { ...detail, envelope_time: event['time'] } : detail,
    capturedBy: arrival.capturedBy,
  };
}

/** ARNs among the resources and in the detail, two levels deep: where services put the ARN of the task. */
function arnsIn(event: JsonObject) {
  const detail = Object.values(objectOf(event['detail']) ?? {});
  const texts = [event['resources'], ...detail, ...detail.map(objectOf).flatMap((it) => Object.values(it ?? {}))];
  return texts.flat().flatMap((text) => readArn(text) ?? []);
}
