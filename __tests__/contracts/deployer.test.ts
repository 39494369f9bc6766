import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everything } from '../infra/installations';
import { monitoringOf, registryOf, resourceOf } from '../infra/stacks';
import { creates, deployerPolicy, mayDeploy } from './deployer';
import { blocksOf } from './guide/document';

const account = '111122223333';
const place = `eu-central-1:${account}`;
const stacks = [{}, everything].flatMap((config) => [registryOf(config), monitoringOf(config)]);
const types = new Set(stacks.flatMap(({ resource }) => Object.keys(resource)));
const ourKey = { 'aws:ResourceTag/installation': 'team-a-datalake-monitoring' };
const byLambda = { 'kms:ViaService': 'lambda.eu-central-1.amazonaws.com' };
const key = `arn:aws:kms:${place}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ourFunction = { 'lambda:FunctionArn': `arn:aws:lambda:${place}:function:team-a-datalake-monitoring-persist` };

test.each([...types].sort())('the role that deploys may make %s', (type) => {
  const action = creates[type] ?? `unknown: name the action for ${type} in __tests__/contracts/deployer.ts`;

  expect(action).toMatch(/^[a-z0-9]+:/);
  expect(
    mayDeploy({ action, context: ourFunction }, account) ? 'allowed' : `docs/deployer-policy.json lacks ${action}`,
  ).toBe('allowed');
});

test.each([
  ['kms:CreateKey', '*', {}],
  ['kms:EnableKeyRotation', key, {}],
  ['kms:TagResource', key, { 'aws:RequestTag/installation': 'datalake-monitoring' }],
  ['kms:CreateAlias', key, {}],
  ['kms:CreateAlias', `arn:aws:kms:${place}:alias/team-a-datalake-monitoring`, {}],
  ['kms:PutKeyPolicy', key, ourKey],
  ['kms:ScheduleKeyDeletion', key, ourKey],
  ['kms:CreateGrant', key, byLambda],
  ['lambda:TagResource', `arn:aws:lambda:${place}:event-source-mapping:1234abcd-12ab-34cd-56ef-1234567890ab`, {}],
  // Of a mapping that is gone nobody can say whose it was.
  ['lambda:GetEventSourceMapping', `arn:aws:lambda:${place}:event-source-mapping:1234abcd`, {}],
  ['lambda:UpdateEventSourceMapping', `arn:aws:lambda:${place}:event-source-mapping:1234abcd`, ourFunction],
  ['lambda:AddPermission', `arn:aws:lambda:${place}:function:team-a-datalake-monitoring-notify`, {}],
  ['lambda:RemovePermission', `arn:aws:lambda:${place}:function:datalake-monitoring-notify`, {}],
  ['lambda:GetPolicy', `arn:aws:lambda:${place}:function:datalake-monitoring-notify`, {}],
  ['events:PutTargets', `arn:aws:events:${place}:rule/datalake-monitoring-every_minute`, {}],
  ['s3:PutBucketPolicy', `arn:aws:s3:::team-a-${account}-eu-central-1-monitor`, {}],
  [
    'iam:PassRole',
    `arn:aws:iam::${account}:role/lake/datalake-monitoring-persist-eu-central-1`,
    { 'iam:PassedToService': 'lambda.amazonaws.com' },
  ],
])('it may %s of %s %j', (action, resource, context) => {
  expect(mayDeploy({ action, resource, context }, account)).toBe(true);
});

test.each([
  ['sqs:CreateQueue', `arn:aws:sqs:${place}:orders`, {}],
  ['iam:CreateRole', `arn:aws:iam::${account}:role/admin`, {}],
  ['lambda:AddPermission', `arn:aws:lambda:${place}:function:orders`, {}],
  [
    'iam:PassRole',
    `arn:aws:iam::${account}:role/datalake-monitoring-persist-eu-central-1`,
    { 'iam:PassedToService': 'ec2.amazonaws.com' },
  ],
  ['s3:DeleteObject', `arn:aws:s3:::${account}-eu-central-1-orders/x`, {}],
  ['s3:DeleteBucket', 'arn:aws:s3:::prod-monitor', {}],
  ['s3:GetObject', 'arn:aws:s3:::444455556666-eu-central-1-monitor/settings/x', {}],
  ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${place}:secret:datalake-monitoring-AbCdEf`, {}],
  ['kms:Decrypt', key, {}],
  ['kms:Decrypt', key, ourKey],
  ['kms:PutKeyPolicy', key, { 'aws:ResourceTag/installation': 'orders' }],
  ['kms:ScheduleKeyDeletion', key, {}],
  ['kms:TagResource', key, { 'aws:RequestTag/owner': 'lake' }],
  ['kms:DeleteAlias', `arn:aws:kms:${place}:alias/orders`, {}],
  [
    'lambda:DeleteEventSourceMapping',
    `arn:aws:lambda:${place}:event-source-mapping:1234abcd`,
    { 'lambda:FunctionArn': `arn:aws:lambda:${place}:function:orders` },
  ],
  ['iam:DeleteRolePermissionsBoundary', `arn:aws:iam::${account}:role/datalake-monitoring-persist-eu-central-1`, {}],
])('it may not %s of %s %j', (action, resource, context) => {
  expect(mayDeploy({ action, resource, context }, account)).toBe(false);
});

test('the key bears the tag by which it tells ours from others', () => {
  const { tags } = resourceOf(monitoringOf(everything), 'aws_kms_key', 'key');

  expect(tags).toEqual({ installation: ourKey['aws:ResourceTag/installation'] });
});

describe('with the statement of the guide about a permissions boundary', () => {
  const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'deploy.md'), 'utf8');
  const block = blocksOf(guide).find(({ heading, language }) => heading === 'Who may deploy' && language === 'json');
  const boundary: unknown = JSON.parse(block?.text ?? 'null');
  const resource = `arn:aws:iam::${account}:role/datalake-monitoring-persist-eu-central-1`;
  const actions = ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary'];
  const may = (action: string, policy?: string) => {
    const context =
      policy === undefined ? {} : { 'iam:PermissionsBoundary': `arn:aws:iam::123456789012:policy/${policy}` };
    return mayDeploy({ action, resource, context }, account, boundary);
  };

  test.each(actions)('%s is allowed for roles with that boundary only', (action) => {
    expect([may(action, 'boundary'), may(action, 'wider'), may(action)]).toEqual([true, false, false]);
  });

  test('nobody takes a boundary off, whatever else he may', () => {
    const whole = { Statement: [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }] };
    const context = { 'iam:PermissionsBoundary': 'arn:aws:iam::123456789012:policy/boundary' };

    expect(
      mayDeploy({ action: 'iam:DeleteRolePermissionsBoundary', resource, context }, account, boundary, whole),
    ).toBe(false);
  });
});

test('every action in it names a service, and none takes a whole one', () => {
  const actions = deployerPolicy.Statement.flatMap(({ Action }) => Action);

  expect(actions.filter((action) => !/^[a-z0-9]+:\*?[A-Z][A-Za-z]+\*?[A-Za-z]*$/.test(action))).toEqual([]);
});

test('it fits into a managed policy of IAM, which has 6,144 characters', () => {
  expect(JSON.stringify(deployerPolicy).length).toBeLessThanOrEqual(6_144);
});
