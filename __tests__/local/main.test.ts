import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLocally } from '../../local/main';
import { openOutput } from '../../local/output';
import { ref, smallStack, type TerraformJson, withChange } from './terraform-fixture';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function glueJob(id: string, state: string, time = '2026-03-01T10:00:00Z') {
  const detail = { jobName: 'orders', jobRunId: `jr_${id}`, state, message: 'no such bucket' };
  const place = { account: '123456789012', region: 'eu-west-1', resources: [] };
  return { id, 'detail-type': 'Glue Job State Change', source: 'aws.glue', time, ...place, detail };
}

async function run(events: readonly unknown[], stack: TerraformJson = smallStack()) {
  const lines = events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event)));
  writeFileSync(join(folder, 'events.jsonl'), lines.join('\n'));
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(stack));
  const printed: string[] = [];
  const summary = await runLocally({
    terraform: join(folder, 'cdk.tf.json'),
    events: join(folder, 'events.jsonl'),
    output: openOutput(join(folder, 'out')),
    print: (text) => printed.push(text),
    realNow: Date.UTC(2026, 5, 1),
  });
  return { summary, printed: printed.join('') };
}

test('every event is accounted for: a row, a duplicate, dropped by the rules, or in quarantine', async () => {
  const failed = glueJob('e-2', 'FAILED');
  const { summary, printed } = await run([
    glueJob('e-1', 'SUCCEEDED'),
    failed,
    failed,
    { ...failed, 'detail-type': 'Glue Data Catalog Table State Change' },
    'hello',
    { Records: [{ Sns: { Message: JSON.stringify(glueJob('e-3', 'SUCCEEDED')) } }] },
  ]);

  expect(summary).toEqual({
    read: 6,
    dropped: 1,
    dropped_by: { 'aws.glue: Glue Data Catalog Table State Change': 1 },
    idle_rules: {},
    rows: 3,
    duplicates: 1,
    corrected: 0,
    quarantined: 1,
    messages: 1,
    alerts: 1,
    recoveries: 0,
    reminders: 0,
    suppressed: 0,
    folded: 0,
    silenced: 0,
    unconfigured: 0,
    failed: 0,
    unsettled: 0,
    dead_letters: 0,
    dead_letters_by: {},
    refused_by: {},
    unconverted_records: 0,
    values_without_column_by: {},
    failed_invocations: 0,
    problems: [],
  });
  expect(JSON.parse(readFileSync(join(folder, 'out', 'summary.json'), 'utf8'))).toEqual(summary);
  expect(printed).toContain('no such bucket');
  expect(readFileSync(join(folder, 'out', 'slack.jsonl'), 'utf8')).not.toContain('hooks.slack.com');
});

test('two runs over the same events leave the same', async () => {
  const events = [glueJob('e-1', 'FAILED'), 'hello', glueJob('e-2', 'SUCCEEDED', '2026-03-02T10:00:00Z')];

  const first = await run(events);
  const second = await run(events);

  expect(second).toEqual(first);
});

test('JSON that is nested without end goes to quarantine, and the others are unharmed', async () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const inEnvelope = `{"Records":[{"Sns":{"Message":"hello","other":${deep}}}]}`;

  const { summary } = await run([glueJob('e-1', 'SUCCEEDED'), `{"detail":${deep}}`, `[${deep}]`, inEnvelope]);

  expect(summary).toMatchObject({ read: 4, rows: 1, quarantined: 3, problems: [] });
});

test('input that tells no time is read at the time of the machine', async () => {
  const { summary } = await run(['hello', '{"cut":']);

  expect(summary).toMatchObject({ read: 2, quarantined: 2, problems: [] });
});

test('an event that is too large for the topic is missing, and told', async () => {
  const { summary, printed } = await run([{ ...glueJob('e-1', 'FAILED'), padding: 'x'.repeat(300_000) }]);

  expect(summary.problems).toEqual([
    '1 missing: read 1, but dropped 0 + quarantined 0 + rows 0 + duplicates 0 = 0',
    expect.stringMatching(/^1 refused by the topic: InvalidParameter/),
  ]);
  expect(printed).toContain('Not right: 1 missing');
});

test('rows that the table of the Terraform cannot hold are told', async () => {
  const type = 'aws_glue_catalog_table/state/storage_descriptor/columns/2/type';

  const { summary } = await run([glueJob('e-1', 'SUCCEEDED')], withChange(type, 'bigint'));

  expect(summary.problems).toContain('1 refused by the conversion to Parquet; they lie under the error prefix');
});

