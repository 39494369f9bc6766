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

/** A field by which `config.ts` may narrow a source; EventBridge compares it, so what is not wanted costs nothing. */
export interface Filter {
  /** Keys from the root of the event, for example `['detail', 'jobName']`. */
  readonly path: readonly string[];
  /** For a name inside an ARN: what stands before it there, as a glob, for example `*:cluster/`. */
  readonly before?: string;
  /** What stands behind it there, as a glob: `:*` for the revision of a task definition. */
  readonly after?: string;
}

/** One service whose runs we capture: one file in `sources/`. */
export interface Source {
  /** `service_type` of its rows, snake case. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** What EventBridge lets through, and what the handler recognises. */
  readonly pattern: EventPattern;
  /** What `config.ts` may narrow it by, by the word of the service: `names`, `workgroups`, `clusters`, `queues` … */
  readonly filters?: Readonly<Record<string, Filter>>;
  /** A source that is captured only where `config.ts` asks for it. */
  readonly onRequest?: true;
  /**
   * Reads an event that matches the pattern.
   * @throws MonitorError `EVENT_INCOMPLETE` when the event names no run.
   */
  readonly normalise: (event: CapturedEvent) => SourceFields;
}
