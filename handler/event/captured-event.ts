import type { JsonObject } from './json';

/**
 * A state change as EventBridge would deliver it, whatever wrapping it came in; a bare Lambda destination record is
 * lifted into the envelope that EventBridge gives it.
 */
export interface CapturedEvent {
  /** EventBridge's id, null where the envelope has none. */
  readonly id: string | null;
  readonly source: string;
  readonly detailType: string;
  readonly account: string;
  readonly region: string;
  /** Of the envelope, ISO 8601 in UTC with milliseconds; the time of arrival where the envelope's cannot be read. */
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
  /** By an EventBridge rule, or by a Lambda destination. */
  readonly capturedBy: 'event' | 'destination';
}
