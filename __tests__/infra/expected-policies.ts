/** What the policies of an installation depend on. */
export interface Expectation {
  /** Put in front of every name, `team-a-` or nothing. */
  readonly prefix: string;
  /** The sources that have a rule. */
  readonly sources: readonly string[];
  /** Whether there is a key of the account. */
  readonly keyed: boolean;
}

type Expected = Readonly<Record<string, readonly string[]>>;

const place = 'eu-central-1:111122223333';
const bucket = 'aws_s3_bucket.lake_bucket.arn';
const topic = 'aws_sns_topic.capture_topic.arn';
const root = 'arn:aws:iam::111122223333:root';
const sends = 'kms:GenerateDataKey*, kms:Decrypt on *';

/** Every policy of the stack `monitoring`, each statement as a sentence (`sentenceOf`), written by hand. */
export function expectedPolicies(expectation: Expectation): Expected {
  return { ...ofTopics(), ...ofQueues(expectation), ...ofBucket(), ...ofRoles(expectation), ...ofKey(expectation) };
}

/** Every policy of the stack `registry`. */
export const expectedRegistryPolicies: Expected = {
  'aws_ecr_repository_policy.policy.policy': [
    'Allow lambda.amazonaws.com: ecr:BatchGetImage, ecr:GetDownloadUrlForLayer if StringLike aws:sourceArn = arn:aws:lambda:eu-central-1:111122223333:function:*',
  ],
};

function ofTopics(): Expected {
  return {
    'aws_sns_topic_policy.capture_topic_policy.policy': [
      `Allow events.amazonaws.com: sns:Publish on ${topic}`,
      `Allow ${root}: sns:Publish, sns:Subscribe, sns:GetTopicAttributes on ${topic}`,
      tlsOnly('sns:Publish', topic),
    ],
    'aws_sns_topic_policy.watch_topic_policy.policy': [
      'Allow cloudwatch.amazonaws.com: sns:Publish on aws_sns_topic.watch_topic.arn if StringEquals aws:SourceAccount = 111122223333',
      tlsOnly('sns:Publish', 'aws_sns_topic.watch_topic.arn'),
    ],
  };
}

function ofQueues({ sources }: Expectation): Expected {
  const rules = sources.map((source) => `aws_cloudwatch_event_rule.capture_rules_${source}.arn`).join(' or ');
  const fedBy = (service: string, queue: string, from: string) => [
    `Allow ${service}: sqs:SendMessage on ${queue} if ArnEquals aws:SourceArn = ${from}`,
    tlsOnly('sqs:*', queue),
  ];
  const queue = (id: string) => `aws_sqs_queue.capture_${id}.arn`;
  const feeds = ['persist', 'notify'].map((name) => ({
    [policy(`${name}_queue`)]: fedBy('sns.amazonaws.com', queue(`${name}_queue`), topic),
    [policy(`${name}_undelivered`)]: fedBy('sns.amazonaws.com', queue(`${name}_undelivered`), topic),
    // SQS itself moves dead letters, and asks the redrive policies.
    [policy(`${name}_dead_letters`)]: [tlsOnly('sqs:*', queue(`${name}_dead_letters`))],
  }));
  const ofRules = { [policy('rules_undelivered')]: fedBy('events.amazonaws.com', queue('rules_undelivered'), rules) };
  return Object.assign({}, ...feeds, ofRules) as Expected;
}

function policy(queueId: string): string {
  return `aws_sqs_queue_policy.capture_${queueId}_policy.policy`;
}

function ofBucket(): Expected {
  return { 'aws_s3_bucket_policy.lake_bucket_policy.policy': [tlsOnly('s3:*', `${bucket} and ${bucket}/*`)] };
}

