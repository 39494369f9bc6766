import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfigurationInput } from '../../infra/config';
import { everything } from '../infra/installations';
import { npmPackages } from './parts/cache';
import { runCommand } from './parts/command';
import { configure, copyProject, copyProjectWith } from './parts/scratch';
import { place, terraformOf } from './parts/stacks';
import { describeWithTerraform, providerVersion, terraform } from './parts/terraform/tool';

/** CDKTF's fork, which is kept up, as it would be installed: docs/decisions/0010-way-out-of-cdktf.md. */
const fork = ['cdktn@0.24.0', '@cdktn/provider-aws@25.7.0', 'constructs@10.6.0'];
const names = { cdktf: 'cdktn', '@cdktf/provider-aws': '@cdktn/provider-aws' };

const configurations = { default: {}, everything } as const satisfies Record<string, ConfigurationInput>;
const cases = Object.keys(configurations).flatMap((name) =>
  (['registry', 'monitoring'] as const).map((stack) => [name as keyof typeof configurations, stack] as const),
);

let folder: string;
const old = () => join(folder, 'cdktf');
const moved = () => join(folder, 'cdktn');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdktn-'));
  copyProject(old());
  copyProjectWith({ names, packages: npmPackages('cdktn', fork) }, moved());
  for (const copy of [old(), moved()]) {
    for (const [name, config] of Object.entries(configurations)) synthesise(copy, name, config);
  }
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the project compiles with the fork, with nothing renamed but its packages', () => {
  const compile = () =>
    runCommand(join('node_modules', '.bin', 'tsc'), ['--noEmit', '--types', 'node'], { cwd: moved() });

  expect(compile()).toBe('');
});

test.each(cases)('the %s installation has the same %s with the fork', (name, stack) => {
  const before = read(old(), name, stack);
  const after = read(moved(), name, stack);

  expect(after.provider).toEqual({ source: 'hashicorp/aws', version: expect.stringMatching(/^6\.\d+\.\d+$/) });
  expect(before.provider).toEqual({ source: 'aws', version: '6.25.0' });
  expect(after.rest).toEqual(before.rest);
});

test('both ask for the same image', () => {
  const tags = [old(), moved()].map((copy) => read(copy, 'default', 'monitoring').imageTag);

  expect(tags[1]).toMatch(/^[0-9a-f]{16}$/);
  expect(tags[1]).toBe(tags[0]);
});

describeWithTerraform('under the provider that the tests have', () => {
  test.each(cases)("the %s installation's %s of the fork is valid too", async (name, stack) => {
    const at = join(moved(), name, 'stacks', stack);
    const aws = { source: 'hashicorp/aws', version: providerVersion };
    writeFileSync(join(at, 'proof_override.tf.json'), JSON.stringify({ terraform: { required_providers: { aws } } }));

    const initialised = await terraform(['init', '-backend=false', '-input=false', '-no-color'], { folder: at });
    const validated = await terraform(['validate', '-json'], { folder: at });

    expect(initialised).toEqual({ code: 0, output: expect.stringContaining('successfully initialized') });
    expect(JSON.parse(validated.output)).toMatchObject({ valid: true, diagnostics: [] });
  });
});

function synthesise(copy: string, name: string, config: ConfigurationInput): void {
  configure(copy, config);
  const env = { ...place, PATH: process.env['PATH'], HOME: folder, CDKTF_OUTDIR: name };
  runCommand('npm', ['run', '--silent', 'synth'], { cwd: copy, env });
}

interface Synthesised {
  readonly provider: unknown;
  readonly imageTag: unknown;
  /** All but the provider and what CDKTF notes for itself. */
  readonly rest: unknown;
}

function read(copy: string, name: string, stack: 'registry' | 'monitoring'): Synthesised {
  const text = readFileSync(terraformOf(join(copy, name), stack), 'utf8');
  const { terraform: settings, ...rest } = JSON.parse(text.replaceAll(copy, ''), withoutNotes);
  const { required_providers: providers, ...where } = settings;
  const imageTag = rest.data?.aws_ecr_image?.process_image?.image_tag;
  return { provider: providers.aws, imageTag, rest: { ...rest, where } };
}

/** CDKTF writes under `//` which construct a resource comes from, and its own version. */
function withoutNotes(key: string, value: unknown): unknown {
  return key === '//' ? undefined : value;
}