test('what the table of the Terraform has no column for is told by its key', async () => {
  const name = 'aws_glue_catalog_table/state/storage_descriptor/columns/8/name';

  const { summary } = await run([glueJob('e-1', 'FAILED'), 'hello'], withChange(name, 'error_text'));

  expect(summary).toMatchObject({ rows: 1, values_without_column_by: { 'state: error_message': 1 } });
  expect(summary.problems).toEqual([
    '1 values without a column in the Glue table, dropped by Firehose: state: error_message',
  ]);
});

test('rows outside of the days that the table projects are missing, as in Athena', async () => {
  const range = 'aws_glue_catalog_table/state/parameters/projection.dt.range';

  const { summary } = await run([glueJob('e-1', 'SUCCEEDED')], withChange(range, '2026-03-02,NOW+1DAY'));

  expect(summary.problems).toEqual(['1 missing: read 1, but dropped 0 + quarantined 0 + rows 0 + duplicates 0 = 0']);
});

test('two rules that take the same event show up as a row too many', async () => {
  const stack = smallStack();
  const { aws_cloudwatch_event_rule: rules, aws_cloudwatch_event_target: targets } = stack.resource;
  Object.assign(rules ?? {}, { again: { ...rules?.['glue'], name: 'again' } });
  Object.assign(targets ?? {}, { again: { ...targets?.['glue'], rule: 'again' } });

  const { summary } = await run([glueJob('e-1', 'SUCCEEDED')], stack);

  expect(summary.problems).toEqual(['1 too many: read 1, but dropped 0 + quarantined 0 + rows 1 + duplicates 1 = 2']);
});

test('what cannot be kept is tried again until it is a dead letter, and the others are unharmed', async () => {
  const prefix = 'aws_lambda_function/persist/environment/variables/QUARANTINE_PREFIX';

  const { summary } = await run(['hello', glueJob('e-1', 'SUCCEEDED')], withChange(prefix, 'quarantine//'));

  expect(summary).toMatchObject({ read: 2, rows: 1, quarantined: 0, dead_letters_by: { 'persist-dead': 1 } });
  expect(summary.problems).toContain('1 in dead-letter queues');
});

test('a message that is larger than its queue takes is a dead letter of the subscription', async () => {
  const { summary } = await run([glueJob('e-1', 'FAILED')], withChange('aws_sqs_queue/notify/max_message_size', 100));

  expect(summary).toMatchObject({ rows: 1, alerts: 0, dead_letters_by: { undelivered: 1 } });
  expect(summary.problems).toEqual(['1 in dead-letter queues']);
});

test.each([
  ['a rule that is disabled', 'state', 'DISABLED', 'it is disabled'],
  ['a rule that is not enabled', 'is_enabled', false, 'it is disabled'],
  ['a rule elsewhere', 'event_bus_name', 'orders', 'it is on the event bus orders'],
])('%s gets nothing, and is named', async (_what, attribute, value, why) => {
  const stack = withChange(`aws_cloudwatch_event_rule/glue/${attribute}`, value);

  const { summary, printed } = await run([glueJob('e-1', 'FAILED')], stack);

  expect(summary).toMatchObject({ rows: 0, dropped: 1, idle_rules: { 'glue-job': why } });
  expect(printed).toContain(`glue-job: ${why}`);
});

const ownDeadLetters = `{"deadLetterTargetArn":"${ref('aws_sqs_queue.persist.arn')}","maxReceiveCount":3}`;
const brokenSql = "SELECT date_parse('yesterday') FROM state";
test.each([
  ['a queue', 'aws_sqs_queue/persist/redrive_policy', undefined, 'the queue persist has no dead-letter queue'],
  ['a circle', 'aws_sqs_queue/persist/redrive_policy', ownDeadLetters, 'the queue persist has no dead-letter queue of'],
  [
    'a subscription',
    'aws_sns_topic_subscription/notify/redrive_policy',
    undefined,
    'the subscription of the queue notify has no dead-letter queue',
  ],
  [
    'a target',
    'aws_cloudwatch_event_target/glue/dead_letter_config',
    undefined,
    'the target of the rule glue-job has no dead-letter queue',
  ],
  [
    'a short visibility',
    'aws_sqs_queue/persist/visibility_timeout_seconds',
    364,
    'the queue persist hides messages for',
  ],
  ['a named query', 'aws_athena_named_query/reliability/query', brokenSql, 'the named query reliability fails: '],
])('%s that only fails when it is needed is told', async (_what, path, value, problem) => {
  const { summary, printed } = await run([glueJob('e-1', 'SUCCEEDED')], withChange(path, value));

  expect(summary.problems).toEqual([expect.stringContaining(problem)]);
  expect(printed).toContain(`Not right: ${problem}`);
});
