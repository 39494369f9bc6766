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
    const { status, stdout, stderr } = spawnSync(node, [bundle], {
      input: JSON.stringify(mixedEvents()),
      encoding: 'utf8',
    });
    if (status !== 0) {
      throw new Error(`The handler's rounds ended with ${status}:\n${stdout}\n${stderr}`);
    }
    return JSON.parse(stdout) as HandlerTimes;
  });
}

/** Events spread evenly over the example day; what is no JSON at all has no floor to compare with. */
function mixedEvents(): readonly string[] {
  const lines = exampleDay().filter((line) => line.startsWith('{') && isJson(line));
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
