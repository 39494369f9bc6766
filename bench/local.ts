import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, writeLines } from '../examples/generate';

/** What the local run needs for a number of events. */
export interface LocalRunFigures {
  readonly events: number;
  readonly eventsPerSecond: number;
  /** The most memory that its process held (resident set), bytes. */
  readonly peakMemoryBytes: number;
}

const root = join(__dirname, '..');
const start = join(root, 'scripts', 'start.ts');
/** Loaded into the measured process, it tells the peak on standard error. */
const peakMemory = join(__dirname, 'peak-memory.ts');

/**
 * Replays generated events in a process of its own, synthesis and start included, in a temporary folder.
 * @throws Error with what the run printed when it does not account for every event.
 */
export function measureLocalRun(events = 100_000): LocalRunFigures {
  const folder = mkdtempSync(join(tmpdir(), 'local-run-'));
  try {
    const input = join(folder, 'events.jsonl');
    writeLines(input, generate(events));
    const startedAt = performance.now();
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--import', peakMemory, start, '--events', input, '--out', join(folder, 'out')],
      { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    if (status !== 0) {
      throw new Error(`The local run ended with ${status}:\n${stdout}\n${stderr}`);
    }
    const peakMemoryBytes = Number(/peak memory: (\d+) bytes/.exec(stderr)?.[1]);
    return { events, eventsPerSecond: events / seconds, peakMemoryBytes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
