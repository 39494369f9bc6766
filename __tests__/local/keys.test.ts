import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLocally } from '../../local/main';
import { openOutput } from '../../local/output';
import { readDeployment } from '../../local/terraform';
import { monitoringOf, ref } from '../infra/stacks';

const encrypted = monitoringOf({ encryption: 'customer-managed' }).text;

/** The encrypted stack with a text of its policies or attributes replaced, which must be there. */
function stackWith(text: string | RegExp, other: string): unknown {
  const changed = encrypted.replaceAll(text, other);
  if (changed === encrypted) throw new Error(`Nothing like ${text} in the Terraform`);
  return JSON.parse(changed);
}

/** As a policy stands in Terraform's JSON: quotation marks are escaped twice. */
function quoted(json: string): string {
  return JSON.stringify(json).slice(1, -1);
}

const uses = quoted(`"Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"${ref('aws_kms_key.key.arn')}"`);

test('a stack with a key of its own is read like any other', () => {
  expect(readDeployment(JSON.parse(encrypted)).functions).toEqual(
    readDeployment(JSON.parse(monitoringOf().text)).functions,
  );
});

test.each([
  [
    'a function that may not read with the key',
    uses,
    uses.replace('kms:Decrypt', 'kms:Encrypt'),
    /process_notify_function: role .*notify-eu-central-1 must allow kms:Decrypt on arn:aws:kms:/,
  ],
  [
    'functions that may not write with the key',
    uses,
    uses.replace('kms:GenerateDataKey', 'kms:Encrypt'),
    /process_notify_function: role .*notify-eu-central-1 must allow kms:GenerateDataKey on arn:aws:kms:/,
  ],
  [
    'a key that keeps EventBridge out',
    quoted('{"Service":"events.amazonaws.com"},"Action":["kms:GenerateDataKey*","kms:Decrypt"]'),
    quoted('{"Service":"events.amazonaws.com"},"Action":["kms:Decrypt"]'),
    /aws_kms_key\.key: policy must allow events\.amazonaws\.com kms:GenerateDataKey without conditions: it sends to .*sns/,
  ],
  [
    'a key that lets EventBridge in on a condition',
    quoted('"Sid":"EventBridge","Principal":{"Service":"events.amazonaws.com"},"Action":["kms'),
    quoted(
      '"Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}},"Principal":{"Service":"events.amazonaws.com"},"Action":["kms',
    ),
    /policy must allow events\.amazonaws\.com kms:GenerateDataKey without conditions/,
  ],
  [
    'a key that lets another topic in',
    quoted('"aws:SourceArn":"arn:aws:sns:eu-central-1:111122223333:dl-monitor-sns"'),
    quoted('"aws:SourceArn":"arn:aws:sns:eu-central-1:111122223333:another"'),
    /policy must allow sns\.amazonaws\.com kms:GenerateDataKey for .*dl-monitor-sns: it sends to .*monitoring-notify/,
  ],
  [
    'a key that leaves nothing to IAM',
    quoted('"Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*"'),
    quoted('"Principal":{"AWS":"arn:aws:iam::111122223333:role/admin"},"Action":"kms:*"'),
    /policy must allow arn:aws:iam::111122223333:root kms:Decrypt, or no policy of a role counts/,
  ],
  [
    'a key that keeps alarms out',
    quoted('{"Service":"cloudwatch.amazonaws.com"},"Action":["kms:GenerateDataKey*","kms:Decrypt"]'),
    quoted('{"Service":"cloudwatch.amazonaws.com"},"Action":["kms:GenerateDataKey*"]'),
    /policy must allow cloudwatch\.amazonaws\.com kms:Decrypt for arn:aws:cloudwatch:.*: it sends to .*-alarms$/,
  ],
  [
    'a key that lets alarms of another account in',
    quoted('"Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}'),
    quoted('"Condition":{"StringEquals":{"aws:SourceAccount":"444455556666"}}'),
    /policy must allow cloudwatch\.amazonaws\.com kms:GenerateDataKey for arn:aws:cloudwatch:/,
  ],
  [
    'a key that keeps CloudWatch Logs out',
    quoted('"logs.eu-central-1.amazonaws.com"'),
    quoted('"logs.amazonaws.com"'),
    /policy must allow logs\.eu-central-1\.amazonaws\.com kms:Encrypt for arn:aws:logs:.*:log-group:.*: it keeps its lines$/,
  ],
  [
    'a key that misses a log group',
    quoted(':log-group:/aws/kinesisfirehose/'),
    quoted(':log-group:/aws/firehose/'),
    /policy must allow logs\.eu-central-1\.amazonaws\.com kms:Encrypt for arn:aws:logs:.*:\/aws\/kinesisfirehose\//,
  ],
  [
    'a topic with a key from elsewhere',
    `"kms_master_key_id": "${ref('aws_kms_key.key.arn')}"`,
    '"kms_master_key_id": "alias/aws/sns"',
    /kms_master_key_id is alias\/aws\/sns, which is no aws_kms_key of this stack/,
  ],
])('%s is told', (_what, text, other, message) => {
  expect(() => readDeployment(stackWith(text, other))).toThrow(message);
});

test.each([
  ['keys of AWS', monitoringOf().text],
  ['a key of its own', encrypted],
])('a run of the stack with %s writes the row and posts the alert', async (_what, terraform) => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  const path = (name: string) => join(folder, name);
  const detail = { jobName: 'orders', jobRunId: 'jr_1', state: 'FAILED', message: 'no such bucket' };
  const event = { id: 'e-1', source: 'aws.glue', 'detail-type': 'Glue Job State Change', detail };
  const place = { account: '111122223333', region: 'eu-central-1', time: '2026-03-01T10:00:00Z', resources: [] };
  writeFileSync(path('events.jsonl'), JSON.stringify({ ...event, ...place }));
  writeFileSync(path('cdk.tf.json'), terraform);
  try {
    const summary = await runLocally({
      terraform: path('cdk.tf.json'),
      events: path('events.jsonl'),
      output: openOutput(path('out')),
      print: () => undefined,
      realNow: Date.UTC(2026, 5, 1),
    });

    expect(summary).toMatchObject({ rows: 1, alerts: 1, problems: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
