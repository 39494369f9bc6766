import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageTag } from '../../infra/registry/image-tag';
import { secondTeam } from '../infra/installations';
import { type AwsCall, awsClients } from './parts/emulator/aws';
import { type Emulator, startEmulator } from './parts/emulator/emulator';
import { copyProject } from './parts/scratch';
import { synthesise, synthesiseCopy } from './parts/stacks';
import { listsNaming, remember, stillThere } from './parts/terraform/holdings';
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
} from './parts/terraform/installation';
import { made } from './parts/terraform/made';
import { described } from './parts/terraform/plan';
import { describeWithTerraform } from './parts/terraform/tool';

const quietly = ['-input=false', '-no-color'];
jest.setTimeout(420_000);

interface Deployed {
  readonly emulator: Emulator;
  readonly aws: AwsCall;
  readonly first: Installed;
  readonly second: Installed;
  /** Of the image that the first one was deployed with. */
  readonly digest: string;
}

/** The same once plans of both showed no changes, while the second one is destroyed. */
interface Resting extends Deployed {
  /** The second one as it was. */
  readonly remembered: Installed;
  readonly gone: Promise<void>;
}

describeWithTerraform('two installations in one account', () => {
  const both = made<Deployed>('pair of installations');
  const resting = made<Resting>('pair of installations at rest');
  /** Stacks whose plan showed no changes after they were applied. */
  const atRest = new Set<string>();
  let folder: string;
  let emulator: Emulator | null = null;
  /** What may still go on when a test has failed. */
  const running: Promise<unknown>[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'terraform-apply-'));
    copyProject(join(folder, 'checkout'));
  });

  afterAll(async () => {
    await emulator?.stop();
    await Promise.allSettled(running);
    rmSync(folder, { recursive: true, force: true });
  });

  async function deployBoth(): Promise<Deployed> {
    emulator = await startEmulator();
    const aws = awsClients(emulator.environment);
    const [first, second] = await Promise.all([
      prepare({}, join(folder, 'first'), emulator),
      prepare(secondTeam, join(folder, 'second'), emulator),
    ]);
    const deployed = [deploy(first, emulator), deploy(second, emulator)] as const;
    running.push(...deployed);
    const [digest] = await Promise.all(deployed);
    return { emulator, aws, first, second, digest };
  }

  test('can be deployed side by side, and used', async () => {
    const { aws, first, second } = await both.make(deployBoth);

    await Promise.all([use(aws, first), use(aws, second)]);

    const left = { versions: 2, deletions: 1 };
    expect([await objectsIn(aws, first), await objectsIn(aws, second)]).toEqual([left, left]);
  });

  test.each([
    ['first', 'registry'],
    ['first', 'monitoring'],
    ['second', 'registry'],
    ['second', 'monitoring'],
  ] as const)('a plan of what was just applied shows no changes: %s, %s', async (which, stack) => {
    const changes = described(await planned(both.get()[which], stack));

    expect(changes).toEqual([]);
    atRest.add(`${which} ${stack}`);
  });

  test('the second one is told to go, with all its data', async () => {
    const deployed = both.get();
    const { second, emulator: holding } = deployed;
    if (atRest.size < 4) throw new Error('Not tried, because a plan showed changes; an earlier failure says which');

    const listed = await listsNaming(/team[-_]a/, holding);
    await resting.make(async () => {
      const remembered = remember(second, join(folder, 'second before'), holding);
      const gone = destroy(second);
      gone.catch(() => {});
      running.push(gone);
      return { ...deployed, remembered, gone };
    });

    expect(listed).toContain('buckets');
  });

  test('the functions run the image that was pushed, by its digest', async () => {
    const { aws, first, digest } = resting.get();
    const { repository } = first.installation.names;
    const { imageDetails } = await aws('ecr', 'DescribeImages', { repositoryName: repository });
    const images = imagesOf(await first.state('monitoring'));

    expect(imageDetails).toMatchObject([{ imageDigest: digest, imageTags: [first.tag] }]);
    expect(images).toEqual(Array(2).fill(expect.stringMatching(`/${repository}@${digest}$`)));
  });

  test('what is synthesised again from the same configuration changes nothing', async () => {
    const { first, emulator: holding } = resting.get();
    const again = copyOf(first, join(folder, 'again'), holding);
    synthesiseCopy(join(folder, 'checkout'), {}, again.folder);

    const changes = await planned(again, 'monitoring');

    expect(described(changes)).toEqual([]);
  });

  test('a changed setting changes the settings object and two variables of the functions, and nothing else', async () => {
    const { first, emulator: holding } = resting.get();
    const changed = copyOf(first, join(folder, 'setting'), holding);
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
    const { first, digest, emulator: holding } = resting.get();
    const checkout = join(folder, 'checkout');
    const changed = copyOf(first, join(folder, 'handler'), holding);
    writeFileSync(join(checkout, 'handler', 'change.ts'), 'export const changed = true;\n');
    synthesiseCopy(checkout, {}, changed.folder);

    const tooEarly = await changed.terraform('monitoring', 'plan', ...quietly);
    const pushed = await pushImage(first, holding, { content: 'changed', tag: imageTag(checkout) });
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
    const { first } = resting.get();
    const { code, output } = await first.terraform('monitoring', 'plan', '-destroy', ...quietly);

    expect(code).toBe(1);
    const refused = [...output.matchAll(/Resource (\S+) has\s+lifecycle.prevent_destroy\s+set/g)];
    expect(refused.map(([, address]) => address)).toEqual([
      'aws_s3_bucket.lake_bucket',
      'aws_secretsmanager_secret.alert_secret',
    ]);
  });

  test('nothing of the second one is left, and the first one is as it was', async () => {
    const { first, remembered, gone, emulator: holding } = resting.get();

    await gone;

    expect(await listsNaming(/team[-_]a/, holding)).toEqual([]);
    expect(await stillThere(remembered)).toEqual([]);
    expect(described(await planned(first, 'monitoring'))).toEqual([]);
  });

  test('the first one goes with all its data once it is told so, and the account is empty', async () => {
    const { first, emulator: holding } = resting.get();
    const remembered = remember(first, join(folder, 'first before'), holding);
    synthesise({ onDestroy: 'delete' }, first.folder);

    const changes = await planned(first, 'monitoring');
    await apply(first, 'monitoring');
    await destroy(first);

    expect(described(changes)).toEqual([
      'aws_s3_bucket.lake_bucket update force_destroy: false → true',
      'aws_secretsmanager_secret.alert_secret update recovery_window_in_days: 30 → 0',
    ]);
    expect(await listsNaming(/monitor/, holding)).toEqual([]);
    expect(await stillThere(remembered)).toEqual([]);
  });
});

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

/** How many versions of objects and marks of their deletion a bucket holds below the rows' folder. */
async function objectsIn(aws: AwsCall, { installation: { names } }: Installed) {
  const asked = { Bucket: names.bucket, Prefix: 'monitor/state/x' };
  const { Versions, DeleteMarkers } = await aws('s3', 'ListObjectVersions', asked);
  return { versions: [Versions ?? []].flat().length, deletions: [DeleteMarkers ?? []].flat().length };
}
