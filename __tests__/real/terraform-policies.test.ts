import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AwsCall, awsClients } from './parts/emulator/aws';
import { type Emulator, startEmulator } from './parts/emulator/emulator';
import { terraformOf } from './parts/stacks';
import { depthOf, receive, sendFailure } from './parts/terraform/bus';
import { apply, type Installed, prepare } from './parts/terraform/installation';
import { made } from './parts/terraform/made';
import { describeWithTerraform } from './parts/terraform/tool';

jest.setTimeout(420_000);

/** What lies before the functions, installed. */
interface Front {
  readonly installed: Installed;
  readonly aws: AwsCall;
  /** URLs of the functions' queues. */
  readonly queues: { readonly persist: string; readonly notify: string };
}

describeWithTerraform('where credentials and policies are checked, and only TLS is spoken', () => {
  const front = made<Front>('installation');
  let folder: string;
  let emulator: Emulator | null = null;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'terraform-policies-'));
  });

  afterAll(async () => {
    await emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('an event gets into both queues', async () => {
    const { aws, queues } = await front.make(async () => {
      emulator = await startEmulator({ strict: true });
      return install(await prepare({}, folder, emulator), awsClients(emulator.environment));
    });

    await sendFailure(aws, 'jr_1');

    expect(await receive(aws, queues.persist)).toContain('jr_1');
    expect(await receive(aws, queues.notify)).toContain('jr_1');
  });

  test('a queue whose policy names another topic gets nothing, while the other queue still does', async () => {
    const { aws, queues, installed } = front.get();
    const address = 'aws_sqs_queue_policy.capture_notify_queue_policy';
    await change(installed, address, { from: 'aws_sns_topic.capture_topic', to: 'aws_sns_topic.watch_topic' });

    await sendFailure(aws, 'jr_2');

    expect(await receive(aws, queues.persist)).toContain('jr_2');
    expect(await depthOf(aws, queues.notify)).toBe(0);
  });
});

/** Applies the rules, the topic and the queues with all that they need. */
async function install(installed: Installed, aws: AwsCall): Promise<Front> {
  const { resource } = terraformIn(installed);
  const ends = ['aws_sns_topic_subscription', 'aws_cloudwatch_event_target', 'aws_sns_topic_policy'].flatMap((type) =>
    Object.keys(resource[type] ?? {}).map((name) => `${type}.${name}`),
  );
  // The schedule calls a function, for which an image would be needed.
  await apply(
    installed,
    'monitoring',
    ends.filter((address) => !address.startsWith('aws_cloudwatch_event_target.process_')),
  );
  const state = await installed.state('monitoring');
  const urlOf = (name: string) => String(state[`aws_sqs_queue.capture_${name}_queue`]?.['url']);
  return { installed, aws, queues: { persist: urlOf('persist'), notify: urlOf('notify') } };
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
