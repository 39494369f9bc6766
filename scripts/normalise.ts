import { outcomesOf } from '../explain/read';
import { defaultSettings } from '../handler/settings';
import { type InputEvent, readEvents } from '../local/events';
import { hintsOf, listInput } from '../local/input-files';
import { harmless } from '../local/terminal-text';

function normalise(input: InputEvent): readonly string[] {
  return outcomesOf(input, defaultSettings).map((outcome) =>
    JSON.stringify('record' in outcome ? outcome.record : { quarantine: outcome.reason }),
  );
}

/** Prints one line of JSON per event of the files, in their order: the record, or `{"quarantine": reason}`. */
async function main(paths: readonly string[]): Promise<void> {
  if (paths.length === 0) {
    throw new Error('usage: npm run --silent normalise -- FILE_OR_FOLDER…   (JSON, an array, or JSON lines)');
  }
  const files = paths.flatMap((path) => listInput(path).files);
  for (const hint of hintsOf(files)) process.stderr.write(`${harmless(hint)}\n`);
  for await (const input of readEvents(files)) {
    for (const line of normalise(input)) process.stdout.write(`${line}\n`);
  }
}

// Whoever reads the output may stop early (`| head`): nothing is wrong then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${harmless(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = 2;
});