function ofRoles({ prefix, keyed }: Expectation): Expected {
  const withKey = (...actions: readonly string[]) =>
    keyed ? [`Allow: ${actions.join(', ')} on aws_kms_key.key.arn`] : [];
  const database = `${prefix}monitor`.replaceAll('-', '_');
  const glue = `arn:aws:glue:${place}`;
  const log = 'aws_cloudwatch_log_group.lake_firehose_log.arn';
  const functionTrust = ['Allow lambda.amazonaws.com: sts:AssumeRole'];
  return {
    // Lambda takes a role on for functions only that somebody of the account was let make with it (iam:PassRole).
    'aws_iam_role.process_persist_role.assume_role_policy': functionTrust,
    'aws_iam_role.process_notify_role.assume_role_policy': functionTrust,
    'aws_iam_role.lake_firehose_role.assume_role_policy': [
      'Allow firehose.amazonaws.com: sts:AssumeRole if StringEquals aws:SourceAccount = 111122223333',
    ],
    'aws_iam_role_policy.process_persist_role_policy.policy': [
      ...ofFunction('persist'),
      `Allow: s3:PutObject on ${bucket}/quarantine/*`,
      'Allow: firehose:PutRecordBatch on aws_kinesis_firehose_delivery_stream.lake_firehose_stream.arn',
      `Allow: glue:GetJobRun, glue:GetJob on ${glue}:job/*`,
      ...withKey('kms:Decrypt', 'kms:GenerateDataKey'),
    ],
    'aws_iam_role_policy.process_notify_role_policy.policy': [
      ...ofFunction('notify'),
      'Allow: firehose:PutRecordBatch on aws_kinesis_firehose_delivery_stream.lake_firehose_stream.arn',
      'Allow: secretsmanager:GetSecretValue on aws_secretsmanager_secret.alert_secret.arn',
      `Allow: s3:GetObject, s3:PutObject on ${bucket}/monitor/notification/* and ${bucket}/incident/* and ${bucket}/cause/*`,
      `Allow: s3:GetObject on ${bucket}/silence/*`,
      `Allow: s3:ListBucket on ${bucket} if StringLike s3:prefix = incident/* or silence/*`,
      `Allow: glue:GetJobRun, glue:GetJob on ${glue}:job/*`,
      ...withKey('kms:Decrypt', 'kms:GenerateDataKey'),
    ],
    'aws_iam_role_policy.lake_firehose_role_policy.policy': [
      `Allow: s3:GetBucketLocation, s3:ListBucket, s3:ListBucketMultipartUploads on ${bucket}`,
      `Allow: s3:PutObject, s3:GetObject, s3:AbortMultipartUpload on ${bucket}/monitor/state/* and ${bucket}/firehose-errors/*`,
      `Allow: glue:GetTable, glue:GetTableVersion, glue:GetTableVersions on ${glue}:catalog and ${glue}:database/${database} and aws_glue_catalog_table.lake_state.arn`,
      `Allow: logs:PutLogEvents on ${log}:log-stream:aws_cloudwatch_log_stream.lake_firehose_log_stream.name`,
      ...withKey('kms:Decrypt', 'kms:GenerateDataKey'),
    ],
  };
}

function ofFunction(name: string): readonly string[] {
  const queue = `aws_sqs_queue.capture_${name}_queue.arn`;
  return [
    `Allow: sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility, sqs:GetQueueAttributes on ${queue}`,
    `Allow: logs:CreateLogStream, logs:PutLogEvents on aws_cloudwatch_log_group.process_${name}_log.arn:*`,
    `Allow: s3:GetObject on ${bucket}/settings/*`,
  ];
}

function ofKey({ prefix, keyed }: Expectation): Expected {
  if (!keyed) return {};
  const logs = ['lambda/persist', 'lambda/notify', 'kinesisfirehose/state'].map((log) => {
    const [service = '', name = ''] = log.split('/');
    return `arn:aws:logs:${place}:log-group:/aws/${service}/${prefix}datalake-monitoring-${name}`;
  });
  return {
    'aws_kms_key.key.policy': [
      `Allow ${root}: kms:* on *`,
      `Allow events.amazonaws.com: ${sends}`,
      `Allow sns.amazonaws.com: ${sends} if ArnEquals aws:SourceArn = arn:aws:sns:${place}:${prefix}dl-monitor-sns`,
      `Allow cloudwatch.amazonaws.com: ${sends} if StringEquals aws:SourceAccount = 111122223333`,
      `Allow logs.eu-central-1.amazonaws.com: kms:Encrypt*, kms:Decrypt*, kms:ReEncrypt*, kms:GenerateDataKey*, kms:Describe* on * if ArnEquals kms:EncryptionContext:aws:logs:arn = ${logs.join(' or ')}`,
    ],
  };
}

function tlsOnly(action: string, resource: string): string {
  return `Deny *: ${action} on ${resource} if Bool aws:SecureTransport = false`;
}
