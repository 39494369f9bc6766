import { readCause } from '../../../handler/normalise/cause';

const task = 'arn:aws:ecs:eu-west-1:111122223333:task/lake/0123';
const execution = 'arn:aws:states:eu-west-1:111122223333:execution:shrink:run-1';
const training = 'arn:aws:sagemaker:eu-west-1:111122223333:training-job/prices';

describe('the run inside a state machine that failed, and why', () => {
  it.each<[string, object, string | null, string]>([
    [
      'a Glue run, without its attempt',
      { JobName: 'load', Id: 'jr_5e_attempt_2', ErrorMessage: 'no rows' },
      'jr_5e',
      'no rows',
    ],
    [
      'a Batch job',
      { JobName: 'shrink', JobId: '0f1e', StatusReason: 'Task failed to start', Container: { Reason: 'no image' } },
      '0f1e',
      'no image',
    ],
    [
      'a child of a Batch array, which belongs to its parent',
      { JobName: 'shrink', JobId: '0f1e:3', StatusReason: 'Essential container in task exited', Container: {} },
      '0f1e',
      'Essential container in task exited',
    ],
    [
      'an ECS task, by the container that decides',
      {
        TaskArn: task,
        StoppedReason: 'Essential container in task exited',
        Containers: [
          { Name: 'log_router', ExitCode: 1 },
          { Name: 'load', ExitCode: 137 },
        ],
      },
      task,
      'load: exit code 137 (out of memory or killed)',
    ],
    ['an execution', { ExecutionArn: execution, Error: 'NoRows', Cause: 'no rows' }, execution, 'no rows'],
    [
      'a query of Athena',
      { QueryExecution: { QueryExecutionId: 'q-1', Status: { State: 'FAILED', StateChangeReason: 'no such table' } } },
      'q-1',
      'no such table',
    ],
    [
      'a step of EMR',
      { Step: { Id: 's-1', Name: 'load', Status: { State: 'FAILED', FailureDetails: { Reason: 'Unknown Error.' } } } },
      's-1',
      'Unknown Error.',
    ],
    [
      'a run of EMR Serverless',
      { JobRun: { ApplicationId: '00f1', JobRunId: '00g2', State: 'FAILED', StateDetails: 'Job failed: no rows' } },
      '00g2',
      'Job failed: no rows',
    ],
    [
      'a run of EMR on EKS',
      { Id: '0000000', VirtualClusterId: 'v1', FailureReason: 'USER_ERROR', StateDetails: 'no rows' },
      '0000000',
      'no rows',
    ],
    ['a run of DataBrew', { JobName: 'clean', RunId: 'db_1', ErrorMessage: 'no rows' }, 'db_1', 'no rows'],
    [
      'a job of SageMaker',
      { TrainingJobName: 'prices', TrainingJobArn: training, FailureReason: 'no rows' },
      training,
      'no rows',
    ],
    ['an error of a Lambda function', { errorType: 'KeyError', errorMessage: 'day', requestId: 'r-1' }, 'r-1', 'day'],
    ['something of their own', { Id: '7', rows: 0 }, null, '{"Id":"7","rows":0}'],
  ])('are those of %s', (_, cause, causedBy, message) => {
    const read = readCause('States.TaskFailed', JSON.stringify(cause));

    expect(read.causedBy).toBe(causedBy);
    expect(read.error).toEqual({
      error_type: 'States.TaskFailed',
      error_message: message,
      exception_details: JSON.stringify(cause),
    });
  });

  it('are those of the innermost cause, and the run next to us', () => {
    const inner = { JobName: 'load', Id: 'jr_5e', ErrorMessage: 'no rows' };
    const cause = { ExecutionArn: execution, Error: 'States.TaskFailed', Cause: JSON.stringify(inner) };

    const read = readCause('States.TaskFailed', JSON.stringify(cause));

    expect([read.causedBy, read.error.error_message]).toEqual([execution, 'no rows']);
  });
});
