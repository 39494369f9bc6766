import type { Log, LogFields } from '../handler/log';
import type { MetricName, Metrics } from '../handler/metrics';
import type { Lines } from './lines';

const levels = ['INFO', 'WARN', 'ERROR'] as const;

/** The log of one function as JSON lines, from its `LOG_LEVEL` up. */
export function createLog(lines: Lines, source: { functionName: string; level: string; now: () => number }): Log {
  const from = Math.max(0, (levels as readonly string[]).indexOf(source.level));
  function at(level: (typeof levels)[number]) {
    return (message: string, fields: LogFields = {}): void => {
      if (levels.indexOf(level) >= from) {
        const time = new Date(source.now()).toISOString();
        lines.write(JSON.stringify({ time, function: source.functionName, level, message, ...fields }));
      }
    };
  }
  return { info: at('INFO'), warn: at('WARN'), error: at('ERROR') };
}

/** The sums of all metrics that the functions counted. */
export interface Totals extends Metrics {
  readonly all: () => Readonly<Partial<Record<MetricName, number>>>;
}

/** Starts counting at nothing. */
export function createTotals(): Totals {
  const totals: Partial<Record<MetricName, number>> = {};
  return {
    count: (name, value) => {
      totals[name] = (totals[name] ?? 0) + value;
    },
    all: () => totals,
  };
}
