import type { CapturedEvent } from '../event/captured-event';
import type { EventPattern } from '../event/pattern';
import type { EventType, StateRecord } from '../record/schema';

/** The columns that a source must say of an event. */
type Said = Pick<StateRecord, 'service_name' | 'source_state'> & { readonly event_type: EventType };

/** The columns that a source may say; what it leaves out is filled from the envelope or stays null. */
type MaySay = {
  readonly [C in
    | 'event_id'
    | 'event_time'
    | 'service_request_id'
    | 'error_type'
    | 'error_message'
    | 'exception_details'
    | 'retry_attempts'
    | 'resource_arn'
    | 'started_at'
    | 'ended_at'
    | 'duration_ms'
    | 'caused_by_request_id'
    | 'console_url'
    | 'logs_url']?: StateRecord[C] | null;
};

/** What one source reads from one event. */
export type SourceFields = Said & MaySay;

/** One service whose runs we capture: one file in `sources/`. */
export interface Source {
  /** `service_type` of its rows, snake case. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** What EventBridge lets through, and what the handler recognises. */
  readonly pattern: EventPattern;
  /**
   * Reads an event that matches the pattern.
   * @throws MonitorError `EVENT_INCOMPLETE` when the event names no run.
   */
  readonly normalise: (event: CapturedEvent) => SourceFields;
}
