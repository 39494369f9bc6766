import config from '../config';
import { readInstallation } from '../infra/config';
import { harmless } from '../local/terminal-text';
import { awsPorts } from '../silence/aws';
import { silence } from '../silence/command';
import { readRequest, usage } from '../silence/request';

async function main(words: readonly string[]): Promise<number> {
  if (words.length === 0 || words.includes('--help')) {
    console.log(usage);
    return words.length === 0 ? 2 : 0;
  }
  const installation = readInstallation(config);
  const now = new Date();
  const request = readRequest(words, now, installation.config);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const surroundings = {
    ports: awsPorts(installation),
    now,
    timeZone,
    print: (line: string) => console.log(harmless(line)),
  };
  const refused = 'problems' in request ? request : await silence(request, surroundings);
  for (const problem of refused?.problems ?? []) console.error(problem);
  return refused === null ? 0 : 2;
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof Error && error.name === 'CredentialsProviderError') {
      console.error(
        'Sign in to the account that ACCOUNT names: set AWS_PROFILE, or aws sso login, or AWS_ACCESS_KEY_ID.',
      );
    }
    process.exitCode = 1;
  },
);
