import { Logger } from '@aws-lambda-powertools/logger';
import { redactText } from './redact';

/** Fields beside a log message: flat. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** A structured log: static text, fields beside it. */
export interface Log {
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly error: (message: string, fields?: LogFields) => void;
}

const levels = ['INFO', 'WARN', 'ERROR'] as const;

/** A log of JSON lines to CloudWatch; texts in its fields are redacted. A level that is none counts as INFO. */
export function createLog(service: string, level: string): Log {
  const logger = new Logger({ serviceName: service, logLevel: levels.find((it) => it === level) ?? 'INFO' });
  return {
    info: (message, fields) => logger.info(message, clean(fields)),
    warn: (message, fields) => logger.warn(message, clean(fields)),
    error: (message, fields) => logger.error(message, clean(fields)),
  };
}

function clean(fields: LogFields = {}): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redactText(value) : value]),
  );
}
