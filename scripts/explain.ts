import config from '../config';
import { explain } from '../explain/explanation';
import { limits, lineOf, pageOf } from '../explain/page';
import { readRequest, usage } from '../explain/request';
import { settingsOf } from '../infra/alert/settings';
import { readInstallation, shellOrExample } from '../infra/config';
import { readEvents } from '../local/events';
import { hintsOf, listInput } from '../local/input-files';
import { harmless } from '../local/terminal-text';

async function main(words: readonly string[]): Promise<void> {
  if (words.includes('--help')) return console.log(usage);
  const request = readRequest(words);
  if ('problem' in request) throw new Error(request.problem);
  const installation = readInstallation(config, shellOrExample());
  const settings = settingsOf(installation.config);
  const patterns = installation.captured.map(({ pattern }) => pattern);
  const files = request.paths.flatMap((path) => listInput(path).files);
  for (const hint of hintsOf(files)) process.stderr.write(`${harmless(hint)}\n`);
  let number = 0;
  for await (const explanation of explain(readEvents(files), { ...request, settings, patterns })) {
    number += 1;
    const text = request.json ? lineOf(explanation) : `${harmless(pageOf(explanation, number))}\n`;
    process.stdout.write(`${text}\n`);
  }
  if (!request.json) process.stdout.write(`${limits}\n`);
}

// Whoever reads the output may stop early (`| head`): nothing is wrong then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${harmless(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = 2;
});
