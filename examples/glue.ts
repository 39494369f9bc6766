import { type Arrival, arrive, bridgeEvent, minute, type Setting } from './arrival';
import { crawlerDay } from './crawlers';
import type { Random } from './random';

const jobFailures = [
  'Error Category: PERMISSION_ERROR; Failed Line Number: 48; An error occurred while calling o112.getDynamicFrame. Access Denied (Service: Amazon S3; Status Code: 403)',
  "Error Category: QUERY_ERROR; AnalysisException: Column 'discount_code' does not exist. Did you mean one of: discount, country_code?",
  'Error Category: OUT_OF_MEMORY_ERROR; Job aborted due to stage failure: ExecutorLostFailure (executor 7 exited caused by one of the running tasks)',
  "ModuleNotFoundError: No module named 'pyarrow.compute'",
] as const;

/** Jobs that run every hour, and the minute at which they start. */
const hourlyJobs = [
  ['clickstream-sessionise', 5],
  ['stock-levels', 12],
  ['payments-sync', 20],
] as const;
/** Jobs that run at night, and the hour at which they start. */
const nightlyJobs = [
  'orders-ingest',
  'customers-ingest',
  'invoices-export',
  'orders-aggregate',
  'returns-ingest',
  'suppliers-sync',
  'loyalty-points',
  'price-history',
  'search-index',
  'finance-close',
] as const;

/** The id of a Glue run. */
export function jobRunId(random: Random): string {
  return `jr_${random.hex(64)}`;
}

/** Everything that Glue says in a day: hourly and nightly jobs with their mishaps, and crawlers. */
export function glueDay(setting: Setting): readonly Arrival[] {
  const { midnight, suffix } = setting;
  const hourly = hourlyJobs.flatMap(([name, at]) =>
    Array.from({ length: 24 }, (_, hour) => jobRun(setting, `${name}${suffix}`, midnight + (hour * 60 + at) * minute)),
  );
  const nightly = nightlyJobs.map((name, at) => jobRun(setting, `${name}${suffix}`, midnight + (60 + at * 9) * minute));
  const crawled = crawlerDay(setting);
  return [...hourly, ...nightly, crawled, mishaps(setting)].flat();
}

function jobRun(setting: Setting, jobName: string, startedAt: number): readonly Arrival[] {
  const { random } = setting;
  const endedAt = startedAt + random.integer(2 * minute, 14 * minute);
  const run = { jobName, jobRunId: jobRunId(random) };
  return random.chance(0.96)
    ? [jobEnd(random, endedAt, { ...run, state: 'SUCCEEDED' })]
    : failWithRetry(random, endedAt, run);
}

/** A failed run that Glue starts again: the second attempt carries `_attempt_1`. */
function failWithRetry(
  random: Random,
  failedAt: number,
  run: { jobName: string; jobRunId: string },
): readonly Arrival[] {
  const again = { ...run, jobRunId: `${run.jobRunId}_attempt_1` };
  return [
    jobEnd(random, failedAt, { ...run, state: 'FAILED', message: random.pick(jobFailures) }),
    jobEnd(random, failedAt + random.integer(3, 9) * minute, { ...again, state: 'SUCCEEDED' }),
  ];
}

/** The day's own story: a time-out, a run that somebody stopped, one that took too long and one that never recovered. */
function mishaps({ random, midnight, suffix }: Setting): readonly Arrival[] {
  const run = (name: string) => ({ jobName: `${name}${suffix}`, jobRunId: jobRunId(random) });
  const slow = run('recommendations-train');
  const slowSince = midnight + 4 * 60 * minute;
  return [
    jobEnd(random, midnight + 5 * 60 * minute, {
      ...run('geo-enrichment'),
      state: 'TIMEOUT',
      message: 'Job run timed out.',
    }),
    jobEnd(random, midnight + 14.2 * 60 * minute, {
      ...run('backfill-2024'),
      state: 'STOPPED',
      message: 'Job run stopped by user.',
    }),
    jobDelay(random, slowSince, slow),
    jobEnd(random, slowSince + 95 * minute, { ...slow, state: 'SUCCEEDED' }),
    ...[6, 7, 8].map((hour) =>
      jobEnd(random, midnight + (hour * 60 + 31) * minute, {
        ...run('gdpr-erasure'),
        state: 'FAILED',
        message: jobFailures[0],
      }),
    ),
  ];
}

interface JobEnd {
  readonly jobName: string;
  readonly jobRunId: string;
  readonly state: string;
  readonly message?: string;
}

/** What Glue says of a run that ended. */
export function jobEnd(random: Random, time: number, { jobName, jobRunId: id, state, message }: JobEnd): Arrival {
  const severity = state === 'SUCCEEDED' ? 'INFO' : state === 'FAILED' ? 'ERROR' : 'WARN';
  const detail = { jobName, severity, state, jobRunId: id, message: message ?? 'Job run succeeded' };
  return arrive(time, bridgeEvent(random, { source: 'aws.glue', detailType: 'Glue Job State Change', time, detail }));
}

function jobDelay(random: Random, startedAt: number, run: { jobName: string; jobRunId: string }): Arrival {
  const time = startedAt + 60 * minute;
  const detail = {
    ...run,
    severity: 'INFO',
    notificationCondition: { NotifyDelayAfter: 60.0 },
    state: 'RUNNING',
    message: 'Job is in RUNNING state',
    startedOn: new Date(startedAt).toISOString(),
  };
  return arrive(time, bridgeEvent(random, { source: 'aws.glue', detailType: 'Glue Job Run Status', time, detail }));
}
