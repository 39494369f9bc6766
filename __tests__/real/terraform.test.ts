import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { type ConfigurationInput, readInstallation } from '../../infra/config';
import { RegistryStack } from '../../infra/registry/stack';
import { MonitoringStack } from '../../infra/stack';
import { type AwsStub, startAwsStub } from './parts/aws-stub';
import { findTool, providerVersion, type Tool, terraform } from './parts/terraform-tool';

const account = '111122223333';
const tool = findTool(process.env);
if (tool === null) console.log('skipped: no terraform');
const withTerraform = tool === null ? test.skip : test;

const everything: ConfigurationInput = {
  name: 'team-a',
  sources: { glue_crawler: false },
  alertOn: ['failed', 'stopped'],
  keepPayloads: true,
  alarms: ['lake@example.org', 'second.person@example.org'],
  silenceAlarmHours: 168,
  retention: { rows: 30, quarantine: 7, firehoseErrors: 7, athenaResults: 1, logs: 14 },
  onDestroy: 'delete',
  tags: { owner: 'lake' },
  permissionsBoundary: `arn:aws:iam::${account}:policy/boundary`,
  rolePath: '/lake/',
  terraformCloud: { organization: 'example', project: 'lake', workspaces: { registry: 'a', monitoring: 'b' } },
};

let folder: string;
let aws: AwsStub;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'terraform-'));
  aws = await startAwsStub(account);
});

afterAll(() => {
  aws.close();
  rmSync(folder, { recursive: true });
});

describe('an installation with every setting', () => {
  beforeAll(() => synthesise(everything, join(folder, 'everything')));

  withTerraform.each(['registry', 'monitoring'])('is valid Terraform: %s', async (stack) => {
    const at = join(folder, 'everything', 'stacks', stack);

    const initialised = await terraform(required(tool), at, ['init', '-backend=false', '-input=false', '-no-color']);
    const validated = await terraform(required(tool), at, ['validate', '-json']);

    expect(initialised).toEqual({ code: 0, output: expect.stringContaining('successfully initialized') });
    expect(JSON.parse(validated.output)).toMatchObject({ valid: true, diagnostics: [] });
  });
});

describe('a default installation', () => {
  const at = (stack: string) => join(folder, 'plan', 'stacks', stack);

  beforeAll(() => synthesise({}, join(folder, 'plan')));

  withTerraform.each(['registry', 'monitoring'])(
    'is valid Terraform, and can be planned for an empty account: %s',
    async (stack) => {
      override(at(stack), aws.url);

      const initialised = await terraform(required(tool), at(stack), ['init', '-input=false', '-no-color']);
      const validated = await terraform(required(tool), at(stack), ['validate', '-json']);
      const planned = await terraform(required(tool), at(stack), ['plan', '-input=false', '-no-color', '-lock=false']);

      expect(initialised).toEqual({ code: 0, output: expect.stringContaining('successfully initialized') });
      expect(JSON.parse(validated.output)).toMatchObject({ valid: true, diagnostics: [] });
      expect(planned.output).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
      expect(planned.output).not.toMatch(/Warning:|Error:/);
    },
  );

  withTerraform('is refused with the credentials of another account', async () => {
    const other = await startAwsStub('999999999999');
    override(at('registry'), other.url);

    const planned = await terraform(required(tool), at('registry'), [
      'plan',
      '-input=false',
      '-no-color',
      '-lock=false',
    ]);
    other.close();

    expect(planned.code).toBe(1);
    expect(planned.output).toContain('AWS account ID not allowed: 999999999999');
  });
});

function synthesise(config: ConfigurationInput, outdir: string): void {
  const installation = readInstallation(config, { ACCOUNT: account, REGION: 'eu-central-1' });
  const app = new App({ outdir, skipValidation: true });
  for (const stack of [
    new RegistryStack(app, 'registry', installation),
    new MonitoringStack(app, 'monitoring', installation),
  ]) {
    if (config.terraformCloud === undefined) stack.addOverride('terraform.backend.local.path', 'terraform.tfstate');
  }
  app.synth();
  for (const stack of ['registry', 'monitoring']) {
    const aws = { source: 'aws', version: providerVersion };
    write(join(outdir, 'stacks', stack, 'version_override.tf.json'), { terraform: { required_providers: { aws } } });
  }
}

/** Lets the provider meet the stub in place of AWS; the synthesised file stays as it is. */
function override(at: string, url: string): void {
  const aws = {
    access_key: 'made-up',
    secret_key: 'made-up',
    skip_credentials_validation: true,
    skip_metadata_api_check: 'true',
    endpoints: [{ ecr: url, sts: url }],
  };
  write(join(at, 'stub_override.tf.json'), { provider: { aws } });
}

function write(path: string, content: unknown): void {
  writeFileSync(path, JSON.stringify(content));
}

function required(found: Tool | null): Tool {
  if (found === null) throw new Error('no terraform');
  return found;
}
