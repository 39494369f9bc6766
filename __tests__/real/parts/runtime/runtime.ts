import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionError, Outcome } from './api';
import { runtimeClient } from './client';
import { imageNode } from './image-node';
import { type FunctionProcess, type FunctionProps, startFunctionProcess } from './process';

/** One invocation, told afterwards. */
export interface Invocation {
  readonly outcome: Outcome;
  /** How long a new process took to ask for the event, milliseconds; null in one that ran already. */
  readonly initMs: number | null;
  readonly durationMs: number;
  /** The most memory that its process ever held, MiB. */
  readonly peakMb: number;
  /** What it printed, from the start of the process on where that was new. */
  readonly printed: string;
}

/** A function that can be invoked, one event at a time, in one process for as long as that lives. */
export interface LambdaFunction {
  readonly invoke: (event: unknown) => Promise<Invocation>;
  readonly stop: () => Promise<void>;
}

/** Fetches and builds what {@link createFunction} runs, which takes minutes for the first time. */
export function prepareRuntime(): void {
  runtimeClient(imageNode());
}

/**
 * Makes a function that AWS's own runtime interface client runs on the image's Node. As in Lambda it keeps its process
 * until that ends, needs more than its memory or exceeds its time-out; the next invocation starts a new one.
 */
export function createFunction(props: FunctionProps): LambdaFunction {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  let running: FunctionProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const once = async (event: unknown): Promise<Invocation> => {
    if (stopped) throw new Error(`${props.name} was stopped`);
    const warm = running !== null;
    running ??= await startFunctionProcess(props, folder);
    const before = warm ? running.printed().length : 0;
    const init = await running.initialised;
    const begun = performance.now();
    const outcome = 'error' in init ? init : await running.invoke(JSON.stringify(event));
    const durationMs = performance.now() - begun;
    const peakMb = running.peakMb();
    const told = peakMb > props.memoryMb ? { error: outOfMemory(peakMb, props.memoryMb) } : outcome;
    const printed = running.printed().slice(before);
    if ('error' in init || ('error' in told && /^(Sandbox|Runtime)\./.test(told.error.errorType))) {
      await running.end();
      running = null;
    }
    return { outcome: told, initMs: warm || 'error' in init ? null : init.ms, durationMs, peakMb, printed };
  };
  return {
    invoke: (event) => {
      const next = last.then(() => once(event));
      last = next.catch(() => undefined);
      return next;
    },
    stop: async () => {
      stopped = true;
      await running?.end();
      await last;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function outOfMemory(peakMb: number, memoryMb: number): FunctionError {
  const used = `${Math.ceil(peakMb)} MB of ${memoryMb} MB`;
  return {
    errorType: 'Runtime.OutOfMemory',
    errorMessage: `Runtime exited with error: signal: killed; it used ${used}`,
  };
}
