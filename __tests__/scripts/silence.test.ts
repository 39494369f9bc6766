import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

function silence(words: readonly string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/silence.ts', ...words], {
    cwd: join(__dirname, '..', '..'),
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      ACCOUNT: '111122223333',
      REGION: 'eu-west-1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
}

test('what is wrong with a silence is told before anything is asked of AWS, and ends with 2', () => {
  const { status, stdout, stderr } = silence(['--service', 'glue_jobs', '--for', '2h']);

  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringContaining('Did you mean "glue_job"?'),
    expect.stringContaining('--reason is missing'),
  ]);
});

test('without arguments it says how it is called', () => {
  expect(silence([])).toMatchObject({ status: 2, stdout: expect.stringContaining('Usage: npm run silence') });
});
