import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ConfigurationInput } from '../../infra/config';
import { type Finding, type Scan, type Skip, scanPlan, skipsIn } from './parts/checkov/checkov';
import { runCommand } from './parts/command';
import { place, synthesise, terraformOf } from './parts/stacks';
import { type AwsStub, startAwsStub } from './parts/terraform/aws-stub';
import { meetStub } from './parts/terraform/overrides';
import { describeWithTerraform, must, terraform } from './parts/terraform/tool';

const root = join(__dirname, '..', '..');
const readers = ['arn:aws:iam::111122223333:role/analyst'];
const installations: readonly (readonly [string, ConfigurationInput])[] = [
  ['keys of AWS', { encryption: 'aws' }],
  ['its own key, under Lake Formation', { encryption: 'customer-managed', lakeFormation: { readers } }],
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'security-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeWithTerraform('checkov, over the plan of an installation', () => {
  let aws: AwsStub;

  beforeAll(async () => {
    aws = await startAwsStub(place.ACCOUNT);
    synthesise({}, folder);
    meetStub(planning(), aws.url);
    await run('init');
  }, 300_000);

  afterAll(() => aws?.close());

  describe.each(installations)('with %s', (name, config) => {
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

      const explained = found(skips, stack)
        .filter(({ reason }) => reason.trim() !== '')
        .map(keyOf);
      const faults = failed.filter((finding) => !explained.includes(keyOf(finding)));

      expect(faults.map(({ id, resource, title }) => `${resource} fails ${id}: ${title}`)).toEqual([]);
      expect(passed).toBeGreaterThanOrEqual(checks);
    });

    it.each(['registry', 'monitoring'] as const)('still fails what the stack %s says it does without', (stack) => {
      const failing = found(scans, stack).failed.map(keyOf);

      const stale = found(skips, stack).filter((skip) => !failing.includes(keyOf(skip)));

      expect(stale.map(({ id, resource }) => `${resource} passes ${id}: its skip can go`)).toEqual([]);
    });
  });
});

describe('what ships in the image', () => {
  // Asked before the tests are made: a test that finds out too late that it has no answer could only pass.
  const audit = askRegistry();
  if (audit === null) process.stderr.write("skipped: npm's registry answers no audit\n");

  (audit === null ? it.skip : it)('has no known vulnerability', () => {
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

/** The folder in which any of the stacks can be planned: they all have one provider, and no state. */
function planning(): string {
  return dirname(terraformOf(folder, 'monitoring'));
}

/** The plan of a stack for an empty account, as JSON. */
async function plan(text: string): Promise<string> {
  writeFileSync(terraformOf(folder, 'monitoring'), text);
  await run('plan', '-lock=false', '-out=plan.bin');
  return must(terraform(['show', '-json', 'plan.bin'], { folder: planning() }));
}

function run(...command: readonly string[]): Promise<string> {
  return must(terraform([...command, '-input=false', '-no-color'], { folder: planning() }));
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
