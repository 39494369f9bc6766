import { readFileSync } from 'node:fs';
import { objectOf } from '../../../../handler/event/json';
import { statuses } from '../../../../handler/record/notification';
import { prefixes } from '../../../../infra/names';
import type { AwsCall } from '../emulator/aws';
import type { FunctionFront } from '../runtime/front';
import type { Attributes } from '../terraform/installation';
import { keysBelow, textOf } from './delivered-rows';
import { readNotifications } from './memory';

/** What a report of the stations asks. */
export interface Line {
  readonly call: AwsCall;
  readonly front: FunctionFront;
  readonly bucket: string;
  /** What Terraform's state says, by address. */
  readonly state: Readonly<Record<string, Attributes>>;
  /** File of what the emulator printed. */
  readonly log: string;
  /** The texts of the messages that Slack took. */
  readonly posts: () => readonly string[];
}

/** The way of an event, station by station, with what is there now: where something is missing, it says how far it came. */
export async function stations({ call, front, bucket, posts, state, log }: Line): Promise<string> {
  const lines = [
    ...(await rules(call)),
    ...(await subscriptions(call)),
    ...(await queues(call)),
    ...mappings(state),
    ...[...new Set(['persist', 'notify', ...front.told.map(({ name }) => name)])].map((name) =>
      functionLine(front, name),
    ),
    ...(await objects(call, bucket)),
    await ledgerLine(call, bucket),
    `Slack took ${posts().length} messages${lastOf(posts())}`,
    ...complaintsIn(log),
  ];
  return `What is at the stations of the way:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/** Names of the rules of the bus whose pattern matches an event as the bus would hand it on. */
export async function rulesMatching(call: AwsCall, event: unknown): Promise<readonly string[]> {
  const envelope = {
    id: 'x',
    account: '111122223333',
    time: '2026-01-01T00:00:00Z',
    region: 'eu-central-1',
    resources: [],
  };
  const Event = JSON.stringify({ ...envelope, ...objectOf(event) });
  const { Rules } = await call('eventbridge', 'ListRules', {});
  const rules = (Rules ?? []) as { readonly Name: string; readonly EventPattern?: string }[];
  // A schedule has no pattern.
  const all = rules.filter(({ EventPattern }) => EventPattern !== undefined);
  const answers = await Promise.all(
    all.map(({ EventPattern }) => call('eventbridge', 'TestEventPattern', { EventPattern, Event })),
  );
  return all.filter((_, at) => answers[at]?.['Result'] === true).map(({ Name }) => Name);
}

async function rules(call: AwsCall): Promise<readonly string[]> {
  const { Rules } = await call('eventbridge', 'ListRules', {});
  const all = (Rules ?? []) as { readonly Name: string; readonly State: string }[];
  return Promise.all(
    all.map(async ({ Name, State }) => {
      const { Targets } = await call('eventbridge', 'ListTargetsByRule', { Rule: Name });
      const arns = ((Targets ?? []) as { readonly Arn: string }[]).map(({ Arn }) => Arn);
      return `rule ${Name} (${State}) → ${arns.join(', ') || 'no target'}`;
    }),
  );
}

async function subscriptions(call: AwsCall): Promise<readonly string[]> {
  const { Subscriptions } = await call('sns', 'ListSubscriptions', {});
  const all = (Subscriptions ?? []) as Record<'SubscriptionArn' | 'TopicArn' | 'Endpoint', string>[];
  return Promise.all(
    all.map(async ({ SubscriptionArn, TopicArn, Endpoint }) => {
      const { Attributes } = await call('sns', 'GetSubscriptionAttributes', { SubscriptionArn });
      const { RawMessageDelivery, FilterPolicy } = (Attributes ?? {}) as Record<string, string | undefined>;
      const filter = FilterPolicy === undefined ? '' : `, filter ${FilterPolicy}`;
      return `topic ${last(TopicArn)} → ${last(Endpoint)} (raw ${RawMessageDelivery}${filter})`;
    }),
  );
}

async function queues(call: AwsCall): Promise<readonly string[]> {
  const { QueueUrls } = await call('sqs', 'ListQueues', {});
  return Promise.all(
    ((QueueUrls ?? []) as string[]).map(async (QueueUrl) => {
      const { Attributes } = await call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
      const told = (Attributes ?? {}) as Record<string, string>;
      const [visible, hidden] = ['', 'NotVisible'].map((kind) => told[`ApproximateNumberOfMessages${kind}`]);
      return `queue ${QueueUrl.split('/').at(-1)}: ${visible} waiting, ${hidden} in flight or put off`;
    }),
  );
}

function mappings(state: Line['state']): readonly string[] {
  const found = Object.entries(state).filter(([address]) => address.startsWith('aws_lambda_event_source_mapping.'));
  return found.map(([, { event_source_arn, function_name, enabled, function_response_types }]) => {
    const partial = JSON.stringify(function_response_types ?? []);
    const how = `${enabled === false ? 'disabled' : 'enabled'}, answers ${partial}`;
    return `mapping ${last(String(event_source_arn))} → ${last(String(function_name))} (${how})`;
  });
}

function functionLine({ told }: FunctionFront, name: string): string {
  const own = told.filter((it) => it.name === name);
  const failed = own.flatMap(({ outcome }) => ('error' in outcome ? [outcome.error] : [])).at(-1);
  const complaints = own.flatMap(({ printed }) =>
    printed.split('\n').filter((it) => /"level":"(WARN|ERROR)"/.test(it)),
  );
  const error = failed === undefined ? '' : `; its last error: ${failed.errorType}: ${failed.errorMessage}`;
  const complaint = complaints.at(-1);
  return `function ${name}: ${own.length} invocations${error}${complaint ? `; it logged ${complaint.slice(0, 400)}` : ''}`;
}

async function objects(call: AwsCall, bucket: string): Promise<readonly string[]> {
  const keys = await keysBelow(call, bucket, '');
  const count = (prefix: string) => keys.filter((key) => key.startsWith(prefix)).length;
  const { rows, quarantine, firehoseErrors, settings, notifications, incidents, causes } = prefixes;
  const counted = [rows, quarantine, firehoseErrors, settings, notifications, incidents, causes];
  const elsewhere = keys.filter((key) => !counted.some((prefix) => key.startsWith(prefix)));
  const [error] = keys.filter((key) => key.startsWith(prefixes.firehoseErrors));
  return [
    `bucket ${bucket}: ${counted.map((prefix) => `${count(prefix)} below ${prefix}`).join(', ')}`,
    ...(elsewhere.length === 0 ? [] : [`bucket, where nothing should be: ${elsewhere.slice(0, 3).join(', ')}`]),
    ...(error === undefined ? [] : [`Firehose wrote ${error}: ${errorIn(await textOf(call, bucket, error))}`]),
  ];
}

async function ledgerLine(call: AwsCall, bucket: string): Promise<string> {
  const all = await readNotifications(call, bucket);
  const counts = statuses.map((status) => [all.filter((it) => it.status === status).length, status] as const);
  const reasons = [...new Set(all.map(({ reason }) => reason))].filter((it) => it !== null).slice(-3);
  const held = counts.filter(([count]) => count > 0).map((it) => it.join(' '));
  const open = all.filter(({ status }) => status === 'claimed').map((it) => `${it.service_type} ${it.service_name}`);
  return [
    `ledger: ${held.join(', ') || 'nothing'}`,
    ...(open.length === 0 ? [] : [`in the making: ${open.join(', ')}`]),
    ...(reasons.length === 0 ? [] : [`it says: ${reasons.join('; ')}`]),
  ].join('; ');
}

function errorIn(text: string): string {
  return /"ErrorMessage": ?"([^"]*)"/i.exec(text)?.[1] ?? text.slice(0, 200);
}

/** What the emulator warned of while it carried events: each warning once, the last few. */
function complaintsIn(log: string): readonly string[] {
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /\b(WARNING|ERROR)\b/.test(line));
  const texts = new Set(lines.map((line) => line.replace(/^[\d-]+ [\d:]+ /, '').slice(0, 300)));
  return [...texts].slice(-5).map((text) => `the emulator says ${text}`);
}

/** The last few, because what was waited for may be there in other words. */
function lastOf(texts: readonly string[]): string {
  const quoted = texts.slice(-3).map((text) => `"${text.slice(0, 200)}"`);
  return quoted.length === 0 ? '' : `, the last ${quoted.join(', ')}`;
}

function last(arn: string | undefined): string {
  return arn?.split(':').at(-1) ?? 'nothing';
}
