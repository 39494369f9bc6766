import type { DeployedObject, Deployment, FunctionDeclaration, QueueDeclaration, Rule } from './deployment';
import { readRules, readSubscriptions, readTopics, type Topic } from './terraform-capture';
import { valueAt } from './terraform-json';
import { checkPermissions } from './terraform-permissions';
import { readFunctions, readQueues } from './terraform-process';
import { readTerraform, type Terraform } from './terraform-references';
import { readSchedules } from './terraform-schedule';
import { readStreams } from './terraform-stream';
import { readTables } from './terraform-table';
import { readNamedQueries, readViews } from './terraform-view';

/**
 * Reads what is to be deployed from the synthesised `cdk.tf.json` of the monitoring stack.
 * @throws Error naming resource and attribute of anything that cannot be resolved, that AWS would refuse, or that would
 * lose events: a rule without target, a queue that nothing reads, a variable that names nothing.
 */
export function readDeployment(json: unknown): Deployment {
  const terraform = readTerraform(json);
  const topics = readTopics(terraform);
  const rules = readRules(terraform, topics);
  const topic = entryTopic(rules, topics);
  const queues = readQueues(terraform);
  const tables = readTables(terraform);
  const functions = readFunctions(terraform, queues);
  const deployment = {
    rules,
    schedules: readSchedules(terraform, functions),
    topic,
    subscriptions: readSubscriptions(terraform, topics).filter((subscription) => subscription.topicArn === topic.arn),
    queues,
    functions,
    streams: readStreams(terraform, tables),
    tables,
    views: readViews(terraform),
    queries: readNamedQueries(terraform),
    objects: readObjects(terraform),
    buckets: terraform.ofType('aws_s3_bucket').map((bucket) => terraform.text(bucket, 'bucket')),
    secrets: terraform
      .ofType('aws_secretsmanager_secret')
      .flatMap((secret) => [terraform.text(secret, 'name'), terraform.arn(secret)]),
  };
  checkFlow(deployment);
  for (const declared of deployment.functions) {
    checkVariables(deployment, declared);
  }
  checkPermissions(terraform, deployment);
  return deployment;
}

function entryTopic(rules: readonly Rule[], topics: readonly Topic[]): Topic {
  const arns = new Set(rules.flatMap((rule) => rule.targets.map((target) => target.topicArn)));
  const [topic, second] = topics.filter((it) => arns.has(it.arn));
  if (!topic || second) {
    throw new Error(
      'Terraform: all rules (aws_cloudwatch_event_rule) must feed one and the same topic (aws_sns_topic)',
    );
  }
  return topic;
}

function readObjects(terraform: Terraform): readonly DeployedObject[] {
  return terraform
    .ofType('aws_s3_object')
    .filter((resource) => valueAt(resource, 'content') !== undefined)
    .map((resource) => ({
      bucket: terraform.text(resource, 'bucket'),
      key: terraform.text(resource, 'key'),
      content: terraform.text(resource, 'content'),
    }));
}

/** Every subscribed queue must be read, and every function must be fed by the topic. */
function checkFlow({ subscriptions, queues, functions, topic }: Deployment): void {
  for (const { queueArn } of subscriptions) {
    const queue = queues.find((it) => it.arn === queueArn);
    if (!queue?.mapping) {
      throw new Error(
        `Terraform: the queue ${queue?.name ?? queueArn} is subscribed to ${topic.name}, but no function reads it`,
      );
    }
  }
  for (const { name, queueArn } of functions) {
    if (!subscriptions.some((subscription) => subscription.queueArn === queueArn)) {
      throw new Error(`Terraform: the function ${name} reads ${queueArn}, which is not subscribed to ${topic.name}`);
    }
  }
}

/** What each variable must name; the others are free text. */
function checkVariables(deployment: Deployment, declared: FunctionDeclaration): void {
  const { variables } = declared;
  const queue = deployment.queues.find((it) => it.arn === declared.queueArn) as QueueDeclaration;
  const objects = deployment.objects.filter((object) => object.bucket === variables['BUCKET']);
  const known: Readonly<Record<string, readonly string[]>> = {
    BUCKET: deployment.buckets,
    SETTINGS_KEY: objects.map((object) => object.key),
    QUEUE_URL: [queue.url],
    DELIVERY_STREAM: deployment.streams.map((stream) => stream.name),
    SECRET_ID: deployment.secrets,
    NOTIFICATION_PREFIX: deployment.tables.filter(({ format }) => format === 'json-lines').map(({ prefix }) => prefix),
  };
  for (const [name, value] of Object.entries(variables)) {
    const values = known[name];
    if (values && !values.includes(value)) {
      const right = values.length === 0 ? 'nothing of the kind is declared' : `declared is ${values.join(', ')}`;
      throw new Error(`Terraform: the function ${declared.name}: ${name} is ${value}, but ${right}`);
    }
  }
}
