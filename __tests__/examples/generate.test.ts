import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleDay, generate } from '../../examples/generate';

test('the example day is what its script writes', () => {
  const written = readFileSync(join(__dirname, '..', '..', 'examples', 'day.jsonl'), 'utf8');

  expect(written.trimEnd().split('\n')).toEqual(exampleDay());
});

test('the example day holds what a day brings', () => {
  const day = exampleDay().join('\n');

  for (const something of [
    '_attempt_1',
    '"TIMEOUT"',
    '"STOPPED"',
    'NotifyDelayAfter',
    'Crawler Failed',
    'Sandbox.Timedout',
    '"trace":[',
    '"stackTrace":[',
    'ZeroReservedConcurrency',
    'JobRunState',
    'TIMED_OUT',
    'SubscriptionConfirmation',
    '"aws:s3"',
    '"aws:sqs"',
    'ErrorMessage',
    'Invocation Result',
    'ECS Task State Change',
    'Batch Job State Change',
    'EMR Step Status Change',
    'EMR Serverless Job Run Retry',
    'EMR Job Run State Change',
    'Athena Query State Change',
    'Redshift Data Statement Status Change',
    'Data Quality Evaluation Results Available',
    'DataBrew Job State Change',
    'AppFlow End Flow Run Report',
    'DataSync Task Execution State Change',
    'DMS Replication Task State Change',
    'SFTP Server File Upload Failed',
    'SageMaker Training Job State Change',
    'SageMaker Model Building Pipeline Execution Status Change',
    'Data Lake Task State Change',
  ]) {
    expect(day).toContain(something);
  }
});

test('the example day holds what alerts are about: repetitions, a failure inside another, and retries', () => {
  const events = exampleDay().flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  const glue = (job: string) => events.flatMap(({ detail }) => (detail?.jobName === job ? [detail] : []));
  const states = (job: string) => glue(job).map(({ state }) => state);
  const attempts = (job: string) => glue(job).map(({ jobRunId }) => /_attempt_\d+$/.exec(jobRunId)?.[0] ?? '');
  const closing = events.find(({ detail }) => detail?.stateMachineArn?.endsWith('month-close') && detail.cause);

  expect(states('vendor-prices')).toEqual(['FAILED', 'FAILED', 'FAILED', 'SUCCEEDED']);
  expect(states('fx-rates')).toEqual(['FAILED', 'FAILED', 'SUCCEEDED', 'FAILED']);
  expect(attempts('fx-rates')).toEqual(['', '_attempt_1', '', '']);
  expect(JSON.parse(closing?.detail.cause)).toMatchObject({ Id: glue('ledger-close')[0]?.jobRunId });
});

test('a stream has exactly as many lines as asked for, over a week, and is always the same', () => {
  const digest = () => {
    const hash = createHash('sha256');
    let lines = 0;
    for (const line of generate(5_000)) {
      hash.update(line);
      lines++;
    }
    return [lines, hash.digest('hex')];
  };

  expect(digest()).toEqual(digest());
  expect(digest()[0]).toEqual(5_000);
  expect([...generate(5_000)].some((line) => line.includes('2026-10-20'))).toEqual(true);
});
