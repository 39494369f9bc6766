import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FunctionError, type Outcome, startRuntimeApi } from './api';
import { runtimeClient } from './client';
import { imageNode } from './image-node';
import { readOnlyRoot } from './sandbox';

/** A function as Lambda knows it. */
export interface FunctionProps {
  readonly name: string;
  /** Folder of the code. */
  readonly taskRoot: string;
  /** The image's command, for example `index.persist`. */
  readonly entry: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether it can write into a scratch folder only, as in Lambda. */
  readonly readOnly?: boolean;
}

type Initialised = Promise<{ readonly ms: number } | { readonly error: FunctionError }>;

/** A process in which a function runs. */
export interface FunctionProcess {
  /** Ends when it asked for its first event, with how long that took, milliseconds; or with what kept it from that. */
  readonly initialised: Initialised;
  readonly invoke: (event: string) => Promise<Outcome>;
  /** The most memory that it ever held, MiB. */
  readonly peakMb: () => number;
  readonly printed: () => string;
  readonly end: () => Promise<void>;
}

/** How long Lambda lets a process initialise, seconds. */
const initSeconds = 10;

/** Starts a process of the image's Node in which AWS's runtime interface client loads the handler and calls it. */
export async function startFunctionProcess(props: FunctionProps, folder: string): Promise<FunctionProcess> {
  const node = imageNode();
  const client = runtimeClient(node);
  const api = await startRuntimeApi();
  const log = join(folder, 'log.txt');
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch, { recursive: true });
  const [command = '', ...args] = [...(props.readOnly ? readOnlyRoot(scratch) : []), node, client];
  const file = openSync(log, 'w');
  const begun = performance.now();
  const env = { ...environmentOf(props, scratch), AWS_LAMBDA_RUNTIME_API: api.address };
  const child = spawn(command, args, { cwd: props.taskRoot, env, stdio: ['ignore', file, file] });
  closeSync(file);
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const gone = exitOf(child);
  const asked = async (): Initialised => {
    const error = await api.initialised;
    return error === null ? { ms: performance.now() - begun } : { error };
  };
  return {
    initialised: within<Awaited<Initialised>>(initSeconds, [asked(), gone], 'Initialisation'),
    invoke: (event) => {
      const until = { deadline: Date.now() + props.timeoutSeconds * 1_000, name: props.name };
      return within<Outcome>(props.timeoutSeconds, [api.invoke(event, until), gone], 'Task');
    },
    peakMb: () => peakOf(child),
    printed: () => readFileSync(log, 'utf8'),
    end: async () => {
      kill();
      await gone;
      process.off('exit', kill);
      await api.close();
    },
  };
}

/** What Lambda adds to the function's own variables; nothing of this process but the place of the programs. */
function environmentOf({ name, taskRoot, entry, memoryMb, environment }: FunctionProps, scratch: string) {
  return {
    PATH: process.env['PATH'],
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    TMPDIR: scratch,
    LAMBDA_TASK_ROOT: taskRoot,
    _HANDLER: entry,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'test',
    ...environment,
  };
}

async function within<T>(
  seconds: number,
  candidates: readonly Promise<T>[],
  what: string,
): Promise<T | { readonly error: FunctionError }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ error: FunctionError }>((resolve) => {
    const error = {
      errorType: 'Sandbox.Timedout',
      errorMessage: `${what} timed out after ${seconds.toFixed(2)} seconds`,
    };
    timer = setTimeout(() => resolve({ error }), seconds * 1_000);
  });
  try {
    return await Promise.race([...candidates, late]);
  } finally {
    clearTimeout(timer);
  }
}

function exitOf(child: ChildProcess): Promise<{ readonly error: FunctionError }> {
  return new Promise((resolve) => {
    const ended = (how: string) =>
      resolve({ error: { errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with error: ${how}` } });
    child.once('error', ({ message }) => ended(message));
    child.once('exit', (code, signal) => ended(signal === null ? `exit status ${code}` : `signal: ${signal}`));
  });
}

function peakOf({ pid }: ChildProcess): number {
  const status = `/proc/${pid}/status`;
  const [, kilobytes = 'NaN'] =
    /^VmHWM:\s+(\d+) kB$/m.exec(existsSync(status) ? readFileSync(status, 'utf8') : '') ?? [];
  return Number(kilobytes) / 1_024;
}
