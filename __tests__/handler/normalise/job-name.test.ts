import { taskOfJob } from '../../../handler/normalise/job-name';

/** The name of a job, and the task that it belongs to. */
const names: readonly (readonly [string, string])[] = [
  ['orders-forecast-2025-03-10-06-00-12-345', 'orders-forecast'],
  ['orders-forecast-2025-03-10-06-00-12', 'orders-forecast'],
  ['orders-forecast-2025-03-10', 'orders-forecast'],
  ['orders-forecast-2025-03-10T06-00-12Z', 'orders-forecast'],
  ['orders-forecast-20250310', 'orders-forecast'],
  ['orders_forecast_20250310', 'orders_forecast'],
  ['orders-forecast-20250310060012', 'orders-forecast'],
  ['orders-forecast-20250310-0600', 'orders-forecast'],
  ['orders-forecast-20250310T060012Z', 'orders-forecast'],
  ['orders-forecast-1741586412', 'orders-forecast'],
  ['orders-forecast-1741586412345', 'orders-forecast'],
  ['orders-forecast-c0ffee00-1111-4222-8333-444455556666', 'orders-forecast'],
  ['orders-forecast-54ee3282-5899-4aa3-afc2-7ce1d02', 'orders-forecast'],
  ['orders-forecast-5d41402abc4b2a76b9719d911017c592', 'orders-forecast'],
  ['orders-forecast-250310-0600-007-1a2b3c4d', 'orders-forecast'],
  ['orders-forecast-250310-0600', 'orders-forecast'],
  ['pipelines-a1b2c3d4e5f6-TrainForecast-Xy12zW34vU', 'TrainForecast'],
  ['pipelines-a1b2c3d4e5f6-Train-and-score-Xy12zW34vU', 'Train-and-score'],
  ['AWSBatchorders-forecast88b610a69aa8380ca5b0a7aba3f81cb8', 'orders-forecast'],
  ['orders-forecast', 'orders-forecast'],
  ['orders-forecast-v2', 'orders-forecast-v2'],
  ['orders-forecast-007', 'orders-forecast-007'],
  ['store-4711', 'store-4711'],
  ['model-2025', 'model-2025'],
  ['orders-12345678', 'orders-12345678'],
  ['pipelines-overview', 'pipelines-overview'],
  ['c0ffee00-1111-4222-8333-444455556666', 'c0ffee00-1111-4222-8333-444455556666'],
  ['2025-03-10-06-00-12-345', '2025-03-10-06-00-12-345'],
  ['-2025-03-10', '-2025-03-10'],
];

describe('the task of a job', () => {
  it.each(names)('%s is %s', (name, task) => {
    expect(taskOfJob(name)).toBe(task);
  });

  it('is found at once, however long the name', () => {
    const begun = performance.now();

    for (const part of ['-', 'a', '0', '-20250310', '-2025-03-10', '-123-1a2b3c4d', '-c0ffee00-1111-4222-8333']) {
      taskOfJob(part.repeat((1 << 20) / part.length));
    }

    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
