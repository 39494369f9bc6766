import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ConfigurationInput } from '../../infra/config';
import { type Finding, type Scan, type Skip, scanPlan, skipsIn } from './parts/checkov/checkov';
import { runCommand } from './parts/command';
import { place, synthesise, terraformOf } from './parts/stacks';
import { type AwsStub, startAwsStub } from './parts/terraform/aws-stub';
import { findTool, type Tool, terraform } from './parts/terraform/tool';

const root = join(__dirname, '..', '..');
const tool = findTool(process.env);
if (tool === null) console.log('skipped: no terraform');
const withTerraform = tool === null ? describe.skip : describe;

const readers = ['arn:aws:iam::111122223333:role/analyst'];
const installations: readonly (readonly [string, ConfigurationInput])[] = [
  ['keys of AWS', { encryption: 'aws' }],
  ['its own key, under Lake Formation', { encryption: 'customer-managed', lakeFormation: { readers } }],
];

let folder: string;
let aws: AwsStub;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'security-'));
  aws = await startAwsStub(place.ACCOUNT);
  if (tool !== null) await initialise(tool);
}, 300_000);

afterAll(() => {
  aws?.close();
  rmSync(folder, { recursive: true, force: true });
});

withTerraform.each(installations)('checkov, over the plan of an installation with %s', (name, config) => {
  const scans = new Map<string, Scan>();
  const skips = new Map<string, readonly Skip[]>();

  beforeAll(async () => {
    const at = join(folder, name.replace(/\W+/g, '-'));
    synthesise(config, at);
    for (const stack of ['registry', 'monitoring'] as const) {
      const path = terraformOf(at, stack);
      const text = readFileSync(path, 'utf8');
      skips.set(stack, skipsIn(text));
      scans.set(stack, scanPlan(await plan(text), text, dirname(path)));
    }
  }, 300_000);

  it.each([
    ['registry', 4],
    ['monitoring', 140],
  ] as const)('finds no fault that is not explained in the stack %s', (stack, checks) => {
    const { failed, passed } = found(scans, stack);

    const explained = found(skips, stack).map(keyOf);
    const faults = failed.filter((finding) => !explained.includes(keyOf(finding)));

    expect(faults.map(({ id, resource, title }) => `${resource} fails ${id}: ${title}`)).toEqual([]);
    expect(passed).toBeGreaterThanOrEqual(checks);
  });

  it.each(['registry', 'monitoring'] as const)('still fails what the stack %s says it does without', (stack) => {
    const failing = found(scans, stack).failed.map(keyOf);

    const stale = found(skips, stack).filter((skip) => !failing.includes(keyOf(skip)));

    expect(stale.map(({ id, resource }) => `${resource} passes ${id}: its skip can go`)).toEqual([]);
  });

  it('is given a reason with every check that is skipped', () => {
    const mute = [...skips.values()].flat().filter(({ reason }) => reason.length < 30);

    expect(mute).toEqual([]);
  });
});

describe('what ships in the image', () => {
  const audit = askRegistry();
  if (audit === null) console.log('skipped: the registry answers no audit');
  const withAudit = audit === null ? it.skip : it;

  withAudit('has no known vulnerability', () => {
    expect(audit).toEqual([]);
  });

  it('holds only packages that the product declares, and what these need', () => {
    const bundle = join(folder, 'index.js');
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
    };
    runCommand('node', ['scripts/bundle.mjs', bundle], { cwd: root });
    const { sources } = JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as { readonly sources: readonly string[] };

    const packages = new Set(
      sources.flatMap((source) => /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? []),
    );
    const undeclared = [...packages].filter(
      (path) => lock.packages[path] === undefined || lock.packages[path].dev === true,
    );

    expect(packages).toContain('node_modules/@aws-sdk/client-firehose');
    expect(undeclared).toEqual([]);
  });
});

/** Makes a folder in which any of the stacks can be planned: they all have one provider, and no state. */
async function initialise(terraformOfMachine: Tool): Promise<void> {
  const provider = {
    access_key: 'made-up',
    secret_key: 'made-up',
    skip_credentials_validation: true,
    skip_metadata_api_check: 'true',
    endpoints: [{ ecr: aws.url, sts: aws.url }],
  };
  synthesise({}, folder);
  writeFileSync(join(planning(), 'stub_override.tf.json'), JSON.stringify({ provider: { aws: provider } }));
  await run(terraformOfMachine, ['init', '-input=false', '-no-color']);
}

function planning(): string {
  return dirname(terraformOf(folder, 'monitoring'));
}

/** The plan of a stack for an empty account, as JSON. */
async function plan(text: string): Promise<string> {
  if (tool === null) throw new Error('no terraform');
  writeFileSync(terraformOf(folder, 'monitoring'), text);
  await run(tool, ['plan', '-input=false', '-no-color', '-lock=false', '-out=plan.bin']);
  return run(tool, ['show', '-json', 'plan.bin']);
}

async function run(terraformOfMachine: Tool, command: readonly string[]): Promise<string> {
  const { code, output } = await terraform(terraformOfMachine, planning(), command);
  if (code !== 0)
    throw new Error(`terraform ${command[0]} failed:\n${output.trimEnd().split('\n').slice(-60).join('\n')}`);
  return output;
}

/** The advisories on what the product depends on when it runs; null where the registry does not answer. */
function askRegistry(): readonly string[] | null {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 30_000,
  });
  try {
    const { vulnerabilities } = JSON.parse(stdout) as { vulnerabilities?: Record<string, { severity: string }> };
    if (vulnerabilities === undefined) return null;
    return Object.entries(vulnerabilities).map(([name, { severity }]) => `${name}: ${severity}`);
  } catch {
    return null;
  }
}

function keyOf({ id, resource }: Finding | Skip): string {
  return `${id} ${resource}`;
}

function found<T>(of: ReadonlyMap<string, T>, stack: string): T {
  const value = of.get(stack);
  if (value === undefined) throw new Error(`The plan of ${stack} could not be made; the first failure says why`);
  return value;
}
