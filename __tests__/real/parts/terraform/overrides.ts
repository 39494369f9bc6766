import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { providerSettings } from '../emulator/exceptions';
import { providerVersion } from './tool';

/** Lets a stack be run with the provider that the tests have; `settings` are other settings of Terraform itself. */
export function useProvenProvider(folder: string, settings: object = {}): void {
  const required_providers = { aws: { source: 'aws', version: providerVersion } };
  override(folder, 'proof', { terraform: { required_providers, ...settings } });
}

/** The one difference between what is deployed and what is proved: how a stack's provider meets the emulator. */
export function meetEmulator(folder: string): void {
  const settings = Object.entries(providerSettings).map(([name, { value }]) => [name, value]);
  override(folder, 'emulator', { provider: { aws: Object.fromEntries(settings) } });
}

/** Lets a stack's provider meet the stub at a URL in place of AWS. */
export function meetStub(folder: string, url: string): void {
  const aws = {
    access_key: 'made-up',
    secret_key: 'made-up',
    skip_credentials_validation: true,
    skip_metadata_api_check: 'true',
    endpoints: [{ ecr: url, sts: url }],
  };
  override(folder, 'stub', { provider: { aws } });
}

/** Terraform merges such a file over what is synthesised, which stays as it is. */
function override(folder: string, name: string, content: object): void {
  writeFileSync(join(folder, `${name}_override.tf.json`), JSON.stringify(content));
}
