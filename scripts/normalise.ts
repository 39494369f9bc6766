import { statSync } from 'node:fs';
import { readMessages } from '../handler/event/message';
import { readMessage } from '../handler/read';
import { defaultSettings } from '../handler/settings';
import { readEvents } from '../local/events';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Prints one line of JSON per event of the files, in their order: the record, or `{"quarantine": reason}`. */
async function main(files: readonly string[]): Promise<void> {
  const missing = files.filter((file) => !statSync(file, { throwIfNoEntry: false })?.isFile());
  if (files.length === 0 || missing.length > 0) {
    const wrong = missing.length > 0 ? `no such file: ${missing.join(', ')}\n` : '';
    process.stderr.write(`${wrong}usage: npm run --silent normalise -- FILE…   (JSON, an array, or JSON lines)\n`);
    process.exitCode = 2;
    return;
  }
  for await (const { text, value } of readEvents(files)) {
    const now = new Date();
    for (const message of readMessages(value ?? text)) {
      const context = { now, recordedAt: now.toISOString(), settings: defaultSettings, log: silent };
      for (const outcome of readMessage(message, context).outcomes) {
        const line = 'record' in outcome ? outcome.record : { quarantine: outcome.reason };
        process.stdout.write(`${JSON.stringify(line)}\n`);
      }
    }
  }
}

void main(process.argv.slice(2));
