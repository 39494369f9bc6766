import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigurationInput } from '../../infra/config';
import { imageTag } from '../../infra/registry/image-tag';
import { type AwsCall, awsClients } from './parts/aws';
import { type AwsStub, startAwsStub } from './parts/aws-stub';
import { type Emulator, startEmulator } from './parts/emulator';
import { listsNaming, remember, stillThere } from './parts/holdings';
import {
  type Attributes,
  apply,
  copyOf,
  deploy,
  destroy,
  type Installed,
  planned,
  prepare,
  pushImage,
} from './parts/installation';
import { described } from './parts/plan';
import { copyProject } from './parts/scratch';
import { place, synthesise, synthesiseCopy, terraformOf } from './parts/stacks';
import { findTool, type Outcome, type Tool, terraform } from './parts/terraform-tool';

const stacks = ['registry', 'monitoring'] as const;
const quietly = ['-input=false', '-no-color'];
const tool = findTool(process.env);
if (tool === null) console.log('skipped: no terraform');
const withTerraform = tool === null ? describe.skip : describe;
jest.setTimeout(300_000);

/** Everything that a configuration can say, but for where the state lies. */
const secondTeam: ConfigurationInput = {
  name: 'team-a',
  sources: { glue_crawler: false },
  alertOn: ['failed', 'stopped'],
  keepPayloads: true,
  alarms: ['lake@example.org', 'second.person@example.org'],
  silenceAlarmHours: 168,
  retention: { rows: 30, quarantine: 7, firehoseErrors: 7, athenaResults: 1, logs: 14 },
  onDestroy: 'delete',
  tags: { owner: 'lake' },
  encryption: 'customer-managed',
  permissionsBoundary: `arn:aws:iam::${place.ACCOUNT}:policy/boundary`,
  rolePath: '/lake/',
};
const everything: ConfigurationInput = {
  ...secondTeam,
  lambdaDestinations: ['orders-import', 'etl-*', '*-nightly'],
  lakeFormation: { readers: [`arn:aws:iam::${place.ACCOUNT}:role/analyst`] },
  terraformCloud: { organization: 'example', project: 'lake', workspaces: { registry: 'a', monitoring: 'b' } },
};

let folder: string;
/** What was printed by commands that failed before anything was applied. */
const faults: string[] = [];

const emulators: Emulator[] = [];
/** What may still go on when a test has failed. */
const running: Promise<unknown>[] = [];
/** The strict installation, when it is made while the others are. */
let strictly: Promise<Strict> | null = null;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'terraform-'));
});

afterAll(async () => {
  await Promise.all(emulators.map((emulator) => emulator.stop()));
  await Promise.allSettled(running);
  rmSync(folder, { recursive: true, force: true });
});

