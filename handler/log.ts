/** Fields beside a log message: flat, and never an event's own text unless it went through redaction. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** A structured log: static text, fields beside it. */
export interface Log {
  readonly debug: (message: string, fields?: LogFields) => void;
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly error: (message: string, fields?: LogFields) => void;
}
