import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sources } from '../../handler/normalise/sources.generated';
import type { ConfigurationInput } from '../../infra/config';
import { type Expectation, expectedPolicies, expectedRegistryPolicies } from './expected-policies';
import { everything } from './installations';
import { type Policy, policiesOf, principalsOf, sentenceOf } from './policies';
import { listOf, monitoringOf, ref, registryOf, resourcesOf, type Statement } from './stacks';

const all = sources.filter(({ onRequest }) => onRequest !== true).map(({ name }) => name);
const fewer = all.filter((name) => name !== 'glue_crawler');

const installations: readonly (readonly [string, ConfigurationInput, Expectation])[] = [
  ['a default one', {}, { prefix: '', sources: all, keyed: false }],
  ['one with its own key', { encryption: 'customer-managed' }, { prefix: '', sources: all, keyed: true }],
  [
    'one with every setting but a key',
    { ...everything, encryption: 'aws' },
    { prefix: 'team-a-', sources: fewer, keyed: false },
  ],
  ['one with every setting', everything, { prefix: 'team-a-', sources: fewer, keyed: true }],
];

/** Each wildcard that a policy allows something with, and why it must be. */
const wildcards: readonly (readonly [policy: RegExp, allowed: RegExp, why: string])[] = [
  [/^aws_kms_key\./, /^\*$/, "in the policy of a key this is the key itself, as AWS's documentation has it"],
  [/^aws_kms_key\./, /^kms:\*$/, 'the account administers its key; checked below to be the account alone'],
  [/^aws_kms_key\./, /^kms:GenerateDataKey\*$/, 'EventBridge, SNS and CloudWatch are documented with both forms of it'],
  [/^aws_kms_key\./, /^kms:(Encrypt|Decrypt|ReEncrypt|Describe)\*$/, 'CloudWatch Logs is documented with these'],
  [
    /^aws_iam_role_policy\.process_/,
    /\.arn}\/(settings|quarantine|monitor\/notification|incident|cause|silence)\/\*$/,
    'keys below one prefix of our own bucket',
  ],
  [
    /^aws_iam_role_policy\.process_/,
    /^arn:aws:glue:eu-central-1:111122223333:job\/\*$/,
    'any job of the account and region may be one of the lake',
  ],
  [/^aws_iam_role_policy\.lake_firehose_/, /\.arn}\/(monitor\/state|firehose-errors)\/\*$/, 'keys below our prefixes'],
  [/^aws_iam_role_policy\.process_/, /_log\.arn}:\*$/, 'the streams of one log group, which Lambda names'],
];

describe.each(installations)('the policies of %s', (_, config, expectation) => {
  const stack = monitoringOf(config);
  const policies = [...policiesOf(stack), ...policiesOf(registryOf(config))];

  it('are these, and no others', () => {
    const expected = { ...expectedPolicies(expectation), ...expectedRegistryPolicies };
    const lines = Object.entries(expected).flatMap(([address, sentences]) =>
      sentences.map((sentence) => `${address}: ${sentence}`),
    );

    expect([...said(policies, () => true)].sort()).toEqual(lines.sort());
  });

  it('let EventBridge send to topics without a condition, which it does not meet', () => {
    const conditioned = said(policies, ({ address }, statement) => {
      const onTopicOrKey = /^aws_(sns_topic_policy|kms_key)\./.test(address);
      return onTopicOrKey && names(statement, 'events.amazonaws.com') && statement.Condition !== undefined;
    });

    expect(conditioned).toEqual([]);
  });

  it('let every other service in only for what is ours', () => {
    const open = said(policies, ({ address }, statement) => {
      const service = principalsOf(statement).find((principal) => principal.endsWith('.amazonaws.com'));
      if (statement.Effect !== 'Allow' || service === undefined) return false;
      const cannot = service === 'events.amazonaws.com' && /^aws_(sns_topic_policy|kms_key)\./.test(address);
      const passed = service === 'lambda.amazonaws.com' && address.startsWith('aws_iam_role.');
      return (
        !cannot && !passed && !/"(aws:SourceArn|aws:SourceAccount|kms:EncryptionContext)/i.test(condition(statement))
      );
    });

    expect(open).toEqual([]);
  });

  it('refuse whoever comes to a topic, a queue or the bucket without TLS', () => {
    const guarded = ['aws_sns_topic', 'aws_sqs_queue', 'aws_s3_bucket'].flatMap((type) =>
      Object.keys(resourcesOf(stack, type)).map((id) => ({ type, arn: `\${${type}.${id}.arn}` })),
    );

    const open = guarded.filter(
      ({ type, arn }) => !policies.some((policy) => policy.statements.some(refusesPlain(type, arn))),
    );

    expect(guarded).toHaveLength(2 + 7 + 1);
    expect(open).toEqual([]);
  });

  it('allow nobody in general, and say what they allow rather than what not', () => {
    const vague = said(policies, (_policy, statement) => {
      const inverted = Object.keys(statement).some((key) => key.startsWith('Not'));
      return inverted || (statement.Effect === 'Allow' && names(statement, '*'));
    });

    expect(vague).toEqual([]);
  });

  it('use no wildcard but those of the list', () => {
    const used = policies.flatMap(({ address, statements }) =>
      statements
        .filter(({ Effect }) => Effect === 'Allow')
        .flatMap(({ Action, Resource }) => [...listOf(Action), ...listOf(Resource)])
        .filter((text) => text.includes('*'))
        .map((text) => `${address}: ${text}`),
    );

    const unexplained = used.filter((use) => {
      const [address = '', text = ''] = use.split(/: (.*)/s);
      return !wildcards.some(([policy, allowed]) => policy.test(address) && allowed.test(text));
    });

    expect(unexplained).toEqual([]);
  });

  it('leave the whole of the key to the account alone', () => {
    const whole = policies.flatMap(({ statements }) =>
      statements.filter(({ Action }) => listOf(Action).includes('kms:*')).flatMap(principalsOf),
    );

    expect(whole).toEqual(expectation.keyed ? ['arn:aws:iam::111122223333:root'] : []);
  });

  it('are the only way to a permission, besides that of the schedule: no attachments, no users', () => {
    const others = Object.keys(stack.resource).filter((type) =>
      /^aws_(iam_(?!role$|role_policy$)|kms_grant|sns_topic_data)/.test(type),
    );
    const managed = Object.entries(resourcesOf(stack, 'aws_iam_role')).filter(
      ([, role]) => 'managed_policy_arns' in role || 'inline_policy' in role,
    );

    expect({ others, managed }).toEqual({ others: [], managed: [] });
    expect(resourcesOf(stack, 'aws_lambda_permission')).toEqual({
      process_tick_permission: {
        statement_id: 'tick',
        action: 'lambda:InvokeFunction',
        function_name: ref('aws_lambda_function.process_notify_function.function_name'),
        principal: 'events.amazonaws.com',
        source_arn: ref('aws_cloudwatch_event_rule.process_tick_rule.arn'),
      },
    });
  });

  it('let each role be taken on by one service', () => {
    const trusts = policies.filter(({ address }) => address.endsWith('.assume_role_policy'));

    const odd = trusts.filter(({ statements }) => statements.flatMap(principalsOf).length !== 1);

    expect(trusts).toHaveLength(3);
    expect(odd).toEqual([]);
  });
});

