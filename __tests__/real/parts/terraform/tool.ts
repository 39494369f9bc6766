import { execFile, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { lastLines } from '../command';

/** The provider with which the stacks are checked: older than the one they are deployed with, and proof that it suffices. */
export const providerVersion = '5.100.0';

/** The terraform of this machine, and a folder with the provider, so that no network is needed. */
export interface Tool {
  readonly binary: string;
  /** Root of a filesystem mirror, as Terraform's CLI configuration means it. */
  readonly mirror: string;
}

/** What a command printed and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
}

const inMirror = join('registry.terraform.io', 'hashicorp', 'aws', providerVersion);

/** Looks where `TERRAFORM` and `TERRAFORM_PROVIDER_MIRROR` say, then in the usual places; null when either is not there. */
function findTool(environment: Readonly<Record<string, string | undefined>>): Tool | null {
  const binary = environment['TERRAFORM'] ?? 'terraform';
  if (spawnSync(binary, ['version']).status !== 0) return null;
  const usual = [
    environment['TERRAFORM_PROVIDER_MIRROR'],
    environment['TF_PLUGIN_CACHE_DIR'],
    join(homedir(), '.terraform.d', 'plugins'),
    join(homedir(), '.terraform.d', 'plugin-cache'),
  ];
  const known = usual.find((folder) => folder !== undefined && existsSync(join(folder, inMirror)));
  const mirror = known ?? searchMachine();
  return mirror === null ? null : { binary, mirror };
}

const needed = `Terraform 1.5 or later, and a mirror with version ${providerVersion} of its AWS provider`;
const where = 'TERRAFORM and TERRAFORM_PROVIDER_MIRROR name them; see CONTRIBUTING.md';
let sought: Tool | null | undefined;

/**
 * The Terraform of this machine, sought once.
 * @throws Error that says what is needed where it is missing.
 */
export function terraformTool(): Tool {
  const tool = soughtOnce();
  if (tool === null) throw new Error(`This suite needs ${needed} (${where})`);
  return tool;
}

/** A `describe` of what Terraform must run: where there is none, one line says so and the tests are skipped. */
export function describeWithTerraform(title: string, tests: () => void): void {
  const tool = soughtOnce();
  if (tool === null) process.stderr.write(`skipped: what needs ${needed} (${where})\n`);
  (tool === null ? describe.skip : describe)(title, tests);
}

function soughtOnce(): Tool | null {
  sought = sought === undefined ? findTool(process.env) : sought;
  return sought;
}

/** Writes into a folder where Terraform finds the provider; returns the path for `TF_CLI_CONFIG_FILE`. */
export function configureMirror(folder: string): string {
  const path = join(folder, 'terraform.rc');
  const mirror = JSON.stringify(terraformTool().mirror);
  writeFileSync(path, `provider_installation {\n  filesystem_mirror {\n    path = ${mirror}\n  }\n}\n`);
  return path;
}

/** Where a command of Terraform is run. */
export interface Surroundings {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs terraform in a folder; only the mirror and the environment given can change what it does. */
export function terraform(command: readonly string[], { folder, environment = {} }: Surroundings): Promise<Outcome> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    TF_CLI_CONFIG_FILE: configureMirror(folder),
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...environment,
  };
  return new Promise((resolve) => {
    execFile(
      terraformTool().binary,
      [...command],
      { cwd: folder, env, maxBuffer: 2 ** 28 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : 1, output: `${stdout}${stderr}` });
      },
    );
  });
}

/**
 * What a command printed that must succeed.
 * @throws Error with the end of what it printed.
 */
export async function must(outcome: Promise<Outcome>): Promise<string> {
  const { code, output } = await outcome;
  if (code !== 0) throw new Error(`Terraform failed:\n${lastLines(output)}`);
  return output;
}

/** The last resort: a bounded search of the machine's own disks. */
function searchMachine(): string | null {
  const skipped = ['/proc', '/sys', '/dev'].flatMap((path) => ['-path', path, '-o']);
  const conditions = [
    '(',
    ...skipped,
    '-name',
    'node_modules',
    ')',
    '-prune',
    '-o',
    '-path',
    `*/${inMirror}`,
    '-print',
    '-quit',
  ];
  const { stdout } = spawnSync('find', ['/', '-maxdepth', '9', ...conditions], { encoding: 'utf8', timeout: 30_000 });
  const found = (stdout ?? '').trim().split('\n')[0] ?? '';
  return found === '' ? null : found.slice(0, -inMirror.length - 1);
}
