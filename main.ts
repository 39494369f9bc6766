import { App } from 'cdktf';
import config from './config';
import { ConfigurationError, makeOutputFolder, readInstallation } from './infra/config';
import { RegistryStack } from './infra/registry/stack';
import { MonitoringStack } from './infra/stack';

function synthesise(): void {
  const installation = readInstallation(config);
  const app = new App({ outdir: makeOutputFolder(), skipValidation: true });
  new RegistryStack(app, 'registry', installation);
  new MonitoringStack(app, 'monitoring', installation);
  app.synth();
  for (const note of installation.notes) console.error(note);
}

try {
  synthesise();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
