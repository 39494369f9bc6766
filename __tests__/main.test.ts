import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

function synth(environment: Record<string, string>) {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  return spawnSync(process.execPath, [tsx, 'main.ts'], {
    cwd: root,
    env: { HOME: folder, ...environment },
    encoding: 'utf8',
  });
}
