import { type Access, allows } from '../../local/policy';
import { readDeployment } from '../../local/terraform';
import { policy, ref, smallStack, trust, withChange } from './terraform-fixture';

const queue = 'arn:aws:sqs:eu-west-1:123456789012:q';
const topic = 'arn:aws:sns:eu-west-1:123456789012:t';
const send: Access = { action: 'sqs:SendMessage', resource: queue, service: 'sns.amazonaws.com', sourceArn: topic };

function document(changes: object) {
  const statement = {
    Effect: 'Allow',
    Action: 'sqs:SendMessage',
    Resource: queue,
    Principal: { Service: 'sns.amazonaws.com' },
  };
  return { Statement: [{ ...statement, ...changes }] };
}

function allowed(actions: readonly string[]) {
  return { Effect: 'Allow', Action: actions, Resource: '*' };
}

const mayAllButList = [allowed(['sqs:*', 'firehose:*', 's3:GetObject', 's3:PutObject', 'secretsmanager:*', 'glue:*'])];

function listing(prefixes: readonly string[]) {
  return { ...allowed(['s3:ListBucket']), Condition: { StringLike: { 's3:prefix': prefixes } } };
}

test.each([
  ['the same words', {}, true],
  ['a star in the action', { Action: ['sqs:Get*', 'SQS:Send*'] }, true],
  ['another action', { Action: 'sqs:ReceiveMessage' }, false],
  ['another resource', { Resource: `${queue}x` }, false],
  ['another service', { Principal: { Service: ['events.amazonaws.com'] } }, false],
  ['everybody', { Principal: '*' }, true],
  ['the right source', { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:123456789012:t' } } }, true],
  ['another source', { Condition: { ArnEquals: { 'aws:SourceArn': [`${topic}2`] } } }, false],
  ['the right account', { Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } }, true],
  ['a condition that is not known', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, false],
])('a statement with %s', (_what, changes, expected) => {
  expect(allows([document(changes)], send)).toEqual(expected);
});

test('what one statement denies no other allows', () => {
  const denied = document({ Effect: 'Deny', Action: 'sqs:*', Principal: '*' });
  const tlsOnly = document({ Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

  expect(allows([document({}), denied], send)).toEqual(false);
  expect(allows([document({}), tlsOnly], send)).toEqual(true);
});

const conditioned = policy([
  {
    Effect: 'Allow',
    Action: 'sns:Publish',
    Resource: ref('aws_sns_topic.main.arn'),
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
  },
]);
const otherTopic = policy([
  {
    Effect: 'Allow',
    Action: 'sqs:SendMessage',
    Resource: ref('aws_sqs_queue.persist.arn'),
    Principal: { Service: 'sns.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': ref('aws_sns_topic.alarms.arn') } },
  },
]);

test.each([
  [
    'a topic without policy',
    'aws_sns_topic_policy',
    {},
    /topic .*dl-monitor-sns must allow events\.amazonaws\.com sns:Publish without conditions \(there is none\)/,
  ],
  [
    'a topic that EventBridge may use on a condition',
    'aws_sns_topic_policy/main/policy',
    conditioned,
    /must allow events\.amazonaws\.com sns:Publish without conditions/,
  ],
  [
    'a queue that another topic may fill',
    'aws_sqs_queue_policy/persist/policy',
    otherTopic,
    /queue .*persist must allow sns\.amazonaws\.com sqs:SendMessage for .*dl-monitor-sns \(aws_sqs_queue_policy\.persist\)/,
  ],
  ['a queue without policy', 'aws_sqs_queue_policy/notify', undefined, /queue .*notify must allow sns\.amazonaws\.com/],
  [
    'a function that may do nothing',
    'aws_iam_role_policy/persist',
    undefined,
    /aws_lambda_function\.persist: role persist must allow sqs:ReceiveMessage .*it has none/,
  ],
  [
    'a function that may not read the secret',
    'aws_iam_role_policy/notify/policy',
    policy([allowed(['sqs:*', 'firehose:*', 's3:*', 'glue:*'])]),
    /notify must allow secretsmanager:GetSecretValue on .*datalake-monitoring/,
  ],
  [
    'a function that may not ask Glue',
    'aws_iam_role_policy/notify/policy',
    policy([allowed(['sqs:*', 'firehose:*', 's3:*', 'secretsmanager:*', 'glue:GetJob'])]),
    /notify must allow glue:GetJobRun on arn:aws:glue:eu-west-1:123456789012:job\/x/,
  ],
  [
    'a function that may not write the ledger',
    'aws_iam_role_policy/notify/policy',
    policy([allowed(['sqs:*', 'firehose:*', 's3:GetObject', 's3:ListBucket', 'secretsmanager:*', 'glue:*'])]),
    /notify must allow s3:PutObject on arn:aws:s3:::123456789012-eu-west-1-monitor\/monitor\/notification\/x/,
  ],
  [
    'a function that may list other prefixes only',
    'aws_iam_role_policy/notify/policy',
    policy([...mayAllButList, listing(['cause/*'])]),
    /notify must allow s3:ListBucket on arn:aws:s3:::123456789012-eu-west-1-monitor for incident\//,
  ],
  [
    'a function that is told AccessDenied of an incident that is not there yet',
    'aws_iam_role_policy/notify/policy',
    policy([...mayAllButList, listing(['incident/', 'silence/'])]),
    /notify must allow s3:ListBucket on arn:aws:s3:::123456789012-eu-west-1-monitor for incident\/x/,
  ],
  [
    'a stream that may not write',
    'aws_iam_role_policy/firehose',
    undefined,
    /firehose must allow s3:PutObject on arn:aws:s3:::123456789012-eu-west-1-monitor\/monitor\/state\/dt=/,
  ],
  [
    'a function whose role Lambda may not take',
    'aws_iam_role/persist/assume_role_policy',
    trust('firehose'),
    /aws_iam_role\.persist: assume_role_policy must allow lambda\.amazonaws\.com sts:AssumeRole/,
  ],
  [
    'a stream whose role Firehose may not take',
    'aws_iam_role/firehose/assume_role_policy',
    trust('lambda'),
    /aws_iam_role\.firehose: assume_role_policy must allow firehose\.amazonaws\.com/,
  ],
  [
    'a stream that may not read its table',
    'aws_iam_role_policy/firehose/policy',
    policy([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]),
    /firehose must allow glue:GetTable on arn:aws:glue:eu-west-1:123456789012:table\/monitor\/state/,
  ],
  [
    'a stream that may not read the versions of its catalogue',
    'aws_iam_role_policy/firehose/policy',
    policy([
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      { Effect: 'Allow', Action: 'glue:*', Resource: ['*:table/monitor/state', '*:database/monitor'] },
    ]),
    /must allow glue:GetTable on arn:aws:glue:eu-west-1:123456789012:catalog/,
  ],
  [
    'a bucket that denies everybody',
    'aws_s3_bucket_policy',
    {
      lake: {
        bucket: ref('aws_s3_bucket.lake.id'),
        policy: policy([{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: '*' }]),
      },
    },
    /persist is denied s3:GetObject on .* by an aws_s3_bucket_policy/,
  ],
  [
    'a role that is not there',
    'aws_lambda_function/persist/role',
    'arn:aws:iam::123456789012:role/other',
    /role is .*other, which is no role/,
  ],
])('%s is told', (_what, path, value, message) => {
  expect(() => readDeployment(withChange(path, value))).toThrow(message);
});

test('a stack that holds every permission is read', () => {
  expect(readDeployment(smallStack()).functions).toHaveLength(2);
});
