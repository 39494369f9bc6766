import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { everything } from '../infra/installations';
import { lastLines } from './parts/command';
import { place, synthesise, terraformOf } from './parts/stacks';
import { type AwsStub, startAwsStub } from './parts/terraform/aws-stub';
import { meetStub } from './parts/terraform/overrides';
import { describeWithTerraform, must, terraform } from './parts/terraform/tool';

const stacks = ['registry', 'monitoring'] as const;
const quietly = ['-input=false', '-no-color'];
jest.setTimeout(120_000);

describeWithTerraform('before anything is applied', () => {
  let folder: string;
  let aws: AwsStub;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'terraform-plan-'));
    aws = await startAwsStub(place.ACCOUNT);
    synthesise(everything, join(folder, 'everything'));
    synthesise({}, join(folder, 'default'));
  });

  afterAll(async () => {
    await aws?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The folder of a stack of the default installation, with the provider in it and the stub in AWS's place. */
  async function initialised(stack: 'registry' | 'monitoring', url: string): Promise<string> {
    const at = dirname(terraformOf(join(folder, 'default'), stack));
    meetStub(at, url);
    await must(terraform(['init', ...quietly], { folder: at }));
    return at;
  }

  test.each(stacks)('with every setting, the stack is valid Terraform: %s', async (stack) => {
    const at = dirname(terraformOf(join(folder, 'everything'), stack));
    await must(terraform(['init', '-backend=false', ...quietly], { folder: at }));

    const { output } = await terraform(['validate', '-json'], { folder: at });

    expect(faultsIn(output)).toEqual([]);
  });

  test.each(stacks)('by default, the stack can be planned for an empty account: %s', async (stack) => {
    const at = await initialised(stack, aws.url);

    const output = await must(terraform(['plan', '-lock=false', ...quietly], { folder: at }));

    expect(output.match(/Plan: .*/)?.[0]).toMatch(/^Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(output.match(/(Warning|Error): .*/g)).toBeNull();
  });

  test('a plan is refused with the credentials of another account', async () => {
    const other = await startAwsStub('999999999999');
    const at = await initialised('registry', other.url);

    const { code, output } = await terraform(['plan', '-lock=false', ...quietly], { folder: at });
    await other.close();

    expect(code).toBe(1);
    expect(output).toContain('AWS account ID not allowed: 999999999999');
  });
});

interface Diagnostic {
  readonly summary: string;
  readonly detail: string;
  readonly snippet?: { readonly context: string | null; readonly code: string };
}

/** What `validate -json` found, in words; else the end of what was printed. */
function faultsIn(output: string): readonly string[] {
  try {
    const { diagnostics } = JSON.parse(output) as { readonly diagnostics: readonly Diagnostic[] };
    return diagnostics.map(({ summary, detail, snippet }) =>
      [summary, detail, snippet?.context, snippet?.code].filter(Boolean).join(': '),
    );
  } catch {
    return [lastLines(output)];
  }
}
