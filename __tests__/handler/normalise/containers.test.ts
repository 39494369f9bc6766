import { type Container, containersIn, haveSucceeded } from '../../../handler/normalise/containers';

function ended(name: string | null, exitCode: number | null, reason: string | null = null): Container {
  return { name, exitCode, reason };
}

describe('containers are found', () => {
  const load = { name: 'load', exitCode: 3, reason: 'no rows' };
  const found = [ended('load', 3, 'no rows')];

  it.each([
    ['in an ECS task', { containers: [load] }],
    ['in a plain Batch job', { container: load }],
    ['in a Batch job of several containers', { ecsProperties: { taskProperties: [{ containers: [load] }] } }],
    ['in a Batch job on EKS', { eksProperties: { podProperties: { containers: [load] } } }],
    ['in the last attempt', { container: { image: 'load' }, attempts: [{ container: {} }, { container: load }] }],
    ['in the tasks of the last attempt', { attempts: [{ taskProperties: [{ containers: [load] }] }] }],
    ['in the last attempt on EKS', { attempts: [], eksAttempts: [{ containers: [load] }] }],
    ['in a cause, with capitals', { Containers: [{ Name: 'load', ExitCode: 3, Reason: 'no rows' }] }],
    ['with their exit code as text', { containers: [{ ...load, exitCode: '3' }] }],
  ])('%s', (_, task) => {
    expect(containersIn(task)).toEqual(found);
  });

  it.each([
    ['nothing', {}],
    ['texts', { containers: 'load', attempts: 'one', ecsProperties: 'none' }],
    ['nulls', { containers: [null], container: null, attempts: [null], ecsProperties: { taskProperties: [null] } }],
    ['numbers', { containers: 3, attempts: 3, eksAttempts: [3], eksProperties: { podProperties: 3 } }],
  ])('nowhere in %s', (_, task) => {
    expect(containersIn(task)).toEqual([]);
  });
});

describe('a task has succeeded', () => {
  it.each<[string, readonly Container[], boolean]>([
    ['when its container exited with 0', [ended('load', 0)], true],
    ['not when it exited with another code', [ended('load', 1)], false],
    ['not when one of several failed', [ended('prepare', 0), ended('load', 1)], false],
    ['not when its container never ran', [ended('load', null)], false],
    ['not when there is no container', [], false],
    ['though another container never ran', [ended('load', 0), ended('report', null)], true],
    [
      'not when another was asked to stop, and none bears the name of the task',
      [ended('load', 0), ended('cache', 143)],
      false,
    ],
    ['not when its work was asked to stop after another was done', [ended('init', 0), ended('main', 143)], false],
    ['not when all were asked to stop', [ended('load', 143)], false],
    ['not when another was killed, which may be out of memory', [ended('load', 0), ended('cache', 137)], false],
    ['not when memory ran out, whatever the code', [ended('load', 0, 'OutOfMemoryError: killed')], false],
    ['not by its companions', [ended('load', 1), ended('fluent-bit', 0)], false],
    ['by its companions when it has nothing else', [ended('fluent-bit', 0)], true],
  ])('%s', (_, containers, succeeded) => {
    expect(haveSucceeded(containers)).toBe(succeeded);
  });

  it.each<[string, readonly Container[], boolean]>([
    ['when another was asked to stop then', [ended('load-orders', 0), ended('cache', 143)], true],
    ['when another was killed then', [ended('cache', 137), ended('load-orders', 0)], true],
    ['when another failed', [ended('load-orders', 0), ended('metrics', 2)], true],
    ['in other letters', [ended('Load_Orders', 0), ended('metrics', 2)], true],
    [
      'not when memory ran out in another',
      [ended('load-orders', 0), ended('cache', 137, 'OutOfMemoryError: no')],
      false,
    ],
    ['not when it was asked to stop', [ended('init', 0), ended('load-orders', 143)], false],
    ['not when it never ran', [ended('init', 0), ended('load-orders', null)], false],
    ['not when only a part of the name is its own', [ended('load', 0), ended('orders', 1)], false],
  ])('by the container that is named like its family: %s', (_, containers, succeeded) => {
    expect(haveSucceeded(containers, 'load-orders')).toBe(succeeded);
  });

  it.each([
    'aws-guardduty-agent-nm40lC',
    'ecs-service-connect-9xYz',
    '~internal~ecs~pause',
    'aws-otel-collector',
    'otel',
    'otel_collector',
    'adot-collector',
    'cloudwatch-agent',
    'datadog-agent',
    'envoy',
    'fluent-bit',
    'firelens',
    'log_router',
    'Log-Router',
    'xray-daemon',
  ])('whatever its companion %s came to', (name) => {
    expect(haveSucceeded([ended('load', 0), ended(name, 1, 'CannotPullContainerError: no')])).toBe(true);
    expect(haveSucceeded([ended('load', 1), ended(name, 0)])).toBe(false);
  });

  it.each(['datadog-export', 'envoy-load', 'otel-reports', 'my-aws-guardduty-agent-1', 'default'])(
    'not when %s failed, which is no companion',
    (name) => {
      expect(haveSucceeded([ended('load', 0), ended(name, 1)])).toBe(false);
    },
  );
});
