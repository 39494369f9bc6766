import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { type ConfigurationInput, readInstallation } from '../infra/config';
import { RegistryStack } from '../infra/registry/stack';
import { MonitoringStack } from '../infra/stack';

const root = join(__dirname, '..');
const where = { ACCOUNT: '111122223333', REGION: 'eu-central-1' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synth-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('npm run synth', () => {
  it('writes both stacks without Terraform or a network', () => {
    const { status, stderr, stdout } = synth({ ...where, CDKTF_OUTDIR: folder, PATH: '' });

    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain('alarms is "none"');
    for (const stack of ['registry', 'monitoring']) {
      expect(JSON.parse(readFileSync(join(folder, 'stacks', stack, 'cdk.tf.json'), 'utf8'))).toHaveProperty('resource');
    }
  });

  it('makes the folder it is to write into, with those above it', () => {
    const deep = join(folder, 'not/yet/there');

    const { status } = synth({ ...where, CDKTF_OUTDIR: deep });

    expect(status).toBe(0);
    expect(existsSync(join(deep, 'stacks/monitoring/cdk.tf.json'))).toBe(true);
  });

  it('says in one line when that folder cannot be made', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');

    const { status, stderr } = synth({ ...where, CDKTF_OUTDIR: join(file, 'out') });

    expect(status).toBe(1);
    expect(stderr.trim()).toBe(
      `The folder "${join(file, 'out')}" cannot be made (ENOTDIR); set CDKTF_OUTDIR to one that can be written`,
    );
  });

  it('says what is missing, in a line each and without a stack trace', () => {
    const { status, stderr } = synth({ CDKTF_OUTDIR: folder });

    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      'ACCOUNT is not set; set it to the twelve digits of the AWS account, for example ACCOUNT=123456789012',
      'REGION is not set; set it to an AWS region, for example REGION=eu-central-1',
    ]);
    expect(existsSync(join(folder, 'stacks'))).toBe(false);
  });
});

describe('where the state is kept', () => {
  const workspaces = { registry: 'lake-registry', monitoring: 'lake-monitoring' };

  it.each([
    ['registry', 'lake-registry'],
    ['monitoring', 'lake-monitoring'],
  ] as const)('in Terraform Cloud, the stack %s has the workspace %s', (stack, name) => {
    const settings = settingsOf(stack, { organization: 'example', project: 'lake', workspaces });

    expect(settings['cloud']).toEqual({ organization: 'example', workspaces: { name, project: 'lake' } });
    expect(settings).not.toHaveProperty('backend');
  });

  it.each(['registry', 'monitoring'] as const)('in Terraform Enterprise, the stack %s names the host', (stack) => {
    const settings = settingsOf(stack, { organization: 'example', hostname: 'tfe.example.org', workspaces });

    expect(settings['cloud']).toEqual({
      organization: 'example',
      hostname: 'tfe.example.org',
      workspaces: { name: workspaces[stack] },
    });
    expect(settings).not.toHaveProperty('backend');
  });

  it('by default, in a file for each stack beside config.ts', () => {
    synth({ ...where, CDKTF_OUTDIR: folder });

    for (const stack of ['registry', 'monitoring']) {
      const { terraform } = JSON.parse(readFileSync(join(folder, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
      expect(terraform).not.toHaveProperty('cloud');
      expect(terraform.backend).toEqual({ local: { path: join(root, `terraform.${stack}.tfstate`) } });
    }
  });
});

type Cloud = NonNullable<ConfigurationInput['terraformCloud']>;

function settingsOf(stack: 'registry' | 'monitoring', terraformCloud: Cloud): Readonly<Record<string, unknown>> {
  const installation = readInstallation({ terraformCloud }, where);
  const app = Testing.app({ outdir: folder });
  const made =
    stack === 'registry' ? new RegistryStack(app, stack, installation) : new MonitoringStack(app, stack, installation);
  return (JSON.parse(Testing.synth(made)) as { terraform: Record<string, unknown> }).terraform;
}

function synth(environment: Record<string, string>) {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  return spawnSync(process.execPath, [tsx, 'main.ts'], {
    cwd: root,
    env: { HOME: folder, ...environment },
    encoding: 'utf8',
  });
}
