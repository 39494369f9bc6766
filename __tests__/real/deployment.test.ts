import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readMessages } from '../../handler/event/message';
import { readMessage, recordsOf } from '../../handler/read';
import { defaultSettings } from '../../handler/settings';
import { allows, creates, deployerPolicy } from '../contracts/deployer';
import { lint } from './parts/guide/actionlint';
import { blocksOf } from './parts/guide/document';
import { startWalk, type Walk } from './parts/guide/walk';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');
const guide = blocksOf(text);
const webhook = 'https://hooks.slack.com/services/T0/B0/made-up';

/** Commands that are not run, each with its reason; all others of the guide are. */
const notRun: Readonly<Record<string, string>> = {
  'npm ci': 'the copy shares the packages of this checkout, and npm would fetch them all again',
  'npm run cdktf -- deploy registry --migrate-state': 'needs an organisation in Terraform Cloud',
  'terraform login': 'needs an account in Terraform Cloud',
  'docker buildx imagetools inspect public.ecr.aws/lambda/nodejs:24': 'asks a registry on the internet',
  'npm run replay': 'is run by the suite that follows events, `npm run test:chain`',
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
      expect(outOfReach()).toEqual([]);
    },
  },
  {
    heading: 'Keep the data',
    holds: async () => {
      expect(await ask('s3api list-buckets --query Buckets[].Name')).toBe('123456789012-eu-central-1-monitor');
      expect(await ask('secretsmanager list-secrets --query SecretList[].Name')).toBe('datalake-monitoring');
      expect(await ask('lambda list-functions --query Functions')).toBe('');
    },
  },
  {
    heading: 'Moving from the old monitor',
    before: async () => {
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

let at: string;
let walk: Walk;
let failed: string | null = null;

beforeAll(async () => {
  at = mkdtempSync(join(tmpdir(), 'deployment-'));
  walk = await startWalk(at);
}, 300_000);

afterAll(async () => {
  await walk?.stop();
  rmSync(at, { recursive: true, force: true });
});

describe('who follows docs/deploy.md from the first command to the last', () => {
  test.each(steps)('gets through "$heading"', follow, 300_000);

  test('needs nothing that docs/deployer-policy.json does not allow', () => {
    const asked = walk.recorder.actions().filter((action) => !doneByOthers.includes(action));

    expect(asked.length).toBeGreaterThan(60);
    expect(asked.filter((action) => !allows(deployerPolicy, action))).toEqual([]);
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

test('every command of the guide is run, or is named with the reason why not', () => {
  const shells = guide.filter(({ language }) => language === 'sh');

  expect([...new Set(shells.map(({ heading }) => heading))].sort()).toEqual(steps.map(({ heading }) => heading).sort());

  const run = shells.map((block) => block.text).join('\n');
  const inSentences = [...text.matchAll(/`((?:npm|npx|terraform|aws|docker) [a-z][^`…]*)`/g)].map(([, it]) => it ?? '');
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
    const wrong = join(at, 'wrong.yml');
    writeFileSync(wrong, readFileSync(files[0] ?? '', 'utf8').replace('runs-on', 'run-on'));

    expect(lint([wrong]).join('\n')).toContain('unexpected key "run-on"');
  });
});

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

/** Resources of the applied stacks with an ARN that the deployer's policy does not reach. */
function outOfReach(): readonly string[] {
  const states = ['registry', 'monitoring'].map(
    (stack) => JSON.parse(readFileSync(join(walk.folder, `terraform.${stack}.tfstate`), 'utf8')) as State,
  );
  const made = states.flatMap(({ resources }) => resources).filter(({ mode }) => mode === 'managed');
  const named = made.flatMap(({ type, instances }) =>
    instances.flatMap(({ attributes: { arn } }) => (arn === undefined ? [] : [{ type, arn }])),
  );
  if (named.length < 20) throw new Error(`Only ${named.length} resources with an ARN in the states`);
  // Whoever subscribes needs the right on the topic: its ARN is the beginning of the subscription's.
  const resource = (arn: string) => arn.replace(/(:sns:.*):[0-9a-f-]{36}$/, '$1');
  return named
    .filter(({ type, arn }) => !allows(deployerPolicy, creates[type] ?? type, resource(arn)))
    .map(({ type, arn }) => `${type} ${arn}`);
}

interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: { readonly arn?: string } }[];
  }[];
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** What the AWS CLI answers, as text. */
async function ask(command: string): Promise<string> {
  return (await walk.shell.run(`aws ${command} --region eu-central-1 --output text`)).trim();
}

function withoutColours(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g'), '');
}
