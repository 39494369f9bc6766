import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readMessages } from '../../handler/event/message';
import { readMessage, recordsOf } from '../../handler/read';
import { defaultSettings } from '../../handler/settings';
import { mayDeploy } from '../contracts/deployer';
import { blocksOf } from '../contracts/guide/document';
import { lint } from './parts/guide/actionlint';
import { askedBy } from './parts/guide/asked';
import { guidePlace } from './parts/guide/place';
import { startWalk, type Walk } from './parts/guide/walk';
import { describeWithTerraform } from './parts/terraform/tool';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');
const guide = blocksOf(text);
const webhook = 'https://hooks.slack.com/services/T0/B0/made-up';

/** Commands that are not run, each with its reason; all others of the guide are. */
const notRun: Readonly<Record<string, string>> = {
  'npm ci': 'the copy shares the packages of this checkout, and npm would fetch them all again',
  'terraform -chdir=cdktf.out/stacks/registry init':
    'ends in Terraform Cloud; as far as the way there, a test of its own runs it',
  'terraform login': 'needs an account in Terraform Cloud',
  'docker buildx imagetools inspect public.ecr.aws/lambda/nodejs:24': 'asks a registry on the internet',
  'aws kms cancel-key-deletion': 'is for whoever deleted a key, which nobody does here',
  'aws kms enable-key': 'comes after that',
  'npm run replay': 'is run by the suite that follows events, `npm run test:chain`',
  'npm run replay -- alerts': 'is run there as well',
  'npm run silence': 'is run there as well',
  'npm run test:security': 'is a suite of its own',
  'npx cdktf': 'is named because it does not work',
};

/** One part of the guide: what a person types, what must be there before, and what must be true afterwards. */
interface Step {
  readonly heading: string;
  readonly typed?: string;
  readonly before?: () => Promise<unknown>;
  readonly holds: (printed: string) => void | Promise<void>;
}

/** The parts in the order of the walk. */
const steps: readonly Step[] = [
  {
    heading: '1. Configure',
    holds: () => expect(existsSync(join(walk.folder, 'cdktf.out/stacks/monitoring/cdk.tf.json'))).toBe(true),
  },
  { heading: '2. Registry', holds: (printed) => expect(printed).toContain('repository_url =') },
  { heading: '3. Image', holds: (printed) => expect(printed).toMatch(/Pushed .*datalake-monitoring:[0-9a-f]{16}/) },
  {
    heading: '4. Monitoring',
    holds: (printed) => expect(printed).toContain('arn:aws:sns:eu-central-1:123456789012:dl-monitor-sns'),
  },
  {
    heading: '5. Webhook',
    typed: `${webhook}\n`,
    holds: async (printed) => {
      const secret = await ask('secretsmanager get-secret-value --secret-id datalake-monitoring --query SecretString');

      expect(JSON.parse(secret)).toEqual({ slack_webhook: webhook });
      expect(printed).not.toContain(webhook);
    },
  },
  { heading: '6. Test event', holds: theTestEventArrives },
  {
    heading: 'Update',
    holds: (printed) => {
      expect(printed).toContain('is there already; nothing to do');
      expect(printed).toMatch(/No changes\.|0 added, 0 changed, 0 destroyed/);
    },
  },
  {
    heading: 'Plain Terraform',
    holds: (printed) => {
      expect(printed).toContain('No changes. Your infrastructure matches the configuration.');
    },
  },
  {
    heading: 'Keep the data',
    before: async () => {
      configure("tags: { owner: 'lake' }, encryption: 'customer-managed'");
      // The emulator cannot give a key to log groups that are there, so the key is made alone.
      const targets = '-target=aws_kms_key.key -target=aws_kms_alias.key_alias';
      await walk.shell.run(plainTerraform.replace('-auto-approve', `-auto-approve ${targets}`));
    },
    holds: async () => {
      expect(await ask('s3api list-buckets --query Buckets[].Name')).toBe('123456789012-eu-central-1-monitor');
      expect(await ask('secretsmanager list-secrets --query SecretList[].Name')).toBe('datalake-monitoring');
      expect(await ask('lambda list-functions --query Functions')).toBe('');
      expect(await ask('kms describe-key --key-id alias/datalake-monitoring --query KeyMetadata.KeyState')).toBe(
        'Enabled',
      );
    },
  },
  {
    heading: 'Moving from the old monitor',
    before: async () => {
      configure('tags: {}');
      await ask('sns create-topic --name dl-monitor-sns');
      await walk.shell.run(`aws glue create-database --database-input '{"Name":"monitor"}'`);
    },
    holds: (printed) => {
      expect(printed).toMatch(/Plan: 4 to import, \d+ to add, \d+ to change, 0 to destroy/);
      rmSync(join(walk.folder, 'cdktf.out/stacks/monitoring/import.tf.json'));
    },
  },
  {
    heading: 'Delete everything',
    holds: async () => expect(await ask('ecr describe-repositories --query repositories')).toBe(''),
  },
];

