import type { Deployment } from './deployment';
import { type Access, allows, grantsTo } from './policy';
import { fault, type Resource } from './terraform-json';
import { keyAt, resourceByArn } from './terraform-keys';
import type { Terraform } from './terraform-references';

type Flow = Pick<Deployment, 'rules' | 'subscriptions'>;

/** Who sends to something that a key encrypts. */
interface Sender extends Pick<Access, 'sourceArn'> {
  /** What is sent to, by its ARN. */
  readonly to: string;
  readonly service: string;
}

/** What must be allowed on a key, and to whom. */
interface Need extends Omit<Access, 'action' | 'resource'> {
  readonly actions: readonly string[];
}

/** What a service that sends to a topic or a queue does with the key. */
const sends = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** What CloudWatch Logs does with the key of a log group ("Encrypt log data", CloudWatch Logs user guide). */
const keepsLogs = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:DescribeKey',
];

/**
 * Checks that the policies of the keys let services send to what they encrypt, and leave the rest to IAM.
 * @throws Error naming the key and what its policy must allow.
 */
export function checkKeyPolicies(terraform: Terraform, flow: Flow): void {
  for (const key of terraform.ofType('aws_kms_key')) needAccount(terraform, key);
  for (const sender of [...eventsOf(flow), ...deliveriesOf(flow), ...alarmsOf(terraform)]) needKey(terraform, sender);
  for (const group of terraform.ofType('aws_cloudwatch_log_group')) needLogs(terraform, group);
}

function eventsOf({ rules }: Flow): readonly Sender[] {
  const service = 'events.amazonaws.com';
  return rules.flatMap(({ arn, targets }) =>
    targets.flatMap(({ topicArn, deadLetterArn }): readonly Sender[] => [
      { to: topicArn, service },
      ...(deadLetterArn === null ? [] : [{ to: deadLetterArn, service, sourceArn: arn }]),
    ]),
  );
}

function deliveriesOf({ subscriptions }: Flow): readonly Sender[] {
  return subscriptions.flatMap(({ topicArn, queueArn, deadLetterArn }) =>
    [queueArn, ...(deadLetterArn === null ? [] : [deadLetterArn])].map((to) => {
      return { to, service: 'sns.amazonaws.com', sourceArn: topicArn };
    }),
  );
}

function alarmsOf(terraform: Terraform): readonly Sender[] {
  return terraform
    .ofType('aws_cloudwatch_metric_alarm')
    .flatMap((alarm) =>
      ['alarm_actions', 'ok_actions', 'insufficient_data_actions']
        .flatMap((path) => Object.values(terraform.texts(alarm, path)))
        .map((to) => ({ to, service: 'cloudwatch.amazonaws.com', sourceArn: terraform.arn(alarm) })),
    );
}

function needAccount(terraform: Terraform, key: Resource): void {
  const root = terraform.arn(key).replace(/:kms:.*?:(\d+):.*$/, ':iam::$1:root');
  const action = 'kms:Decrypt';
  if (!allows([grantsTo(terraform.json(key, 'policy'), root)], { action, resource: terraform.arn(key) })) {
    throw fault(key, 'policy', `must allow ${root} ${action}, or no policy of a role counts`);
  }
}

function needKey(terraform: Terraform, { to, ...who }: Sender): void {
  const receiver = resourceByArn(terraform, 'aws_sqs_queue', to) ?? resourceByArn(terraform, 'aws_sns_topic', to);
  const key = keyAt(terraform, receiver, 'kms_master_key_id');
  if (key === null) return;
  const missing = missingOf(terraform, key, { actions: sends, ...who });
  if (missing !== undefined) {
    const behalf = who.sourceArn === undefined ? 'without conditions' : `for ${who.sourceArn}`;
    throw fault(key, 'policy', `must allow ${who.service} ${missing} ${behalf}: it sends to ${to}`);
  }
}

function needLogs(terraform: Terraform, group: Resource): void {
  const key = keyAt(terraform, group, 'kms_key_id');
  if (key === null) return;
  const arn = terraform.arn(group);
  const [, partition, , region] = arn.split(':');
  const service = `logs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
  const context = { 'kms:EncryptionContext:aws:logs:arn': arn };
  const missing = missingOf(terraform, key, { actions: keepsLogs, service, context });
  if (missing !== undefined)
    throw fault(key, 'policy', `must allow ${service} ${missing} for ${arn}: it keeps its lines`);
}

/** The first action that the policy of a key does not allow; undefined where it allows them all. */
function missingOf(terraform: Terraform, key: Resource, { actions, ...who }: Need): string | undefined {
  const policy = terraform.json(key, 'policy');
  return actions.find((action) => !allows([policy], { action, resource: terraform.arn(key), ...who }));
}
