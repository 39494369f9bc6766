import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from './command';

/** A server of this machine that a suite started. */
export interface RunningServer {
  readonly pid: number;
  /** Ends it, with all that it started, and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

interface ServerOptions {
  /** What it is called in messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** File that takes what it prints. */
  readonly log: string;
  /** Whether it can be used; a throw means not yet. */
  readonly ready: () => Promise<boolean>;
  /** How long it may take until it is ready, milliseconds. */
  readonly readyWithinMs?: number;
}

/** On Linux the kernel ends a server with whoever started it, even where that was killed. */
const orphanGuard = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'KILL'] : [];

/** A port of the loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Starts a server and waits until it is ready.
 * @throws Error with the end of its log when it ends before, or is not ready in time, or listens anywhere but on the
 * loopback.
 */
export async function startServerProcess(options: ServerOptions): Promise<RunningServer> {
  const { name, command, args, env, cwd, log } = options;
  const file = openSync(log, 'w');
  const [first = command, ...rest] = [...orphanGuard, command, ...args];
  const child = spawn(first, rest, { env, cwd, stdio: ['ignore', file, file], detached: true });
  closeSync(file);
  let failure: string | null = null;
  const gone = new Promise<void>((resolve) => {
    const ended = (how: string) => {
      failure = how;
      resolve();
    };
    child.once('error', ({ message }) => ended(message));
    child.once('exit', (code, signal) => ended(`ended with ${signal ?? code}`));
  });
  const stop = async () => {
    kill(child, 'SIGTERM');
    const stubborn = setTimeout(() => kill(child, 'SIGKILL'), 5_000);
    await gone;
    clearTimeout(stubborn);
    // What it started itself may have outlived it.
    kill(child, 'SIGKILL');
  };
  const problem = await untilReady(options, () => failure);
  const open = problem === null ? addressesBeyondLoopback(child.pid ?? 0) : [];
  if (problem === null && open.length === 0) return { pid: child.pid ?? 0, stop };
  await stop();
  const what = problem ?? `listens beyond the loopback, on ${open.join(', ')}`;
  throw new Error(`${name} ${what}; it printed:\n${lastLines(readFileSync(log, 'utf8'), 40)}`);
}

async function untilReady(options: ServerOptions, failure: () => string | null): Promise<string | null> {
  const { ready, readyWithinMs = 60_000 } = options;
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const ended = failure();
    if (ended !== null) return ended;
    if (await ready().catch(() => false)) return null;
    await sleep(100);
  }
  return `was not ready within ${readyWithinMs / 1000} s`;
}

function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It is gone already.
  }
}

/** The addresses other than the loopback's on which a group of processes listens, as Linux tells; elsewhere none. */
export function addressesBeyondLoopback(group: number): readonly string[] {
  const inodes = new Set(processesOf(group).flatMap(socketsOf));
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => linesOf(path).slice(1));
  const listening = tables.map((line) => line.trim().split(/\s+/)).filter(([, , , state]) => state === '0A');
  return listening
    .filter(([, address = '', , , , , , , , inode = '']) => inodes.has(inode) && !isLoopback(address))
    .map(([, address = '']) => address);
}

/** As the kernel writes them: 127.x.x.x, ::1, and the former mapped into IPv6. */
function isLoopback(address: string): boolean {
  return /^([0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F):/.test(address);
}

function processesOf(group: number): readonly string[] {
  const all = tryOr([], () => readdirSync('/proc').filter((name) => /^\d+$/.test(name)));
  return all.filter((pid) => {
    const afterName = (linesOf(`/proc/${pid}/stat`)[0] ?? '').replace(/^.*\) /, '');
    return afterName.split(' ')[2] === String(group);
  });
}

function socketsOf(pid: string): readonly string[] {
  const open = tryOr([], () => readdirSync(`/proc/${pid}/fd`));
  return open.flatMap((fd) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(tryOr('', () => readlinkSync(`/proc/${pid}/fd/${fd}`))) ?? [];
    return inode ?? [];
  });
}

function linesOf(path: string): readonly string[] {
  return tryOr([], () => readFileSync(path, 'utf8').trimEnd().split('\n'));
}

function tryOr<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