let walk: Walk;
let failed: string | null = null;

describeWithTerraform('who follows docs/deploy.md from the first command to the last', () => {
  let at: string;

  beforeAll(async () => {
    at = mkdtempSync(join(tmpdir(), 'deployment-'));
    walk = await startWalk(at);
  }, 300_000);

  afterAll(async () => {
    await walk?.stop();
    rmSync(at, { recursive: true, force: true });
  });

  test.each(steps)('gets through "$heading"', follow, 300_000);

  test('moves a local state to Terraform Cloud by `terraform init`, as far as that can be reached', async () => {
    const workspaces = "workspaces: { registry: 'a', monitoring: 'b' }";
    configure(`tags: {}, terraformCloud: { hostname: 'localhost', organization: 'example', ${workspaces} }`);
    await walk.shell.run('npm run synth');

    const init = walk.shell.run('terraform -chdir=cdktf.out/stacks/registry init');

    await expect(init).rejects.toThrow(
      /Migrating from backend "local" to HCP Terraform[\s\S]*Failed to request discovery/,
    );
  });

  test('needs no action, on no resource, that docs/deployer-policy.json does not allow', () => {
    const asked = walk.recorder.accesses().filter(({ action }) => !doneByOthers.includes(action));
    const named = asked.filter(({ resource }) => resource !== undefined);

    expect(new Set(asked.map(({ action }) => action)).size).toBeGreaterThan(60);
    expect(named.length).toBeGreaterThan(150);
    expect(asked.filter((access) => !mayDeploy(access, guidePlace.account))).toEqual([]);
  });
});

/** What the test itself asks, and what nobody needs a permission for. */
const doneByOthers = [
  'secretsmanager:GetSecretValue',
  'secretsmanager:ListSecrets',
  's3:ListAllMyBuckets',
  'lambda:ListFunctions',
  'sts:GetCallerIdentity',
];

describe('what IAM would be asked for a request', () => {
  const here = 'eu-central-1:123456789012';
  const mapping = `arn:aws:lambda:${here}:event-source-mapping:1234abcd-12ab-34cd-56ef-1234567890ab`;
  const alarm = 'datalake-monitoring-silence';
  const inCbor = `\xa1iAlarmName${String.fromCharCode(0x78, alarm.length)}${alarm}nAlarmActions`;

  test.each([
    [`GET /2017-03-31/tags/${encodeURIComponent(mapping)}`, 'lambda', '', 'lambda:ListTags', mapping],
    ['PUT /orders?policy=', 's3', '', 's3:PutBucketPolicy', 'arn:aws:s3:::orders'],
    ['PUT /orders/a/b', 's3', '', 's3:PutObject', 'arn:aws:s3:::orders/a/b'],
    ['POST / AmazonSQS.DeleteQueue', 'sqs', '{"QueueUrl":"http://x/1/q"}', 'sqs:DeleteQueue', `arn:aws:sqs:${here}:q`],
    ['POST /', 'iam', 'Action=GetRole&RoleName=r', 'iam:GetRole', 'arn:aws:iam::123456789012:role/r'],
    ['POST /', 'sns', `Action=Subscribe&TopicArn=arn:aws:sns:${here}:t`, 'sns:Subscribe', `arn:aws:sns:${here}:t`],
    [
      'POST /service/GraniteServiceVersion20100801/operation/PutMetricAlarm',
      'monitoring',
      inCbor,
      'cloudwatch:PutMetricAlarm',
      `arn:aws:cloudwatch:${here}:alarm:${alarm}`,
    ],
    [
      'POST / secretsmanager.PutSecretValue',
      'secretsmanager',
      '{"SecretId":"s"}',
      'secretsmanager:PutSecretValue',
      `arn:aws:secretsmanager:${here}:secret:s-AbCdEf`,
    ],
  ])('%s of %s', (line, service, body, action, resource) => {
    const [method = '', url = '', target = ''] = line.split(' ');
    const authorization = `AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-central-1/${service}/aws4_request`;
    const request = { method, url, headers: { authorization, 'x-amz-target': target } };

    const asked = askedBy({ request, body: Buffer.from(body, 'latin1'), answer: Buffer.from('') }, new Map());

    expect(asked).toEqual([{ action, resource, context: {} }]);
  });
});

