import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App } from 'cdktf';
import { type ConfigurationInput, type Installation, readInstallation } from '../../../infra/config';
import { RegistryStack } from '../../../infra/registry/stack';
import { MonitoringStack } from '../../../infra/stack';
import { breakageOf, broken } from '../../contracts/breakage';
import { runCommand } from './command';
import { configure } from './scratch';
import { useProvenProvider } from './terraform/overrides';

/** The account and the region in which the suites install. */
export const place = { ACCOUNT: '111122223333', REGION: 'eu-central-1' } as const;

/**
 * Synthesises both stacks as `main.ts` does, with a state beside each and the provider that the tests have, into
 * `stacks/<name>` of a folder. The Terraform is the one that would be deployed, but for the fault that the variable
 * `BREAKAGE` names (`__tests__/contracts/breakages`).
 */
export function synthesise(config: ConfigurationInput, folder: string): Installation {
  const installation = readInstallation(config, place);
  const app = new App({ outdir: folder, skipValidation: true });
  new RegistryStack(app, 'registry', installation);
  new MonitoringStack(app, 'monitoring', installation);
  app.synth();
  makeProvable(folder, { ownState: config.terraformCloud === undefined });
  return installation;
}

/** The same by the command of the project, in a copy of it, which may hold changed code. */
export function synthesiseCopy(project: string, config: ConfigurationInput, folder: string): void {
  configure(project, config);
  const env = { ...process.env, ...place, CDKTF_OUTDIR: folder };
  runCommand(join('node_modules', '.bin', 'tsx'), ['main.ts'], { cwd: project, env });
  makeProvable(folder, { ownState: config.terraformCloud === undefined });
}

function makeProvable(folder: string, { ownState }: { readonly ownState: boolean }): void {
  const breakage = breakageOf(process.env);
  for (const stack of ['registry', 'monitoring'] as const) {
    const path = terraformOf(folder, stack);
    writeFileSync(path, broken(readFileSync(path, 'utf8'), stack, breakage));
    const settings = ownState ? { backend: { local: { path: 'terraform.tfstate' } } } : {};
    useProvenProvider(dirname(path), settings);
  }
}

/** Path of the Terraform of a stack that {@link synthesise} wrote. */
export function terraformOf(folder: string, stack: 'registry' | 'monitoring'): string {
  return join(folder, 'stacks', stack, 'cdk.tf.json');
}
