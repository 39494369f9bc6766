import { type Arrival, arrive, minute, type Setting } from './arrival';
import { jobEnd, jobRunId } from './glue';
import { createRandom } from './random';
import { glueCause, statusChange } from './states';

const failures = {
  expired: 'Error Category: CONNECTION_ERROR; OperationalError: the certificate of prices.example.com has expired',
  full: 'Error Category: RESOURCE_ERROR; OSError: No space left on device: /tmp/spill',
  refused: 'Error Category: CONNECTION_ERROR; ConnectionRefusedError: [Errno 111] Connection refused',
} as const;

/** What alerts are about: a failure that comes again and again until it is mended, one inside another, and retries. */
export function troubledDay(setting: Setting): readonly Arrival[] {
  // Randomness of its own leaves the rest of the day as it is without these.
  const own = { ...setting, random: createRandom(setting.midnight / minute) };
  return [...repeated(own), ...nested(own), ...retried(own)];
}

/** Three failures for the same reason, one message; then a reminder, and the run that works again. */
function repeated({ random, midnight, suffix }: Setting): readonly Arrival[] {
  const nine = midnight + 9 * 60 * minute;
  const run = () => ({ jobName: `vendor-prices${suffix}`, jobRunId: jobRunId(random) });
  return [
    ...[0, 20, 40].map((after) =>
      jobEnd(random, nine + after * minute, { ...run(), state: 'FAILED', message: failures.expired }),
    ),
    jobEnd(random, nine + 95 * minute, { ...run(), state: 'SUCCEEDED' }),
  ];
}

/** A state machine that fails because of the Glue job that it waits for: one alert. */
function nested({ random, midnight, suffix }: Setting): readonly Arrival[] {
  const startedAt = midnight + 11 * 60 * minute;
  const failedAt = startedAt + 4 * minute;
  const inner = { jobName: `ledger-close${suffix}`, id: jobRunId(random), startedAt, message: failures.full };
  const execution = { machine: `month-close${suffix}`, name: random.uuid(), startedAt };
  const running = { status: 'RUNNING', error: null, cause: null };
  const failed = { status: 'FAILED', error: 'States.TaskFailed', cause: glueCause(inner) };
  return [
    arrive(startedAt, statusChange(random, { ...execution, ending: running, stoppedAt: null })),
    jobEnd(random, failedAt, {
      jobName: inner.jobName,
      jobRunId: inner.id,
      state: 'FAILED',
      message: failures.full,
    }),
    arrive(failedAt + 2_000, statusChange(random, { ...execution, ending: failed, stoppedAt: failedAt + 2_000 })),
  ];
}

/** A job of two attempts: once both fail, and once the second one never comes. */
function retried({ random, midnight, suffix }: Setting): readonly Arrival[] {
  const one = midnight + 13 * 60 * minute;
  const run = { jobName: `fx-rates${suffix}`, jobRunId: jobRunId(random) };
  const again = { ...run, jobRunId: `${run.jobRunId}_attempt_1` };
  const later = { ...run, jobRunId: jobRunId(random) };
  const failed = { state: 'FAILED', message: failures.refused } as const;
  return [
    jobEnd(random, one, { ...run, ...failed }),
    jobEnd(random, one + 6 * minute, { ...again, ...failed }),
    jobEnd(random, one + 65 * minute, { ...later, state: 'SUCCEEDED' }),
    jobEnd(random, one + 180 * minute, { ...later, jobRunId: jobRunId(random), ...failed }),
  ];
}
