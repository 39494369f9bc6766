/** Stable codes of what can go wrong, for logs and for callers that decide by them. */
export type ErrorCode =
  | 'ENVIRONMENT_INCOMPLETE'
  | 'EVENT_INCOMPLETE'
  | 'PATTERN_INVALID'
  | 'SECRET_UNUSABLE'
  | 'DELIVERY_FAILED';

/** An error of ours: a code that stays, a text that says what was wrong and what right looks like, and its cause. */
export class MonitorError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MonitorError';
    this.code = code;
  }
}
