import config from '../config';
import { readInstallation } from '../infra/config';
import { awsPorts } from '../replay/aws';
import { parseArguments, replay, usage } from '../replay/command';

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (words.length === 0 || words.includes('--help')) {
    console.log(usage);
    process.exitCode = words.length === 0 ? 2 : 0;
    return;
  }
  const request = parseArguments(words, new Date());
  if ('problem' in request) {
    console.error(`${request.problem}\n\n${usage}`);
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
