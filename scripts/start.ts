import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireEvents } from '../local/events';
import { hintsOf } from '../local/input-files';
import { runLocally } from '../local/main';
import { readOptions, usage } from '../local/options';
import { openOutput } from '../local/output';
import { showProgress } from '../local/progress';
import { harmless } from '../local/terminal-text';

const root = join(__dirname, '..');
/** The account and region of the documentation: whatever the shell says of a real one, nothing here may depend on it. */
const place = { ACCOUNT: '123456789012', REGION: 'eu-west-1' };

/**
 * Synthesises the stacks into a folder, as `npm run synth` does but without the shell's variables (a real account, its
 * credentials), and returns the path of the monitoring stack's Terraform.
 */
function synthesise(folder: string): string {
  const { status, stderr } = spawnSync(process.execPath, [require.resolve('tsx/cli'), 'main.ts'], {
    cwd: root,
    env: { ...place, CDKTF_OUTDIR: folder },
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(`The stacks could not be synthesised:\n${stderr}`);
  }
  return join(folder, 'stacks', 'monitoring', 'cdk.tf.json');
}

/** `npm start`: synthesises, then replays events on what the Terraform describes. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), { events: join(root, 'examples'), out: join(root, 'out') });
  if (options === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const { events } = options;
  for (const hint of hintsOf((await requireEvents(events)).files)) process.stderr.write(`${harmless(hint)}\n`);
  const output = openOutput(options.out, events);
  const progress = showProgress(process.stdout);
  progress.say('synthesising the stacks');
  const synthesised = mkdtempSync(join(tmpdir(), 'datalake-monitoring-'));
  try {
    const { problems } = await runLocally({
      terraform: synthesise(synthesised),
      synthesised,
      events,
      output,
      print: (text) => progress.print(text),
      onProgress: (read) => progress.say(`${read} events`),
    });
    return problems.length === 0 ? 0 : 1;
  } finally {
    rmSync(synthesised, { recursive: true });
  }
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`${harmless(error instanceof Error ? error.message : String(error))}\n`);
    process.exitCode = 2;
  },
);
