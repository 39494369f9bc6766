import { cpSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ConfigurationInput, Installation } from '../../../../infra/config';
import { imageTag } from '../../../../infra/registry/image-tag';
import { awsClients } from '../emulator/aws';
import type { Emulator } from '../emulator/emulator';
import { synthesise, terraformOf } from '../stacks';
import { meetEmulator } from './overrides';
import { must, type Outcome, terraform } from './tool';

export { type Change, planned } from './plan';

type StackName = 'registry' | 'monitoring';
const stackNames = ['registry', 'monitoring'] as const;

/** An installation of ours in an emulator of AWS. */
export interface Installed {
  /** Where the stacks and their states lie. */
  readonly folder: string;
  readonly installation: Installation;
  /** The tag of the image that the functions are made from. */
  readonly tag: string;
  /** Runs terraform in the folder of a stack; whoever calls looks at the outcome. */
  readonly terraform: (stack: StackName, ...command: readonly string[]) => Promise<Outcome>;
  /** What a stack's state holds: attributes by address, for example `aws_sqs_queue.capture_persist_queue`. */
  readonly state: (stack: StackName) => Promise<Readonly<Record<string, Attributes>>>;
}

/** The attributes of a resource in Terraform's state. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Synthesises the stacks of a configuration into a folder and initialises Terraform there, against the emulator. */
export async function prepare(config: ConfigurationInput, folder: string, emulator: Emulator): Promise<Installed> {
  const installation = synthesise(config, folder);
  for (const stack of stackNames) meetEmulator(dirname(terraformOf(folder, stack)));
  const installed = installedIn(folder, { installation, tag: imageTag() }, emulator);
  for (const stack of stackNames) {
    await must(installed.terraform(stack, 'init', '-input=false', '-no-color'));
  }
  return installed;
}

/** The same installation with a copy of its stacks and states in another folder, where they can be changed and planned. */
export function copyOf(installed: Installed, folder: string, emulator: Emulator): Installed {
  cpSync(installed.folder, folder, { recursive: true });
  return installedIn(folder, installed, emulator);
}

function installedIn(
  folder: string,
  { installation, tag }: Pick<Installed, 'installation' | 'tag'>,
  { environment }: Emulator,
): Installed {
  const run: Installed['terraform'] = (stack, ...command) =>
    terraform(command, { folder: dirname(terraformOf(folder, stack)), environment });
  return {
    folder,
    installation,
    tag,
    terraform: run,
    state: async (stack) => attributesIn(await must(run(stack, 'show', '-json'))),
  };
}

/**
 * Deploys as the guide says: the registry, an image under the tag of this checkout, then the monitoring stack. Returns the
 * digest of the image.
 */
export async function deploy(installed: Installed, emulator: Emulator): Promise<string> {
  await apply(installed, 'registry');
  const digest = await pushImage(installed, emulator);
  await apply(installed, 'monitoring');
  return digest;
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

/**
 * Destroys both stacks, the registry last.
 * @throws Error with what Terraform printed.
 */
export async function destroy({ terraform: run }: Installed): Promise<void> {
  const destroyed = ['destroy', '-auto-approve', '-input=false', '-no-color', '-parallelism=30'];
  for (const stack of ['monitoring', 'registry'] as const) await must(run(stack, ...destroyed));
}

/** Pushes the manifest of an image whose layers are `content`, by default under the tag of this checkout; returns its digest. */
export async function pushImage(
  installed: Installed,
  emulator: Emulator,
  { content = 'handler', tag = installed.tag } = {},
): Promise<string> {
  const { repository } = installed.installation.names;
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
    imageTag: tag,
    imageManifest: JSON.stringify(manifest),
    imageManifestMediaType: manifest.mediaType,
  });
  return String((image as { imageId?: { imageDigest?: unknown } }).imageId?.imageDigest);
}

function attributesIn(state: string): Readonly<Record<string, Attributes>> {
  const { values } = JSON.parse(state) as {
    readonly values?: {
      readonly root_module: { readonly resources?: readonly { address: string; values: Attributes }[] };
    };
  };
  return Object.fromEntries((values?.root_module.resources ?? []).map((it) => [it.address, it.values]));
}
