import { readArguments, run, usage } from '../simulation/command';

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const asked = readArguments(process.argv.slice(2));
  if (asked === null) {
    console.error(usage);
    return 2;
  }
  return (await run(asked, { print: console.log, say: console.error })) ? 0 : 1;
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
