import config from '../config';
import { readInstallation } from '../infra/config';
import { awsPorts } from '../replay/aws';
import { parseArguments, replay, usage } from '../replay/command';

async function main(): Promise<void> {
  const request = parseArguments(process.argv.slice(2), new Date());
  if (request === null) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const installation = readInstallation(config);
  const tellProblem = (message: string, fields = {}) => console.error(message, JSON.stringify(fields));
  const log = { info: () => undefined, warn: tellProblem, error: tellProblem };
  const surroundings = { names: installation.names, ports: awsPorts(installation), log, print: console.log };
  process.exitCode = (await replay(request, surroundings)) ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Error && error.name === 'CredentialsProviderError') {
    console.error(
      'Sign in to the account that ACCOUNT names: set AWS_PROFILE, or aws sso login, or AWS_ACCESS_KEY_ID.',
    );
  }
  process.exitCode = 1;
});
