import type { Ports } from '../../handler/ports';
import { json, withAws } from './aws-ports';

const run = {
  Id: 'jr_1_attempt_1',
  Attempt: 1,
  JobName: 'orders_daily',
  JobRunState: 'FAILED',
  StartedOn: 1767607171.25,
  CompletedOn: 1767607231,
  ExecutionTime: 52,
  MaxCapacity: 2.5,
  ErrorMessage: 'NameError: é',
};

const refused = (name: string) => json({ __type: name, Message: 'no' }, 400);

describe('a run of a job', () => {
  test('is asked for by the name of its job and its own id, and read', async () => {
    const { result, received } = await withAws(
      () => json({ JobRun: { ...run, DPUSeconds: 118.5 } }),
      (ports) => ports.getJobRun('orders_daily', 'jr_1_attempt_1'),
    );

    expect(received.map(({ headers, body }) => [headers['x-amz-target'], JSON.parse(body)])).toEqual([
      ['AWSGlue.GetJobRun', { JobName: 'orders_daily', RunId: 'jr_1_attempt_1' }],
    ]);
    expect(result).toEqual({
      startedAt: '2026-01-05T09:59:31.250Z',
      completedAt: '2026-01-05T10:00:31.000Z',
      executionSeconds: 52,
      dpuSeconds: 118.5,
      errorMessage: 'NameError: é',
    });
  });

  test('that does not scale used its whole capacity for all its time', async () => {
    const { result } = await withAws(
      () => json({ JobRun: run }),
      (ports) => ports.getJobRun('orders_daily', 'jr_1'),
    );

    expect(result).toMatchObject({ dpuSeconds: 130 });
  });

  test('of which Glue says little has nulls', async () => {
    const { result } = await withAws(
      () => json({ JobRun: { Id: 'jr_1', ErrorMessage: '' } }),
      (ports) => ports.getJobRun('orders_daily', 'jr_1'),
    );

    expect(result).toEqual({
      startedAt: null,
      completedAt: null,
      executionSeconds: null,
      dpuSeconds: null,
      errorMessage: null,
    });
  });
});

describe('a job', () => {
  test('tells how often it is tried again', async () => {
    const { result, received } = await withAws(
      () => json({ Job: { Name: 'orders_daily', MaxRetries: 2 } }),
      (ports) => ports.getJob('orders_daily'),
    );

    expect(result).toEqual({ maxRetries: 2 });
    expect(received.map(({ headers, body }) => [headers['x-amz-target'], JSON.parse(body)])).toEqual([
      ['AWSGlue.GetJob', { JobName: 'orders_daily' }],
    ]);
  });

  test('that says nothing of retries has none', async () => {
    const { result } = await withAws(
      () => json({ Job: { Name: 'orders_daily' } }),
      (ports) => ports.getJob('orders_daily'),
    );

    expect(result).toEqual({ maxRetries: 0 });
  });
});

describe.each([
  ['a run', (ports: Ports): Promise<unknown> => ports.getJobRun('orders_daily', 'jr_1')],
  ['a job', (ports: Ports): Promise<unknown> => ports.getJob('orders_daily')],
] as const)('%s', (_, ask) => {
  test.each(['EntityNotFoundException', 'InvalidInputException'])(
    'that Glue does not know is null: %s',
    async (name) => {
      const { result } = await withAws(() => refused(name), ask);

      expect(result).toBeNull();
    },
  );

  test.each(['AccessDeniedException', 'ThrottlingException', 'InternalServiceException'])(
    'that Glue does not tell of throws the error of AWS itself: %s',
    async (name) => {
      const outcome = withAws(() => refused(name), ask);

      await expect(outcome).rejects.toMatchObject({ name });
    },
  );
});

test('a run that nobody answers about is given up within the ten seconds that a call may take', async () => {
  const start = performance.now();

  const outcome = withAws(
    () => null,
    (ports) => ports.getJobRun('orders_daily', 'jr_1'),
  );

  await expect(outcome).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(performance.now() - start).toBeLessThan(13_000);
}, 20_000);
