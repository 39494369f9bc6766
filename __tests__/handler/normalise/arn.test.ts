import { beforeExecution } from '../../../handler/normalise/arn';

describe('the ARN of the task, from the one of its execution', () => {
  it.each([
    [
      'arn:aws:datasync:eu-west-1:111122223333:task/task-1/execution/exec-2',
      'arn:aws:datasync:eu-west-1:111122223333:task/task-1',
    ],
    ['arn:aws:datasync:eu-west-1:111122223333:task/task-1', 'arn:aws:datasync:eu-west-1:111122223333:task/task-1'],
    ['', ''],
  ])('of %j is %j', (execution, task) => {
    expect(beforeExecution(execution)).toBe(task);
  });

  it('of a megabyte takes no time to speak of', () => {
    const begun = performance.now();

    beforeExecution('/execution/\n'.repeat((1 << 20) / 12));

    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