withTerraform('before anything is applied', () => {
  let aws: AwsStub;

  beforeAll(async () => {
    aws = await startAwsStub(place.ACCOUNT);
    synthesise(everything, join(folder, 'everything'));
    synthesise({}, join(folder, 'plan'));
  });

  afterAll(() => aws?.close());

  test.each(stacks)('with every setting, the stack is valid Terraform: %s', async (stack) => {
    const at = join(folder, 'everything', 'stacks', stack);

    await kept(terraform(required(tool), at, ['init', '-backend=false', ...quietly]));
    const validated = await kept(terraform(required(tool), at, ['validate', '-json']));

    expect(readable(validated)).toBe('');
  });

  test.each(stacks)('by default, the stack can be planned for an empty account: %s', async (stack) => {
    const at = join(folder, 'plan', 'stacks', stack);
    meetStub(at, aws.url);

    await kept(terraform(required(tool), at, ['init', ...quietly]));
    const output = await kept(terraform(required(tool), at, ['plan', '-lock=false', ...quietly]));

    expect(output.match(/Plan: .*/)?.[0]).toMatch(/^Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(output.match(/(Warning|Error): .*/g)).toBeNull();
  });

  test('a plan is refused with the credentials of another account', async () => {
    const other = await startAwsStub('999999999999');
    const at = join(folder, 'plan', 'stacks', 'registry');
    meetStub(at, other.url);

    const { code, output } = await terraform(required(tool), at, ['plan', '-lock=false', ...quietly]);
    other.close();

    expect(code).toBe(1);
    expect(output).toContain('AWS account ID not allowed: 999999999999');
  });
});

withTerraform('two installations in one account', () => {
  let emulator: Emulator;
  let aws: AwsCall;
  let first: Installed;
  let second: Installed;
  /** Of the image that the first one was deployed with. */
  let digest: string;
  /** Not empty once a plan of what was just applied was not. */
  const unrest: string[] = [];

  const onlyAtRest = () => {
    if (unrest.length > 0) throw new Error(`Not used, because it does not come to rest:\n${unrest.join('\n')}`);
  };

  beforeAll(async () => {
    onlyIfSound();
    copyProject(join(folder, 'checkout'));
    strictly = installStrictly();
    running.push(strictly);
    strictly.catch(() => {});
    emulator = await startEmulator();
    emulators.push(emulator);
    aws = awsClients(emulator.environment);
    [first, second] = await Promise.all([
      prepare({}, join(folder, 'first'), emulator),
      prepare(secondTeam, join(folder, 'second'), emulator),
    ]);
    const deployed = [deploy(first, emulator), deploy(second, emulator)] as const;
    running.push(...deployed);
    [digest] = await Promise.all(deployed);
    await Promise.all([use(aws, first), use(aws, second)]);
  });

  test.each([
    ['first', 'registry'],
    ['first', 'monitoring'],
    ['second', 'registry'],
    ['second', 'monitoring'],
  ] as const)('a plan of what was just applied shows no changes: %s, %s', async (which, stack) => {
    const changes = described(await planned({ first, second }[which], stack));
    unrest.push(...changes);

    expect(changes).toEqual([]);
  });

  describe('while the second one is destroyed with all its data', () => {
    let listed: readonly string[];
    let remembered: Installed;
    let gone: Promise<void>;

    beforeAll(async () => {
      onlyAtRest();
      listed = await listsNaming(/team[-_]a/, emulator);
      remembered = remember(second, join(folder, 'second before'), emulator);
      gone = destroy(second);
      running.push(gone);
      gone.catch(() => {});
    });

    test('the functions run the image that was pushed, by its digest', async () => {
      const { repository } = first.installation.names;
      const { imageDetails } = await aws('ecr', 'DescribeImages', { repositoryName: repository });
      const images = imagesOf(await first.state('monitoring'));

      expect(imageDetails).toMatchObject([{ imageDigest: digest, imageTags: [first.tag] }]);
      expect(images).toEqual(Array(2).fill(expect.stringMatching(`/${repository}@${digest}$`)));
    });

    test('what is synthesised again from the same configuration changes nothing', async () => {
      const again = copyOf(first, join(folder, 'again'), emulator);
      synthesiseCopy(join(folder, 'checkout'), {}, again.folder);

      const changes = await planned(again, 'monitoring');

      expect(described(changes)).toEqual([]);
    });

    test('a changed setting changes the settings object and two variables of the functions, and nothing else', async () => {
      const changed = copyOf(first, join(folder, 'setting'), emulator);
      synthesise({ alertOn: ['failed'] }, changed.folder);

      const changes = await planned(changed, 'monitoring');

      const settings = changes.find(({ address }) => address === 'aws_s3_object.alert_settings');
      expect(settings?.actions).toEqual(['create', 'delete']);
      expect(described(changes.filter((change) => change !== settings))).toEqual(
        ['notify', 'persist'].map((name) =>
          expect.stringMatching(
            `^aws_lambda_function.process_${name}_function update environment.0.variables.SETTINGS_KEY: "settings/\\w+.json" → "settings/\\w+.json"$`,
          ),
        ),
      );
    });

    test('a changed handler changes the image of both functions, and nothing else', async () => {
      const checkout = join(folder, 'checkout');
      const changed = copyOf(first, join(folder, 'handler'), emulator);
      writeFileSync(join(checkout, 'handler', 'change.ts'), 'export const changed = true;\n');
      synthesiseCopy(checkout, {}, changed.folder);

      const tooEarly = await changed.terraform('monitoring', 'plan', ...quietly);
      const pushed = await pushImage(first, emulator, { content: 'changed', tag: imageTag(checkout) });
      const changes = await planned(changed, 'monitoring');

      expect(tooEarly).toEqual({ code: 1, output: expect.stringContaining('data.aws_ecr_image.process_image') });
      expect(pushed).not.toBe(digest);
      expect(described(changes)).toEqual(
        ['notify', 'persist'].map((name) =>
          expect.stringMatching(
            `^aws_lambda_function.process_${name}_function update image_uri: ".*@${digest}" → ".*@${pushed}"$`,
          ),
        ),
      );
    });

    test('the one that keeps its data refuses to be destroyed, and names bucket and secret', async () => {
      const { code, output } = await first.terraform('monitoring', 'plan', '-destroy', ...quietly);

      expect(code).toBe(1);
      const refused = [...output.matchAll(/Resource (\S+) has\s+lifecycle.prevent_destroy\s+set/g)];
      expect(refused.map(([, address]) => address)).toEqual([
        'aws_s3_bucket.lake_bucket',
        'aws_secretsmanager_secret.alert_secret',
      ]);
    });

    test('nothing of the second one is left, and the first one is as it was', async () => {
      await gone;

      expect(listed).toContain('buckets');
      expect(await listsNaming(/team[-_]a/, emulator)).toEqual([]);
      expect(await stillThere(remembered)).toEqual([]);
      expect(described(await planned(first, 'monitoring'))).toEqual([]);
    });

    test('the first one goes with all its data once it is told so, and the account is empty', async () => {
      const remembered = remember(first, join(folder, 'first before'), emulator);
      synthesise({ onDestroy: 'delete' }, first.folder);

      const changes = await planned(first, 'monitoring');
      await apply(first, 'monitoring');
      await destroy(first);

      expect(described(changes)).toEqual([
        'aws_s3_bucket.lake_bucket update force_destroy: false → true',
        'aws_secretsmanager_secret.alert_secret update recovery_window_in_days: 30 → 0',
      ]);
      expect(await listsNaming(/monitor/, emulator)).toEqual([]);
      expect(await stillThere(remembered)).toEqual([]);
    });
  });
});

withTerraform('where credentials and policies are checked, and only TLS is spoken', () => {
  let strict: Strict;
  let aws: AwsCall;

  beforeAll(async () => {
    onlyIfSound();
    strict = await (strictly ?? installStrictly());
    aws = awsClients(strict.emulator.environment);
  });

  test('an event gets into both queues', async () => {
    await send(aws, 'jr_1');

    expect(await receive(aws, strict.queues.persist)).toContain('jr_1');
    expect(await receive(aws, strict.queues.notify)).toContain('jr_1');
  });

  test('a queue whose policy names another topic gets nothing, while the other queue still does', async () => {
    const address = 'aws_sqs_queue_policy.capture_notify_queue_policy';
    await change(strict.installed, address, { from: 'aws_sns_topic.capture_topic', to: 'aws_sns_topic.watch_topic' });

    await send(aws, 'jr_2');

    expect(await receive(aws, strict.queues.persist)).toContain('jr_2');
    expect(await count(aws, strict.queues.notify)).toBe(0);
  });
});

interface Strict {
  readonly emulator: Emulator;
  readonly installed: Installed;
  /** URLs of the functions' queues. */
  readonly queues: { readonly persist: string; readonly notify: string };
}

/** Installs what lies before the functions where the emulator checks credentials and policies. */
async function installStrictly(): Promise<Strict> {
  const emulator = await startEmulator({ strict: true });
  emulators.push(emulator);
  const installed = await prepare({}, join(folder, 'strict'), emulator);
  const { resource } = terraformIn(installed);
  const ends = ['aws_sns_topic_subscription', 'aws_cloudwatch_event_target', 'aws_sns_topic_policy'];
  const targets = ends.flatMap((type) => Object.keys(resource[type] ?? {}).map((name) => `${type}.${name}`));
  await apply(installed, 'monitoring', targets);
  const state = await installed.state('monitoring');
  const urlOf = (name: string) => String(state[`aws_sqs_queue.capture_${name}_queue`]?.['url']);
  return { emulator, installed, queues: { persist: urlOf('persist'), notify: urlOf('notify') } };
}

/** Applies one resource with a text of it changed. */
async function change(
  installed: Installed,
  address: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const content = terraformIn(installed);
  const [type = '', name = ''] = address.split('.');
  const resources = content.resource[type] ?? {};
  const before = JSON.stringify(resources[name]);
  expect(before).toContain(from);
  resources[name] = JSON.parse(before.replaceAll(from, to));
  writeFileSync(terraformOf(installed.folder, 'monitoring'), JSON.stringify(content, null, 2));
  await apply(installed, 'monitoring', [address]);
}

function terraformIn({ folder: at }: Installed) {
  return JSON.parse(readFileSync(terraformOf(at, 'monitoring'), 'utf8')) as {
    readonly resource: Record<string, Record<string, unknown>>;
  };
}

/** Sends an event as Glue would. */
async function send(aws: AwsCall, jobRunId: string): Promise<void> {
  const detail = { jobName: 'nightly', jobRunId, state: 'FAILED', severity: 'ERROR', message: 'out of memory' };
  const entry = { Source: 'aws.glue', DetailType: 'Glue Job State Change', Detail: JSON.stringify(detail) };
  const { FailedEntryCount } = await aws('eventbridge', 'PutEvents', { Entries: [entry] });
  expect(FailedEntryCount).toBe(0);
}

/** Takes the next message out of a queue; an empty text where none comes. */
async function receive(aws: AwsCall, url: string): Promise<string> {
  const { Messages } = await aws('sqs', 'ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 10 });
  const [message] = (Messages ?? []) as readonly { readonly Body: string; readonly ReceiptHandle: string }[];
  if (message === undefined) return '';
  await aws('sqs', 'DeleteMessage', { QueueUrl: url, ReceiptHandle: message.ReceiptHandle });
  return message.Body;
}

async function count(aws: AwsCall, url: string): Promise<number> {
  const { Attributes: told } = await aws('sqs', 'GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] });
  const counts = told as Readonly<Record<string, string>>;
  return Number(counts['ApproximateNumberOfMessages']) + Number(counts['ApproximateNumberOfMessagesNotVisible']);
}

/** Leaves data where a destroy could stumble over it: an object with versions, and a secret. */
async function use(aws: AwsCall, { installation: { names } }: Installed): Promise<void> {
  for (const Body of ['one', 'two'])
    await aws('s3', 'PutObject', { Bucket: names.bucket, Key: 'monitor/state/x', Body });
  await aws('s3', 'DeleteObject', { Bucket: names.bucket, Key: 'monitor/state/x' });
  const SecretString = JSON.stringify({ slack_webhook: 'https://hooks.example.org/made-up' });
  await aws('secrets-manager', 'PutSecretValue', { SecretId: names.secret, SecretString });
}

function imagesOf(state: Readonly<Record<string, Attributes>>): readonly unknown[] {
  const functions = Object.entries(state).filter(([address]) => address.startsWith('aws_lambda_function.'));
  return functions.map(([, attributes]) => attributes['image_uri']);
}

/** Keeps what a command printed that failed, because nothing should be applied then. */
async function kept(running: Promise<Outcome>): Promise<string> {
  const { code, output } = await running;
  if (code === 0) return output;
  faults.push(output);
  throw new Error(`Terraform failed:\n${readable(output)}`);
}

function onlyIfSound(): void {
  if (faults.length > 0) throw new Error('Nothing was applied, because the Terraform is not sound; see above');
}

/** What `validate -json` found, in words; else what was printed. */
function readable(output: string): string {
  try {
    const { diagnostics } = JSON.parse(output) as { readonly diagnostics: readonly Diagnostic[] };
    return diagnostics.map(inWords).join('\n');
  } catch {
    return output.trimEnd().split('\n').slice(-60).join('\n');
  }
}

interface Diagnostic {
  readonly summary: string;
  readonly detail: string;
  readonly snippet?: { readonly context: string | null; readonly code: string };
}

function inWords({ summary, detail, snippet }: Diagnostic): string {
  return [summary, detail, snippet?.context, snippet?.code].filter(Boolean).join(': ');
}

/** Lets the provider meet the stub in place of AWS; the synthesised file stays as it is. */
function meetStub(at: string, url: string): void {
  const aws = {
    access_key: 'made-up',
    secret_key: 'made-up',
    skip_credentials_validation: true,
    skip_metadata_api_check: 'true',
    endpoints: [{ ecr: url, sts: url }],
  };
  writeFileSync(join(at, 'stub_override.tf.json'), JSON.stringify({ provider: { aws } }));
}

function required(found: Tool | null): Tool {
  if (found === null) throw new Error('no terraform');
  return found;
}