test('every command of the guide is run, or is named with the reason why not', () => {
  const shells = guide.filter(({ language }) => language === 'sh');

  expect([...new Set(shells.map(({ heading }) => heading))].sort()).toEqual(steps.map(({ heading }) => heading).sort());

  const run = shells.map((block) => block.text).join('\n');
  const inSentences = [...text.matchAll(/`((?:npm|npx|terraform|aws|docker) [a-z-][^`…]*)`/g)].map(
    ([, it]) => it ?? '',
  );
  const lines = [...shells.flatMap((block) => block.text.split('\n')), ...inSentences];
  expect(inSentences.filter((it) => !run.includes(it.replace('STACK', 'registry')) && !(it in notRun))).toEqual([]);
  expect(Object.keys(notRun).filter((it) => !lines.includes(it))).toEqual([]);
});

describe('the workflows to copy', () => {
  const folder = join(root, 'docs', 'workflows');
  const files = readdirSync(folder).map((name) => join(folder, name));

  test('are in order for actionlint', () => {
    expect(files.length).toBeGreaterThan(1);
    expect(lint(files)).toEqual([]);
  }, 300_000);

  test('would not be for a mistake in one', () => {
    const at = mkdtempSync(join(tmpdir(), 'workflow-'));
    const wrong = join(at, 'wrong.yml');
    writeFileSync(wrong, readFileSync(files[0] ?? '', 'utf8').replace('runs-on', 'run-on'));

    try {
      expect(lint([wrong]).join('\n')).toContain('unexpected key "run-on"');
    } finally {
      rmSync(at, { recursive: true, force: true });
    }
  });
});

/** What the part "Plain Terraform" types. */
const plainTerraform =
  guide.find(({ heading, language }) => heading === 'Plain Terraform' && language === 'sh')?.text ?? '';

/** Writes settings into the copy's `config.ts`, in place of its tags. */
function configure(settings: string): void {
  const path = join(walk.folder, 'config.ts');
  const config = readFileSync(path, 'utf8');
  writeFileSync(path, config.replace(/^ {2}tags: .*,$/m, `  ${settings},`));
}

async function follow({ heading, typed = '', before, holds }: Step): Promise<void> {
  if (failed !== null) throw new Error(`Not tried, because "${failed}" failed`);
  failed = heading;
  await before?.();
  const blocks = guide.filter((block) => block.heading === heading && block.language === 'sh');
  const printed: string[] = [];
  for (const block of blocks) {
    const lines = block.text.split('\n').filter((line) => !(line in notRun));
    printed.push(await walk.shell.run(lines.join('\n'), typed));
  }
  await holds(withoutColours(printed.join('\n')));
  failed = null;
}

/** The test event is in both queues; each function gets it, and makes of it the row that the guide asks for. */
async function theTestEventArrives(): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (const [name, calls] of Object.entries(walk.calls)) {
    while (calls.length === 0 && Date.now() < deadline) await sleep(100);
    if (calls.length === 0)
      throw new Error(`The test event did not reach ${name}; the emulator printed:\n${walk.log()}`);
  }
  const now = new Date();
  const context = { now, recordedAt: now.toISOString(), settings: defaultSettings, log: silent };
  const rows = Object.values(walk.calls).map((calls) =>
    calls.flatMap((batch) => readMessages(batch)).flatMap((message) => recordsOf(readMessage(message, context))),
  );

  const row = { service_name: 'monitoring-test', event_type: 'failed', error_message: 'This is a test' };
  expect(rows).toEqual([[expect.objectContaining(row)], [expect.objectContaining(row)]]);
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** What the AWS CLI answers, as text. */
async function ask(command: string): Promise<string> {
  return (await walk.shell.run(`aws ${command} --region eu-central-1 --output text`)).trim();
}

function withoutColours(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g'), '');
}
