import { attemptOfJob, runOfJob, taskOfBatchJob, typeOfJob, withChildren } from '../../../handler/normalise/batch';

test.each([
  ['0f1e2d3c-1111', '0f1e2d3c-1111'],
  ['0f1e2d3c-1111:3', '0f1e2d3c-1111'],
  ['0f1e2d3c-1111#0', '0f1e2d3c-1111'],
])('%s belongs to the run %s', (jobId, run) => {
  expect(runOfJob(jobId)).toBe(run);
});

test.each([
  [{ jobName: 'load-2025-03-10' }, 'load'],
  [{ jobName: 'load-2025-03-10', jobDefinition: 'arn:aws:batch:eu-west-1:111122223333:job-definition/run:4' }, 'load'],
  [{ jobName: 'load-7' }, 'load-7'],
  [{ jobName: '20250310', jobDefinition: 'arn:aws:batch:eu-west-1:111122223333:job-definition/run:4' }, 'run'],
  [{ jobName: '20250310', jobDefinition: 'run:4' }, '20250310'],
  [{ jobDefinition: 'arn:aws-cn:batch:cn-north-1:111122223333:job-definition/run' }, 'run'],
  [{ jobName: 7 }, 'unknown'],
])('the task of %j is %s', (job, task) => {
  expect(taskOfBatchJob(job)).toBe(task);
});

test.each([
  ['RUNNING', {}, 'started'],
  ['SUCCEEDED', { isTerminated: true }, 'succeeded'],
  ['FAILED', {}, 'failed'],
  ['FAILED', { statusReason: 'the table is being moved', isTerminated: true }, 'stopped'],
  ['FAILED', { statusReason: 'not today', isCancelled: true }, 'stopped'],
  ['FAILED', { statusReason: 'not today', isCancelled: false, isTerminated: false }, 'failed'],
  ['FAILED', { statusReason: 'not today', isCancelled: 'true' }, 'failed'],
  ['FAILED', { statusReason: 'Job attempt duration exceeded timeout', isTerminated: true }, 'timeout'],
  ['FAILED', { statusReason: 'Dependent Job failed', isCancelled: true }, 'failed'],
  ['FAILED', { statusReason: 'Array Child Job failed', isTerminated: true }, 'failed'],
  ['FAILED', { statusReason: 'Canceled by JobStateTimeLimit action due to reason: X', isCancelled: true }, 'failed'],
  ['FAILED', { statusReason: 'Terminated by JobStateTimeLimit action due to X', isTerminated: true }, 'failed'],
  ['FAILED', { statusReason: 'Job cancelled: dependent job failed', isCancelled: true }, 'failed'],
  ['TIMED_OUT', {}, 'timeout'],
  ['EVAPORATED', {}, 'failed'],
])('%s with %j is %s', (state, job, type) => {
  expect(typeOfJob(job, state)).toBe(type);
});

test.each([
  ['a job that runs for the first time', { attempts: [], startedAt: 1 }, 'started', 1],
  ['a job that runs again', { attempts: [{ stoppedAt: 1 }], startedAt: 1 }, 'started', 2],
  ['a job whose attempt is listed while it runs', { attempts: [{ startedAt: 1 }], startedAt: 1 }, 'started', 1],
  ['a job that ended at once', { attempts: [{ stoppedAt: 1 }], startedAt: 1 }, 'succeeded', 1],
  ['a job that used up its attempts', { attempts: [{}, {}, {}], startedAt: 1 }, 'failed', 3],
  ['a job that ran and lists no attempt', { attempts: [], startedAt: 1 }, 'failed', 1],
  ['a job that was cancelled before it ran', { attempts: [] }, 'stopped', null],
  ['a job that says nothing', {}, 'failed', null],
  ['a job whose attempts are a text', { attempts: 'three' }, 'failed', null],
] as const)('the attempt of %s', (_, job, type, attempt) => {
  expect(attemptOfJob(job, type)).toBe(attempt);
});

describe('the children of an array', () => {
  const error = { error_type: null, error_message: 'Array Child Job failed', exception_details: 'whole' };

  it('are counted behind the reason', () => {
    const array = { arrayProperties: { size: 10, statusSummary: { FAILED: 2, SUCCEEDED: 8 } } };

    expect(withChildren(error, array)).toEqual({
      ...error,
      error_message: 'Array Child Job failed: 2 of 10 children failed',
    });
  });

  it('are the reason when there is no other', () => {
    const array = { arrayProperties: { size: 10, statusSummary: { FAILED: 2 } } };

    expect(withChildren(null, array)).toMatchObject({ error_message: '2 of 10 children failed' });
  });

  it.each([
    ['none failed', { arrayProperties: { size: 10, statusSummary: { FAILED: 0 } } }],
    ['nobody counted them', { arrayProperties: { size: 10 } }],
    ['the job has none', {}],
  ])('are not told of when %s', (_, job) => {
    expect(withChildren(error, job)).toBe(error);
  });
});
