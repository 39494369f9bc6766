import { typeOfRun } from '../../../handler/normalise/emr-serverless';

test.each([
  ['RUNNING', null, 'started'],
  ['RUNNING', 'Job run timed out', 'started'],
  ['SUCCESS', 'JobRun timed out twice before', 'succeeded'],
  ['CANCELLED', null, 'stopped'],
  ['CANCELLED', 'Job run was cancelled by the user', 'stopped'],
  ['CANCELLED', 'Job run timed out', 'timeout'],
  ['CANCELLED', 'The job run has timed out.', 'timeout'],
  ['FAILED', 'JobRun timed out before the driver started', 'timeout'],
  ['FAILED', 'Job failed, please check complete logs: the warehouse timed out', 'failed'],
])('%s with the details %j is %s', (state, details, type) => {
  expect(typeOfRun(state, details)).toBe(type);
});
