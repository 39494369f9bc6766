import type { Deployment, Stream } from './deployment';
import { type Access, allows } from './policy';
import { accessOf } from './terraform-access';
import type { Resource } from './terraform-json';
import { checkKeyPolicies } from './terraform-key-policies';
import { keyAccessOf, keyAccessOfStream } from './terraform-keys';
import type { Terraform } from './terraform-references';
import { needOfRole } from './terraform-roles';

type Flow = Pick<Deployment, 'rules' | 'topic' | 'subscriptions' | 'functions' | 'queues' | 'streams'>;

/**
 * Checks that everybody on the way of an event may do what it has to: EventBridge publish, SNS fill the queues, each
 * function reach what its variables name, Firehose write. Terraform deploys a stack that lacks a permission; events
 * would then vanish without an error in any of our logs.
 * @throws Error naming the resource, its policy and the access that is missing.
 */
export function checkPermissions(terraform: Terraform, flow: Flow): void {
  for (const rule of flow.rules) {
    for (const { topicArn, deadLetterArn } of rule.targets) {
      needTopic(terraform, topicArn);
      if (deadLetterArn) needQueue(terraform, deadLetterArn, { service: 'events.amazonaws.com', sourceArn: rule.arn });
    }
  }
  for (const { topicArn, queueArn, deadLetterArn } of flow.subscriptions) {
    for (const arn of [queueArn, ...(deadLetterArn ? [deadLetterArn] : [])]) {
      needQueue(terraform, arn, { service: 'sns.amazonaws.com', sourceArn: topicArn });
    }
  }
  checkKeyPolicies(terraform, flow);
  for (const resource of terraform.ofType('aws_lambda_function')) {
    const declared = flow.functions.find(({ name }) => name === terraform.text(resource, 'function_name'));
    if (declared) {
      const accesses = [...accessOf(terraform, declared, flow), ...keyAccessOf(terraform, resource, declared)];
      needOfRole(terraform, { resource, path: 'role', accesses, service: 'lambda.amazonaws.com' });
    }
  }
  for (const resource of terraform.ofType('aws_kinesis_firehose_delivery_stream')) {
    needOfStream(
      terraform,
      resource,
      flow.streams.find(({ name }) => name === terraform.text(resource, 'name')),
    );
  }
}

/** What Firehose does in the bucket and in the catalogue ("Controlling access", Firehose developer guide). */
function needOfStream(terraform: Terraform, resource: Resource, stream: Stream | undefined): void {
  const service = 'firehose.amazonaws.com';
  const bucketArn = terraform.text(resource, 'extended_s3_configuration.bucket_arn');
  const keys = [stream?.prefix, stream?.errorPrefix].map((prefix) => `${bucketArn}/${prefix?.replace(/!.*$/, '')}x`);
  const inBucket = [
    ...['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'].flatMap((action) =>
      keys.map((key) => ({ action, resource: key })),
    ),
    ...['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'].map((action) => ({
      action,
      resource: bucketArn,
    })),
  ];
  const withKey = [...inBucket, ...keyAccessOfStream(terraform, stream?.bucket ?? '')];
  needOfRole(terraform, { resource, path: 'extended_s3_configuration.role_arn', accesses: withKey, service });
  const table = terraform.ofType('aws_glue_catalog_table').find((it) => {
    const names = [terraform.text(it, 'database_name'), terraform.text(it, 'name')];
    return names.join() === [stream?.table.database, stream?.table.name].join();
  });
  const tableArn = table ? terraform.arn(table) : '';
  const database = tableArn.replace(/:table\/([^/]*)\/.*$/, ':database/$1');
  const catalogue = [tableArn, database, tableArn.replace(/:table\/.*$/, ':catalog')];
  const accesses = ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'].flatMap((action) =>
    catalogue.map((arn) => ({ action, resource: arn })),
  );
  const path = 'extended_s3_configuration.data_format_conversion_configuration.schema_configuration.role_arn';
  needOfRole(terraform, { resource, path, accesses, service });
}

/** EventBridge publishes to topics only under a statement without conditions (resource-based policies for EventBridge). */
function needTopic(terraform: Terraform, topicArn: string): void {
  const policies = terraform
    .ofType('aws_sns_topic_policy')
    .filter((policy) => terraform.text(policy, 'arn') === topicArn);
  const access = { action: 'sns:Publish', resource: topicArn, service: 'events.amazonaws.com' };
  need(terraform, { policies, access, whose: `the topic ${topicArn}` });
}

function needQueue(terraform: Terraform, queueArn: string, who: Required<Pick<Access, 'service' | 'sourceArn'>>): void {
  const queue = terraform.ofType('aws_sqs_queue').find((resource) => terraform.arn(resource) === queueArn);
  const url = queue ? terraform.url(queue) : null;
  const policies = terraform
    .ofType('aws_sqs_queue_policy')
    .filter((policy) => terraform.text(policy, 'queue_url') === url);
  const access = { action: 'sqs:SendMessage', resource: queueArn, ...who };
  need(terraform, { policies, access, whose: `the queue ${queueArn}` });
}

interface Need {
  readonly policies: readonly Resource[];
  readonly access: Access;
  /** Whose policies they are, as an error tells it. */
  readonly whose: string;
}

function need(terraform: Terraform, { policies, access, whose }: Need): void {
  const documents = policies.map((policy) => terraform.json(policy, 'policy'));
  if (!allows(documents, access)) {
    const { service, action, sourceArn } = access;
    const behalf = sourceArn ? ` for ${sourceArn}` : ' without conditions';
    const names = policies.map(({ address }) => address).join(', ') || 'there is none';
    throw new Error(`Terraform: the policy of ${whose} must allow ${service} ${action}${behalf} (${names})`);
  }
}
