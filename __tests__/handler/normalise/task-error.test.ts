import { readTaskError } from '../../../handler/normalise/task-error';

it('reads an event of 1 MiB of containers in no time', () => {
  const containers = Array.from({ length: 20_000 }, (_, at) => ({ name: 'envoy', exitCode: 1, reason: `no ${at}` }));
  const begun = performance.now();

  const error = readTaskError({ stoppedReason: 'x'.repeat(400_000), containers });

  expect(performance.now() - begun).toBeLessThan(15_000);
  expect(error?.error_message).toContain('envoy: no 1; exit code 1');
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

  it('names the containers that went wrong of their own accord, and keeps all in the details', () => {
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
        'load: OutOfMemoryError: Container killed due to memory usage; exit code 137 (out of memory or killed)',
      exception_details: [
        exited,
        'prepare: exit code 0',
        'load: OutOfMemoryError: Container killed due to memory usage; exit code 137 (out of memory or killed)',
        'report: never ran',
        'fluent-bit: exit code 1',
      ].join('\n'),
    });
  });

  it.each([
    ['a failure beside what ECS asked to stop', { load: 1, cache: 143 }, 'load: exit code 1'],
    ['a failure beside what ECS killed', { cache: 137, load: 1 }, 'load: exit code 1'],
    ['all failures, by name', { prepare: 2, load: 1 }, 'load: exit code 1; prepare: exit code 2'],
    ['a failure beside that of a companion', { 'fluent-bit': 1, load: 1 }, 'load: exit code 1'],
    ['what was killed beside what was asked', { a: 143, load: 137 }, 'load: exit code 137 (out of memory or killed)'],
    ['a companion that stopped the work', { load: 143, 'fluent-bit': 1 }, 'fluent-bit: exit code 1'],
    ['what was asked to stop, alone', { load: 143 }, 'load: exit code 143 (asked to stop)'],
  ])('is the same in every order: %s', (_, codes, message) => {
    const containers = Object.entries(codes).map(([name, exitCode]) => ({ name, exitCode }));
    const messages = [containers, containers.toReversed()].map(
      (them) => readTaskError({ stoppedReason: exited, containers: them })?.error_message,
    );

    expect(messages).toEqual([message, message]);
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
