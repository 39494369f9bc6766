import type { Arrival, Setting } from './arrival';
import { isoOf, runsAt, say } from './services';

/** What programs of one's own report in a day: dbt's runs, and a task of Airflow that fails at its third attempt. */
export function reportDay(setting: Setting): readonly Arrival[] {
  const { random, suffix } = setting;
  const told = (time: number, source: string, detail: object) =>
    say(setting, time, { source, detailType: 'Data Lake Task State Change', detail });
  const models = runsAt(setting, [5, 17]).flatMap(({ startedAt, endedAt }) => {
    const run = { task: `orders_daily${suffix}`, run: random.uuid(), started_at: isoOf(startedAt) };
    return [
      told(startedAt, 'dbt', { ...run, state: 'running' }),
      told(endedAt, 'dbt', { ...run, state: 'success', ended_at: isoOf(endedAt), message: '12 models built' }),
    ];
  });
  const reviews = runsAt(setting, [6]).map(({ endedAt }) =>
    told(endedAt, 'airflow', {
      task: `reviews${suffix}.scrape`,
      run: `scheduled__${isoOf(endedAt).slice(0, 10)}`,
      state: 'failed',
      attempt: 3,
      error: 'Traceback (most recent call last):\n  File "scrape.py", line 12, in page\nKeyError: \'next_page\'',
    }),
  );
  return [...models, ...reviews];
}
