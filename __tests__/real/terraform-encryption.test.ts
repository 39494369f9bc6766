import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ConfigurationInput } from '../../infra/config';
import { place, synthesise, terraformOf } from './parts/stacks';
import { type AwsStub, startAwsStub } from './parts/terraform/aws-stub';
import { meetStub } from './parts/terraform/overrides';
import { describeWithTerraform, must, terraform } from './parts/terraform/tool';

const quietly = ['-input=false', '-no-color'];
/** What was deployed before is told by the state alone, since there is no AWS to ask. */
const plan = ['plan', '-refresh=false', '-lock=false', '-target=aws_kms_key.key', ...quietly];
jest.setTimeout(120_000);

describeWithTerraform('where a key of the account encrypts what is kept', () => {
  let folder: string;
  let stack: string;
  let aws: AwsStub;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'terraform-encryption-'));
    stack = dirname(terraformOf(folder, 'monitoring'));
    aws = await startAwsStub(place.ACCOUNT);
    synthesise({}, folder);
    meetStub(stack, aws.url);
    writeFileSync(join(stack, 'terraform.tfstate'), stateWithKey);
    await must(terraform(['init', ...quietly], { folder: stack }));
  });

  afterAll(async () => {
    await aws?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** How a plan of a configuration ends, and what it says of the key. */
  async function planned(config: ConfigurationInput) {
    synthesise(config, folder);
    const { code, output } = await terraform(plan, { folder: stack });
    return { code, said: output.match(/Error: .*|Resource aws_kms_key.*|# aws_kms_key.* (must|will) .*|Plan: .*/g) };
  }

  test('going back to keys of AWS is refused, because the key would be deleted', async () => {
    const refused = await planned({ encryption: 'aws' });

    expect(refused).toEqual({
      code: 1,
      said: [
        expect.stringContaining('aws_kms_key.key'),
        'Plan: 0 to add, 0 to change, 1 to destroy.',
        'Error: Instance cannot be destroyed',
        expect.stringMatching(/^Resource aws_kms_key\.key.* lifecycle\.prevent_destroy/),
      ],
    });
  });

  test('going back deletes the key where all may be deleted', async () => {
    const deleted = await planned({ encryption: 'aws', onDestroy: 'delete' });

    expect(deleted).toEqual({
      code: 0,
      said: ['# aws_kms_key.key will be destroyed', 'Plan: 0 to add, 0 to change, 1 to destroy.'],
    });
  });
});

const stateWithKey = JSON.stringify({
  version: 4,
  terraform_version: '1.11.4',
  serial: 1,
  lineage: '6a8e2f5c-0000-4000-8000-000000000000',
  outputs: {},
  resources: [
    {
      mode: 'managed',
      type: 'aws_kms_key',
      name: 'key',
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        {
          schema_version: 0,
          attributes: {
            id: '1234abcd-12ab-34cd-56ef-1234567890ab',
            key_id: '1234abcd-12ab-34cd-56ef-1234567890ab',
            arn: `arn:aws:kms:${place.REGION}:${place.ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
            customer_master_key_spec: 'SYMMETRIC_DEFAULT',
            key_usage: 'ENCRYPT_DECRYPT',
            is_enabled: true,
          },
        },
      ],
    },
  ],
});
