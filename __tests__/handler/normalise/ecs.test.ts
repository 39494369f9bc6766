import { familyOf, taskPage, typeOfTask } from '../../../handler/normalise/ecs';

const containers = [{ name: 'load', exitCode: 0 }];

test.each([
  ['EssentialContainerExited', 'succeeded'],
  ['UserInitiated', 'stopped'],
  ['ServiceSchedulerInitiated', 'stopped'],
  ['SpotInterruption', 'failed'],
  ['TerminationNotice', 'failed'],
  ['TaskFailedToStart', 'failed'],
  ['InfrastructureHealth', 'failed'],
  ['SomethingTimedOut', 'timeout'],
  ['RegionMoved', 'failed'],
])('a task whose containers exited with 0 and whose stop code is %s has %s', (stopCode, type) => {
  expect(typeOfTask({ stopCode, containers }, 'STOPPED')).toBe(type);
});

test.each([
  ['RUNNING', 'started'],
  ['TASK_FAILED', 'failed'],
  ['EVAPORATED', 'failed'],
])('a task that is %s has %s, whatever its stop code', (state, type) => {
  expect(typeOfTask({ stopCode: 'UserInitiated', containers }, state)).toBe(type);
});

test.each([
  ['exit codes', { containers }, 'succeeded'],
  ['exit codes', { containers: [{ name: 'load', exitCode: 2 }] }, 'failed'],
  ['its reason', { containers, stoppedReason: 'Task stopped by user' }, 'stopped'],
])('a task without a stop code is judged by %s', (_, task, type) => {
  expect(typeOfTask(task, 'STOPPED')).toBe(type);
});

test.each([
  ['arn:aws:ecs:eu-west-1:111122223333:task-definition/load-orders:9', 'load-orders'],
  ['arn:aws-cn:ecs:cn-north-1:111122223333:task-definition/load:120', 'load'],
  ['load-orders:9', null],
  [undefined, null],
])('the family of %s is %s', (definition, family) => {
  expect(familyOf(definition)).toBe(family);
});

test.each([
  ['arn:aws:ecs:eu-west-1:111122223333:task/lake/0123', 'ecs/v2/clusters/lake/tasks/0123'],
  ['arn:aws:ecs:eu-west-1:111122223333:task/0123', 'ecs/v2/clusters/lake/tasks/0123'],
  ['arn:aws:ecs:eu-west-1:111122223333:task/lake/01?#/x y', 'ecs/v2/clusters/lake/tasks/x%20y'],
  ['0123', null],
])('the page of %s is %s', (taskArn, page) => {
  expect(taskPage(taskArn, 'arn:aws:ecs:eu-west-1:111122223333:cluster/lake')).toBe(page);
});

test('a task whose cluster is not told has no page', () => {
  expect(taskPage('arn:aws:ecs:eu-west-1:111122223333:task/lake/0123', undefined)).toBeNull();
});
