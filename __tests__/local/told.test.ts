import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLocally } from '../../local/main';
import { openOutput } from '../../local/output';
import { smallStack, type TerraformJson, withChange } from './terraform-fixture';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'told-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function ended(run: string, state: string, time: string, message = 'no such bucket') {
  const detail = { jobName: 'orders', jobRunId: run, state, message };
  const place = { account: '123456789012', region: 'eu-west-1', resources: [] };
  const at = `2026-03-01T${time}Z`;
  return {
    id: `${run} ${state}`,
    source: 'aws.glue',
    'detail-type': 'Glue Job State Change',
    time: at,
    ...place,
    detail,
  };
}

async function run(events: readonly unknown[], stack: TerraformJson = smallStack()) {
  writeFileSync(join(folder, 'events.jsonl'), events.map((event) => JSON.stringify(event)).join('\n'));
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(stack));
  const summary = await runLocally({
    terraform: join(folder, 'cdk.tf.json'),
    events: join(folder, 'events.jsonl'),
    output: openOutput(join(folder, 'out')),
    print: () => {},
    realNow: Date.UTC(2026, 5, 1),
  });
  const bodies = readFileSync(join(folder, 'out', 'slack.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean);
  return { summary, texts: bodies.map((body) => String(JSON.parse(body).text)) };
}

test('a failed attempt that Glue tries again is a row, and nobody is told', async () => {
  const { summary, texts } = await run([
    ended('jr_1', 'FAILED', '10:00:00'),
    ended('jr_1_attempt_1', 'SUCCEEDED', '11:30:00'),
  ]);

  expect(summary).toMatchObject({ rows: 2, messages: 0, alerts: 0, problems: [] });
  expect(texts).toEqual([]);
});

test('a retry that never comes is told by the clock, though no event follows', async () => {
  const { summary, texts } = await run([
    ended('jr_1', 'FAILED', '10:00:00'),
    ended('jr_1_attempt_1', 'SUCCEEDED', '10:05:00'),
    ended('jr_2', 'FAILED', '12:00:00'),
  ]);

  expect(summary).toMatchObject({ messages: 1, alerts: 1, recoveries: 0, problems: [] });
  expect(texts).toEqual([expect.stringContaining('orders')]);
});

test('a repetition is counted, and reminded of when the clock says so', async () => {
  const { summary, texts } = await run([
    ended('jr_1', 'FAILED', '10:00:00'),
    ended('jr_2', 'FAILED', '10:20:00'),
    ended('jr_3', 'FAILED', '10:40:00'),
    ended('jr_4', 'SUCCEEDED', '13:00:00'),
  ]);

  expect(summary).toMatchObject({ messages: 3, alerts: 1, suppressed: 2, reminders: 1, recoveries: 1, problems: [] });
  expect(texts[1]).toContain('2');
});

test('the run does not wait for a reminder that is due long after the last event', async () => {
  const { summary } = await run([ended('jr_1', 'FAILED', '10:00:00'), ended('jr_2', 'FAILED', '10:20:00')]);

  expect(summary).toMatchObject({ messages: 1, alerts: 1, suppressed: 1, reminders: 0, problems: [] });
});

test('the ledger and what is remembered of tasks lie where the Terraform says', async () => {
  await run([ended('jr_1', 'FAILED', '10:00:00')]);

  expect(existsSync(join(folder, 'out/lake/monitor/notification/dt=2026-03-01'))).toBe(true);
  expect(existsSync(join(folder, 'out/incident'))).toBe(true);
  expect(existsSync(join(folder, 'out/cause'))).toBe(false);
});

test('the channel of a route has a webhook of its own', async () => {
  const route = { name: 'routes[0]', match: {}, channel: 'orders team', severity: 'error', cooldownSeconds: 60 };
  const settings = JSON.stringify({ alertOn: ['failed'], routes: [route] });

  const { summary } = await run(
    [ended('jr_1', 'FAILED', '10:00:00')],
    withChange('aws_s3_object/settings/content', settings),
  );

  expect(summary).toMatchObject({ alerts: 1, unconfigured: 0, problems: [] });
  expect(readFileSync(join(folder, 'out', 'slack.jsonl'), 'utf8')).not.toContain('holds no webhook');
});

test('a ledger that says what its column cannot hold is an error, as in Athena', async () => {
  const type = 'aws_glue_catalog_table/notification/storage_descriptor/columns/0/type';

  await expect(run([ended('jr_1', 'FAILED', '10:00:00')], withChange(type, 'bigint'))).rejects.toThrow(
    /alert_id|INT64/,
  );
});

test('the calls of the clock that a stack repeats when they fail are told', async () => {
  const attempts = 'aws_lambda_function_event_invoke_config/tick/maximum_retry_attempts';

  const { summary } = await run([ended('jr_1', 'FAILED', '10:00:00')], withChange(attempts, undefined));

  expect(summary.problems).toEqual([
    'a call of the rule tick that failed is repeated 2 times, beside the calls that come anyway',
  ]);
});
