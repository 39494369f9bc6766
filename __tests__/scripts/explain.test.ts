import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function explain(words: readonly string[]) {
  const env = { PATH: process.env['PATH'] };
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/explain.ts', ...words], {
    cwd: root,
    encoding: 'utf8',
    env,
  });
}

test('a failure in a file is explained by the configuration of this checkout, without an AWS account', () => {
  const file = join(folder, 'events.jsonl');
  const event = {
    version: '0',
    id: 'a1',
    source: 'aws.glue',
    account: '111122223333',
    region: 'eu-west-1',
    time: '2026-01-05T09:59:58Z',
    'detail-type': 'Glue Job State Change',
    detail: { jobName: 'orders_daily', jobRunId: 'jr_1', state: 'TIMEOUT', message: 'Timed out' },
  };
  const analyst = { ...event, source: 'aws.athena', 'detail-type': 'Athena Query State Change', detail: {} };
  writeFileSync(file, `${JSON.stringify(event)}\n${JSON.stringify(analyst)}\n`);

  const { status, stdout, stderr } = explain([file]);

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('1  glue_job orders_daily: timeout');
  expect(stdout).toContain('alert sent to slack_webhook');
  expect(stdout).toContain('2  aws.athena, Athena Query State Change');
  expect(stdout).toContain('Not looked at here: silences put in by hand');
});

test('a file that is not there is told, and ends with 2', () => {
  expect(explain([join(folder, 'missing.json')])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('there is no such file or folder'),
  });
});
