/** The five types a column can have, independent of where it is stored. */
export type LogicalType = 'string' | 'bigint' | 'double' | 'boolean' | 'timestamp';

/** One column of a table. */
export interface Column {
  readonly name: string;
  readonly type: LogicalType;
  readonly nullable: boolean;
  readonly description: string;
}

/**
 * The columns of `monitor.state`, in the order of the table: one row per state change of a run.
 * Columns are only ever appended, and appended ones are nullable (contracts/schema.test.ts).
 */
export const columns = [
  column('event_id', 'string', 'Identity of this state change. The same change delivered twice has the same id'),
  column('event_time', 'timestamp', 'When the service says that it happened, UTC, milliseconds'),
  column('service_type', 'string', 'The source, snake case: glue_job, glue_crawler, lambda, step_functions'),
  column('service_name', 'string', 'The job, crawler, function or state machine, without version, alias or account'),
  column(
    'service_request_id',
    'string',
    'The run, shared by its attempts; a stand-in built from the event where there is none',
  ),
  column('event_type', 'string', 'started, succeeded, failed, timeout, stopped, retrying, delayed or overdue'),
  column('source_state', 'string', "The service's own word for the state, unchanged"),
  optional('error_type', 'string', 'Class of the error, when the service gives one or the text plainly holds one'),
  optional('error_message', 'string', 'One readable line or two: what a person reads first; at most 1,000 characters'),
  optional(
    'exception_details',
    'string',
    'The whole error text: stack trace, cause; at most 16,384 characters, the cut marked',
  ),
  optional(
    'error_fingerprint',
    'string',
    'Equal for equal errors: version and hash of the text without ids, numbers and times',
  ),
  optional('retry_attempts', 'bigint', 'Which attempt this was, as the service counts (Step Functions: redrives)'),
  optional('max_attempts', 'bigint', 'How many attempts the service makes'),
  optional('will_retry', 'boolean', 'Whether the service makes another attempt after this one'),
  column('account_id', 'string', 'AWS account in which it ran, or unknown'),
  column('region', 'string', 'AWS region in which it ran, or unknown'),
  optional('resource_arn', 'string', 'ARN of the task, given or built'),
  optional('started_at', 'timestamp', 'When the run began'),
  optional('ended_at', 'timestamp', 'When the run ended'),
  optional('duration_ms', 'bigint', 'How long the run took, from the service or ended_at - started_at, milliseconds'),
  optional('dpu_seconds', 'double', 'Glue: consumed data processing units times seconds'),
  optional('caused_by_request_id', 'string', 'service_request_id of the inner run that made this one fail'),
  optional('console_url', 'string', 'The run in the AWS console'),
  optional('logs_url', 'string', 'The logs of the run in the AWS console'),
  optional(
    'detail',
    'string',
    "The event's detail as compact JSON, redacted, without payloads; at most 65,536 characters",
  ),
  column(
    'captured_by',
    'string',
    'How it came here: event (an EventBridge rule) or destination (a Lambda destination)',
  ),
  column('recorded_at', 'timestamp', 'When the handler wrote the row'),
] as const;

/** What each logical type is in TypeScript. Timestamps are `Date.toISOString()` texts, bigints safe integers. */
interface Typed {
  readonly string: string;
  readonly bigint: number;
  readonly double: number;
  readonly boolean: boolean;
  readonly timestamp: string;
}

/** A row of a table with these columns: every column is present, nullable ones may be null. */
export type ColumnsTyped<T extends readonly Column[]> = {
  readonly [C in T[number] as C['name']]: C['nullable'] extends true ? Typed[C['type']] | null : Typed[C['type']];
};

/** One row of `monitor.state`. */
export type StateRecord = ColumnsTyped<typeof columns> & {
  readonly event_type: EventType;
  readonly captured_by: CapturedBy;
};

/** The closed list of what can happen to a run. */
export const eventTypes = [
  'started',
  'succeeded',
  'failed',
  'timeout',
  'stopped',
  'retrying',
  'delayed',
  'overdue',
] as const;

/** One of {@link eventTypes}. */
export type EventType = (typeof eventTypes)[number];

/** How a state change reached us. */
export type CapturedBy = 'event' | 'destination';

/** Limits of the texts in UTF-16 units: the long ones as their descriptions state them, names and ids, and links. */
export const limits = {
  error_message: 1_000,
  exception_details: 16_384,
  detail: 65_536,
  name: 1_024,
  url: 4_096,
} as const;

/**
 * A column that always has a value. The functions never look at columns: so said, esbuild leaves them and their
 * descriptions out of the bundle.
 * @__NO_SIDE_EFFECTS__
 */
export function column<N extends string, T extends LogicalType>(name: N, type: T, description: string) {
  return { name, type, nullable: false, description } as const;
}

/**
 * A column whose value may be null.
 * @__NO_SIDE_EFFECTS__
 */
export function optional<N extends string, T extends LogicalType>(name: N, type: T, description: string) {
  return { name, type, nullable: true, description } as const;
}