/** What the code of each function calls, and what Lambda does in its name; each is an action that its role must allow. */
const calls: Readonly<Record<'persist' | 'notify', readonly string[]>> = {
  persist: ['GetObject', 'PutObject', 'PutRecordBatch', 'ChangeMessageVisibility', 'GetJobRun', 'GetJob'],
  notify: [
    'GetObject',
    'PutObject',
    'ListObjectsV2',
    'PutRecordBatch',
    'GetSecretValue',
    'ChangeMessageVisibility',
    'GetJobRun',
    'GetJob',
  ],
};
const actions: Readonly<Record<string, string>> = {
  GetObject: 's3:GetObject',
  PutObject: 's3:PutObject',
  ListObjectsV2: 's3:ListBucket',
  GetJobRun: 'glue:GetJobRun',
  GetJob: 'glue:GetJob',
  PutRecordBatch: 'firehose:PutRecordBatch',
  GetSecretValue: 'secretsmanager:GetSecretValue',
  ChangeMessageVisibility: 'sqs:ChangeMessageVisibility',
};
const byLambda = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
];

describe('what a function may do', () => {
  it('covers every call of the ports', () => {
    const source = ['aws.ts', 'aws-glue.ts']
      .map((name) => readFileSync(join(__dirname, '../../handler', name), 'utf8'))
      .join();
    const commands = [...source.matchAll(/new (\w+)Command\(/g)].map(([, name = '']) => name);
    const secrets = source.includes('new SecretsProvider(') ? ['GetSecretValue'] : [];

    expect([...new Set([...commands, ...secrets])].sort()).toEqual(Object.keys(actions).sort());
    expect([...new Set(Object.values(calls).flat())].sort()).toEqual(Object.keys(actions).sort());
  });

  it.each(['persist', 'notify'] as const)('is what %s calls, what Lambda does for it, and no more', (name) => {
    const address = `aws_iam_role_policy.process_${name}_role_policy.policy`;
    const [policy] = policiesOf(monitoringOf()).filter((it) => it.address === address);

    const allowed = (policy?.statements ?? []).flatMap(({ Action }) => listOf(Action));

    const needed = [...calls[name].map((call) => actions[call] ?? call), ...byLambda];
    expect([...new Set(allowed)].sort()).toEqual([...needed].sort());
  });
});

/** The statements for which something holds, as sentences behind their addresses. */
function said(
  policies: readonly Policy[],
  holds: (policy: Policy, statement: Statement) => boolean,
): readonly string[] {
  return policies.flatMap((policy) =>
    policy.statements
      .filter((statement) => holds(policy, statement))
      .map((statement) => `${policy.address}: ${sentenceOf(statement)}`),
  );
}

function names(statement: Statement, principal: string): boolean {
  return principalsOf(statement).includes(principal);
}

function condition({ Condition }: Statement): string {
  return JSON.stringify(Condition ?? {});
}

function refusesPlain(type: string, arn: string): (statement: Statement) => boolean {
  const action = { aws_sns_topic: 'sns:Publish', aws_sqs_queue: 'sqs:*', aws_s3_bucket: 's3:*' }[type] ?? '';
  const objects = type === 'aws_s3_bucket' ? [`${arn}/*`] : [];
  return (statement) =>
    statement.Effect === 'Deny' &&
    names(statement, '*') &&
    listOf(statement.Action).includes(action) &&
    [arn, ...objects].every((it) => listOf(statement.Resource).includes(it)) &&
    condition(statement) === '{"Bool":{"aws:SecureTransport":"false"}}';
}
