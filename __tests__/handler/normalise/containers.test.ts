import { type Container, containersIn, haveSucceeded, readTaskError } from '../../../handler/normalise/containers';

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

it('reads an event of 1 MiB of containers in no time', () => {
  const containers = Array.from({ length: 20_000 }, (_, at) => ({ name: 'envoy', exitCode: 1, reason: `no ${at}` }));
  const begun = performance.now();

  const error = readTaskError({ stoppedReason: 'x'.repeat(400_000), containers });

  expect(performance.now() - begun).toBeLessThan(15_000);
  expect(error?.error_message).toContain('envoy: no 1; exit code 1');
});

describe('a task has succeeded', () => {
  it.each<[string, readonly Container[], boolean]>([
    ['when its container exited with 0', [ended('load', 0)], true],
    ['not when it exited with another code', [ended('load', 1)], false],
    ['not when one of several failed', [ended('prepare', 0), ended('load', 1)], false],
    ['not when its container never ran', [ended('load', null)], false],
    ['not when there is no container', [], false],
    ['though another container never ran', [ended('load', 0), ended('report', null)], true],
    ['though another was asked to stop then', [ended('load', 0), ended('cache', 143)], true],
    ['not when all were asked to stop', [ended('load', 143)], false],
    ['not when another was killed, which may be out of memory', [ended('load', 0), ended('cache', 137)], false],
    ['not when memory ran out, whatever the code', [ended('load', 0, 'OutOfMemoryError: killed')], false],
    ['not by its companions', [ended('load', 1), ended('fluent-bit', 0)], false],
    ['by its companions when it has nothing else', [ended('fluent-bit', 0)], true],
  ])('%s', (_, containers, succeeded) => {
    expect(haveSucceeded(containers)).toBe(succeeded);
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

describe('the reason of a failed task', () => {
  const exited = 'Essential container in task exited';

  it.each([
    [1, 'load: exit code 1'],
    [126, 'load: exit code 126 (the command cannot be executed)'],
    [127, 'load: exit code 127 (command not found)'],
    [137, 'load: exit code 137 (out of memory or killed)'],
    [139, 'load: exit code 139 (segmentation fault)'],
    [143, 'load: exit code 143 (asked to stop)'],
  ])('says what exit code %d means', (exitCode, message) => {
    const error = readTaskError({ stoppedReason: exited, containers: [{ name: 'load', exitCode }] });

    expect(error?.error_message).toBe(message);
  });

  it('names the containers that went wrong, those that decide first, and keeps all in the details', () => {
    const error = readTaskError({
      stoppedReason: exited,
      containers: [
        { name: 'fluent-bit', exitCode: 1 },
        { name: 'prepare', exitCode: 0 },
        { name: 'load', exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
        { name: 'report' },
      ],
    });

    expect(error).toEqual({
      error_type: 'OutOfMemoryError',
      error_message:
        'load: OutOfMemoryError: Container killed due to memory usage; exit code 137 (out of memory or killed); ' +
        'fluent-bit: exit code 1',
      exception_details: [
        exited,
        'prepare: exit code 0',
        'load: OutOfMemoryError: Container killed due to memory usage; exit code 137 (out of memory or killed)',
        'report: never ran',
        'fluent-bit: exit code 1',
      ].join('\n'),
    });
  });

  it('is not told twice when service and container say the same', () => {
    const reason = 'CannotPullContainerError: not found';

    const error = readTaskError({ statusReason: reason, container: { reason } }, 'TaskFailedToStart');

    expect(error).toMatchObject({ error_type: 'CannotPullContainerError', error_message: reason });
  });

  it('is of the class that the service gives, when no text holds one', () => {
    const error = readTaskError({ stoppedReason: exited, containers: [{ name: 'load', exitCode: 1 }] }, 'Exited');

    expect(error?.error_type).toBe('Exited');
  });

  it('is what the service says of every task, when nothing else is known', () => {
    expect(readTaskError({ stoppedReason: exited })?.error_message).toBe(exited);
  });

  it('is not there when nothing is said', () => {
    expect(readTaskError({ containers: [{ name: 'load', exitCode: 0 }, { name: 'report' }] })).toBeNull();
  });
});
