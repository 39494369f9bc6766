import { readFileSync, writeFileSync } from 'node:fs';
import type { Emulator } from '../emulator/emulator';
import { place, terraformOf } from '../stacks';
import { copyOf, type Installed } from './installation';
import { must } from './tool';

interface Listing {
  readonly service: string;
  /** Where it is asked for by path, what comes after the host. */
  readonly path?: string;
  /** Where it is asked for by an operation of the JSON protocol … */
  readonly target?: string;
  /** … or of the query protocol, with the version of the API. */
  readonly query?: string;
}

/** What AWS lists of an account, by what is listed. */
const listings: Readonly<Record<string, Listing>> = {
  buckets: { service: 's3' },
  queues: { service: 'sqs', target: 'AmazonSQS.ListQueues' },
  topics: { service: 'sns', query: 'Action=ListTopics&Version=2010-03-31' },
  subscriptions: { service: 'sns', query: 'Action=ListSubscriptions&Version=2010-03-31' },
  rules: { service: 'events', target: 'AWSEvents.ListRules' },
  roles: { service: 'iam', query: 'Action=ListRoles&Version=2010-05-08' },
  functions: { service: 'lambda', path: '/2015-03-31/functions/' },
  mappings: { service: 'lambda', path: '/2015-03-31/event-source-mappings/' },
  'log groups': { service: 'logs', target: 'Logs_20140328.DescribeLogGroups' },
  streams: { service: 'firehose', target: 'Firehose_20150804.ListDeliveryStreams' },
  databases: { service: 'glue', target: 'AWSGlue.GetDatabases' },
  workgroups: { service: 'athena', target: 'AmazonAthena.ListWorkGroups' },
  secrets: { service: 'secretsmanager', target: 'secretsmanager.ListSecrets' },
  alarms: { service: 'monitoring', query: 'Action=DescribeAlarms&Version=2010-08-01' },
  dashboards: { service: 'monitoring', query: 'Action=ListDashboards&Version=2010-08-01' },
  repositories: { service: 'ecr', target: 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories' },
  'aliases of keys': { service: 'kms', target: 'TrentService.ListAliases' },
};

/** Which of the account's lists still name something whose name has `part` in it, as the emulator tells. */
export async function listsNaming(part: RegExp, emulator: Emulator): Promise<readonly string[]> {
  const answers = await Promise.all(
    Object.entries(listings).map(async ([what, listing]) => ({ what, told: await ask(listing, emulator) })),
  );
  return answers.filter(({ told }) => part.test(told)).map(({ what }) => what);
}

async function ask({ service, path = '/', target, query }: Listing, { url }: Emulator): Promise<string> {
  const scope = `${place.ACCOUNT}/20260101/${place.REGION}/${service}/aws4_request`;
  const types = { json: 'application/x-amz-json-1.1', query: 'application/x-www-form-urlencoded' };
  const response = await fetch(`${url}${path}`, {
    method: target === undefined && query === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'content-type': target === undefined ? types.query : types.json,
      ...(target === undefined ? {} : { 'x-amz-target': target }),
    },
    ...(target === undefined ? {} : { body: '{}' }),
    ...(query === undefined ? {} : { body: query }),
  });
  // The namespace of an answer names the service, not what it holds.
  const told = (await response.text()).replaceAll(/xmlns="[^"]*"/g, '');
  if (!response.ok) throw new Error(`${service} does not list ${target ?? query ?? path}: ${told.slice(0, 300)}`);
  return told;
}

/** Keeps both stacks with their states in another folder, for {@link stillThere}. */
export function remember(installed: Installed, folder: string, emulator: Emulator): Installed {
  const copy = copyOf(installed, folder, emulator);
  for (const stack of ['registry', 'monitoring'] as const) {
    const path = terraformOf(folder, stack);
    const { terraform, provider } = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, unknown>>;
    // Without resources and data sources Terraform only looks what has become of those in the state.
    writeFileSync(path, JSON.stringify({ terraform, provider }));
  }
  return copy;
}

/** Which resources of remembered stacks the provider still finds, by their addresses. */
export async function stillThere(remembered: Installed): Promise<readonly string[]> {
  const found = [];
  for (const stack of ['registry', 'monitoring'] as const) {
    await must(remembered.terraform(stack, 'apply', '-refresh-only', '-auto-approve', '-input=false', '-no-color'));
    const left = await must(remembered.terraform(stack, 'state', 'list'));
    found.push(...left.split('\n').filter((address) => address !== '' && !address.startsWith('data.')));
  }
  return found;
}
