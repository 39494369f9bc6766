import type { ConfigurationInput } from '../../infra/config';
import { monitoringOf, registryOf } from '../infra/stacks';
import { allows, creates, deployerPolicy } from './deployer';

const configurations: readonly ConfigurationInput[] = [
  {},
  { alarms: ['lake@example.org'], encryption: 'customer-managed', lambdaDestinations: ['orders', 'etl-*'] },
];
const types = new Set(
  configurations
    .flatMap((config) => [registryOf(config), monitoringOf(config)])
    .flatMap((it) => Object.keys(it.resource)),
);

test.each([...types].sort())('the role that deploys may make %s', (type) => {
  const action = creates[type] ?? `unknown: name the action for ${type} in __tests__/contracts/deployer.ts`;

  expect(action).toMatch(/^[a-z0-9]+:/);
  expect(allows(deployerPolicy, action) ? 'allowed' : `docs/deployer-policy.json lacks ${action}`).toBe('allowed');
});

test.each([
  ['sqs:CreateQueue', 'arn:aws:sqs:eu-central-1:123456789012:orders'],
  ['iam:CreateRole', 'arn:aws:iam::123456789012:role/admin'],
  ['iam:PassRole', 'arn:aws:iam::123456789012:role/admin'],
  ['s3:DeleteObject', 'arn:aws:s3:::123456789012-eu-central-1-orders/x'],
  ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:datalake-monitoring-x'],
])('it may not %s of %s', (action, resource) => {
  expect(allows(deployerPolicy, action, resource)).toBe(false);
});

test('every action in it names a service, and none takes a whole one', () => {
  const actions = deployerPolicy.Statement.flatMap(({ Action }) => Action);

  expect(actions.filter((action) => !/^[a-z0-9]+:\*?[A-Z][A-Za-z]+\*?[A-Za-z]*$/.test(action))).toEqual([]);
});

test('it fits into a managed policy of IAM, which has 6,144 characters', () => {
  expect(JSON.stringify(deployerPolicy).length).toBeLessThanOrEqual(6_144);
});
