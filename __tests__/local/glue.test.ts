import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { surveyInput } from '../../local/survey';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'glue-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function ended(jobName: string, jobRunId: string) {
  const detail = { jobName, jobRunId, state: 'FAILED' };
  return { source: 'aws.glue', 'detail-type': 'Glue Job State Change', time: '2026-03-01T10:00:00Z', detail };
}

async function survey(events: readonly unknown[]) {
  const file = join(folder, 'events.jsonl');
  writeFileSync(file, events.map((event) => JSON.stringify(event)).join('\n'));
  return surveyInput([file], Date.UTC(2026, 5, 1));
}

test('a job makes as many retries as any of its runs was seen to make', async () => {
  const { glue } = await survey([
    ended('orders', 'jr_1'),
    ended('orders', 'jr_2_attempt_2'),
    ended('orders', 'jr_3_attempt_1'),
    ended('stock', 'jr_4'),
  ]);

  expect(['orders', 'stock', 'unheard-of'].map((job) => glue.getJob(job))).toEqual([
    { maxRetries: 2 },
    { maxRetries: 0 },
    null,
  ]);
});

test('an attempt is known when it, or one after it, is anywhere in the input', async () => {
  const { glue } = await survey([ended('orders', 'jr_1'), ended('orders', 'jr_2_attempt_2')]);
  const ids = ['jr_1', 'jr_1_attempt_1', 'jr_2', 'jr_2_attempt_1', 'jr_2_attempt_2', 'jr_2_attempt_3', 'jr_3'];

  const known = ids.filter((id) => glue.getJobRun('orders', id) !== null);

  expect(known).toEqual(['jr_1', 'jr_2', 'jr_2_attempt_1', 'jr_2_attempt_2']);
  expect(glue.getJobRun('stock', 'jr_1')).toBeNull();
});

test('runs are found in whatever wraps their events', async () => {
  const message = JSON.stringify(ended('orders', 'jr_1_attempt_1'));
  const sns = { Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-1:123456789012:t', Message: message };
  const sqs = { messageId: 'm', receiptHandle: 'r', eventSource: 'aws:sqs', body: JSON.stringify(sns) };

  const { glue, firstAt } = await survey(['hello', { Records: [sqs] }, { Records: [{ Sns: { Message: message } }] }]);

  expect(glue.getJob('orders')).toEqual({ maxRetries: 1 });
  expect(firstAt).toBeNull();
});

test('events of another service are none of a job', async () => {
  const { glue, firstAt } = await survey([{ ...ended('orders', 'jr_1_attempt_1'), source: 'aws.batch' }]);

  expect(glue.getJob('orders')).toBeNull();
  expect(firstAt).toEqual(Date.parse('2026-03-01T10:00:00Z'));
});
