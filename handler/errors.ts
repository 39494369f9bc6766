/** Stable codes of what can go wrong, for logs and for callers that decide by them. */
export type ErrorCode =
  | 'ENVIRONMENT_INCOMPLETE'
  | 'EVENT_INCOMPLETE'
  | 'PATTERN_INVALID'
  | 'SECRET_UNUSABLE'
  | 'HOST_UNKNOWN'
  | 'DELIVERY_FAILED'
  | 'CONFLICT'
  | 'TIME_USED_UP';

/** An error of ours: a code that stays, a text that says what was wrong and what right looks like, and its cause. */
export class MonitorError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MonitorError';
    this.code = code;
  }
}

/** What a log may say of an error: our code or the name of its class. Its text may hold anything, secrets too. */
export function nameOf(error: unknown): string {
  return error instanceof MonitorError ? error.code : error instanceof Error ? error.name : 'unknown error';
}
