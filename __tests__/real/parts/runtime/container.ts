import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '../command';
import { freePort } from '../server';
import type { FunctionError } from './api';
import type { FunctionProps } from './process';
import type { LambdaFunction } from './runtime';

const tag = 'datalake-monitoring:test';
const root = join(__dirname, '../../../..');

/** Why no image can be built and run here; null where it can. */
export function containerProblem(): string | null {
  const { status, error, stderr } = spawnSync('docker', ['info'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? null : (error?.message ?? stderr.trim().split('\n').at(-1) ?? 'docker info failed');
}

/** Builds the image as `npm run image` does, but for this machine's architecture and without pushing it. */
export function buildImage(): void {
  const single = ['--platform', `linux/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`, '--provenance=false'];
  runCommand('docker', ['buildx', 'build', '--pull', ...single, '--sbom=false', '--load', '--tag', tag, '.'], {
    cwd: root,
  });
}

/** Makes a function that runs in a container of the image, behind the runtime interface emulator that is in it. */
export function createContainer({ name, entry, memoryMb, timeoutSeconds, environment }: FunctionProps): LambdaFunction {
  const container = `${name}-${process.pid}-${performance.now().toFixed(0)}`;
  const variables = {
    ...environment,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_TIMEOUT: String(timeoutSeconds),
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  };
  const limits = ['--read-only', '--tmpfs', '/tmp', '--memory', `${memoryMb}m`, '--network', 'host'];
  const env = Object.entries(variables).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  let address: string | null = null;
  return {
    invoke: async (event) => {
      const begun = performance.now();
      const cold = address === null;
      address ??= await start([...limits, ...env], container, entry);
      const url = `http://${address}/2015-03-31/functions/function/invocations`;
      const answer = await postOnceUp(url, JSON.stringify(event));
      const durationMs = performance.now() - begun;
      const error = errorIn(answer);
      const { stdout, stderr } = spawnSync('docker', ['logs', container], { encoding: 'utf8' });
      const outcome = error === null ? { answer } : { error };
      return { outcome, initMs: cold ? durationMs : null, durationMs, peakMb: 0, printed: `${stdout}${stderr}` };
    },
    stop: async () => void spawnSync('docker', ['rm', '--force', container]),
  };
}

async function start(options: readonly string[], container: string, entry: string): Promise<string> {
  const address = `127.0.0.1:${await freePort()}`;
  const emulator = ['--entrypoint', '/usr/local/bin/aws-lambda-rie', tag, '--runtime-interface-emulator-address'];
  const runtime = ['/lambda-entrypoint.sh', entry];
  runCommand('docker', ['run', '--detach', '--name', container, ...options, ...emulator, address, ...runtime]);
  return address;
}

async function postOnceUp(url: string, body: string): Promise<string> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      return await (await fetch(url, { method: 'POST', body })).text();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

function errorIn(answer: string): FunctionError | null {
  if (!answer.startsWith('{')) return { errorType: 'Sandbox.Timedout', errorMessage: answer };
  const value = JSON.parse(answer) as Partial<FunctionError>;
  return value.errorType === undefined ? null : { errorMessage: '', ...value, errorType: value.errorType };
}
