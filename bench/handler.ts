import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { exampleDay } from '../examples/generate';
import { bundleInto, inFolder } from './bundle';
import type { HandlerTimes } from './handler-rounds';

const batchSize = 100;

/**
 * Measures persist on a batch of mixed events, bundled as for the image, in a process of its own.
 * @throws Error with what the process printed when it fails.
 */
export function measureHandler(node: string): HandlerTimes {
  return inFolder((folder) => {
    const bundle = join(folder, 'rounds.js');
    bundleInto(bundle, 'bench/handler-rounds.ts');
    return roundsOf(node, bundle, mixedEvents());
  });
}

/**
 * Runs the bundled rounds on a batch of events.
 * @throws Error with what the process printed when it fails.
 */
export function roundsOf(node: string, bundle: string, lines: readonly string[]): HandlerTimes {
  const { status, stdout, stderr } = spawnSync(node, [bundle], { input: JSON.stringify(lines), encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`The handler's rounds ended with ${status}:\n${stdout}\n${stderr}`);
  }
  return JSON.parse(stdout) as HandlerTimes;
}

/** A batch of events that are spread evenly over those of the example day that match; what is no JSON has no floor. */
export function mixedEvents(matching = /^\{/): readonly string[] {
  const lines = exampleDay().filter((line) => line.startsWith('{') && matching.test(line) && isJson(line));
  return Array.from({ length: batchSize }, (_, at) => lines[Math.floor((at * lines.length) / batchSize)] ?? '{}');
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
