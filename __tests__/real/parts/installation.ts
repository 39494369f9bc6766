import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigurationInput, Installation } from '../../../infra/config';
import { imageTag } from '../../../infra/registry/image-tag';
import { awsClients } from './aws';
import type { Emulator } from './emulator';
import { providerSettings } from './emulator/exceptions';
import { synthesise, terraformOf } from './stacks';
import { findTool, type Outcome, terraform } from './terraform-tool';

type StackName = 'registry' | 'monitoring';

/** An installation of ours in an emulator of AWS. */
export interface Installed {
  /** Where the stacks and their states lie. */
  readonly folder: string;
  readonly installation: Installation;
  /** Runs terraform in the folder of a stack; whoever calls looks at the outcome. */
  readonly terraform: (stack: StackName, ...command: readonly string[]) => Promise<Outcome>;
  /** What a stack's state holds: attributes by address, for example `aws_sqs_queue.capture_persist_queue`. */
  readonly state: (stack: StackName) => Promise<Readonly<Record<string, Attributes>>>;
}

/** The attributes of a resource in Terraform's state. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One change that a plan would make. */
export interface Change {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before: Attributes | null;
  readonly after: Attributes | null;
}

/** Synthesises the stacks of a configuration into a folder and initialises Terraform there, against the emulator. */
export async function prepare(config: ConfigurationInput, folder: string, emulator: Emulator): Promise<Installed> {
  const tool = findTool(process.env);
  if (tool === null)
    throw new Error('This suite needs Terraform, and its AWS provider in a mirror; CONTRIBUTING.md says where');
  const installation = synthesise(config, folder);
  for (const stack of ['registry', 'monitoring'] as const) meetEmulator(join(terraformOf(folder, stack), '..'));
  const installed: Installed = {
    folder,
    installation,
    terraform: (stack, ...command) =>
      terraform(tool, join(terraformOf(folder, stack), '..'), command, emulator.environment),
    state: async (stack) => attributesIn(await must(installed.terraform(stack, 'show', '-json'))),
  };
  for (const stack of ['registry', 'monitoring'] as const) {
    await must(installed.terraform(stack, 'init', '-input=false', '-no-color'));
  }
  return installed;
}

/** Deploys as the guide says: the registry, an image under the tag of this checkout, then the monitoring stack. */
export async function deploy(installed: Installed, emulator: Emulator): Promise<void> {
  await apply(installed, 'registry');
  await pushImage(installed, emulator);
  await apply(installed, 'monitoring');
}

/**
 * Applies a stack, or the parts of it that `targets` name with what they need.
 * @throws Error with what Terraform printed.
 */
export async function apply(
  { terraform: run }: Installed,
  stack: StackName,
  targets: readonly string[] = [],
): Promise<void> {
  const only = targets.map((target) => `-target=${target}`);
  await must(run(stack, 'apply', '-auto-approve', '-input=false', '-no-color', '-parallelism=30', ...only));
}

/** What a plan of a stack would change, in the order of its addresses; empty where it is clean. */
export async function planned(installed: Installed, stack: StackName): Promise<readonly Change[]> {
  await must(installed.terraform(stack, 'plan', '-input=false', '-no-color', '-out=plan.bin'));
  const plan = JSON.parse(await must(installed.terraform(stack, 'show', '-json', 'plan.bin'))) as {
    readonly resource_changes?: readonly { readonly address: string; readonly change: Omit<Change, 'address'> }[];
  };
  return (plan.resource_changes ?? [])
    .map(({ address, change: { actions, before, after } }) => ({ address, actions, before, after }))
    .filter(({ actions }) => !['no-op', 'read'].includes(actions.join()));
}

/** Pushes the manifest of an image whose layers are `content`, under the tag of this checkout; returns its digest. */
export async function pushImage({ installation }: Installed, emulator: Emulator, content = 'handler'): Promise<string> {
  const { repository } = installation.names;
  const blob = {
    size: content.length,
    digest: `sha256:${Buffer.from(content).toString('hex').padEnd(64, '0').slice(0, 64)}`,
  };
  const docker = 'application/vnd.docker';
  const manifest = {
    schemaVersion: 2,
    mediaType: `${docker}.distribution.manifest.v2+json`,
    config: { mediaType: `${docker}.container.image.v1+json`, ...blob },
    layers: [{ mediaType: `${docker}.image.rootfs.diff.tar.gzip`, ...blob }],
  };
  const { image } = await awsClients(emulator.environment)('ecr', 'PutImage', {
    repositoryName: repository,
    imageTag: imageTag(),
    imageManifest: JSON.stringify(manifest),
    imageManifestMediaType: manifest.mediaType,
  });
  return String((image as { imageId?: { imageDigest?: unknown } }).imageId?.imageDigest);
}

/** The standard output of a command that must succeed. */
async function must(outcome: Promise<Outcome>): Promise<string> {
  const { code, output } = await outcome;
  if (code !== 0) throw new Error(`Terraform failed:\n${output.trimEnd().split('\n').slice(-60).join('\n')}`);
  return output;
}

/** The one difference between what is deployed and what is proved: how the provider meets the emulator. */
function meetEmulator(folder: string): void {
  const settings = Object.entries(providerSettings).map(([name, { value }]) => [name, value]);
  writeFileSync(
    join(folder, 'emulator_override.tf.json'),
    JSON.stringify({ provider: { aws: Object.fromEntries(settings) } }),
  );
}

function attributesIn(state: string): Readonly<Record<string, Attributes>> {
  const { values } = JSON.parse(state) as {
    readonly values?: {
      readonly root_module: { readonly resources?: readonly { address: string; values: Attributes }[] };
    };
  };
  return Object.fromEntries((values?.root_module.resources ?? []).map((it) => [it.address, it.values]));
}
