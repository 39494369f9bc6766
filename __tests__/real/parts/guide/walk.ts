import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isAbsolute, join } from 'node:path';
import { defaultName, type Names, namesOf } from '../../../../infra/names';
import { pythonPackages } from '../cache';
import { startEmulator } from '../emulator/emulator';
import { providerSettings } from '../emulator/exceptions';
import { copyProject } from '../scratch';
import { findTool, providerVersion } from '../terraform/tool';
import { type Recorder, startRecorder } from './recorder';
import { openShell, placeCommands, type Shell } from './shell';

/** A copy of the project beside an emulator of AWS, in which the commands of the guide are run one after the other. */
export interface Walk {
  /** The copy. */
  readonly folder: string;
  readonly shell: Shell;
  readonly recorder: Recorder;
  /** The events that the functions were called with, by function. */
  readonly calls: Readonly<Record<'persist' | 'notify', readonly unknown[]>>;
  /** What the emulator printed last. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** The account and the region of the guide. */
export const guidePlace = { account: '123456789012', region: 'eu-central-1' } as const;

/** Starts all that the guide needs, in a folder. */
export async function startWalk(at: string): Promise<Walk> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
    rmSync(at, { recursive: true, force: true });
  };
  try {
    const names = namesOf({ name: defaultName, ...guidePlace }).functions;
    const functions = await startFunctions(names);
    stops.push(functions.stop);
    const emulator = await startEmulator({
      functions: { [names.persist]: functions.url, [names.notify]: functions.url },
    });
    stops.push(emulator.stop);
    const recorder = await startRecorder(emulator.url);
    stops.push(recorder.stop);
    const folder = join(at, 'project');
    copyProject(folder);
    meetEmulator(folder);
    const signedIn = { AWS_ACCESS_KEY_ID: guidePlace.account, AWS_ENDPOINT_URL: recorder.url };
    const env = { ...emulator.environment, ...surroundings(at), ...signedIn };
    const shell = openShell({ folder, env, memory: join(at, 'variables') });
    const log = () => readFileSync(emulator.log, 'utf8').split('\n').slice(-40).join('\n');
    return { folder, shell, recorder, calls: functions.calls, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The functions as the emulator calls them: each takes every message and is done with it. */
async function startFunctions(names: Names['functions']) {
  const calls = { persist: [] as unknown[], notify: [] as unknown[] };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const taken = request.headers['x-amzn-lambda-function-name'] === names.persist ? calls.persist : calls.notify;
      taken.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.setHeader('content-type', 'application/json').end('{"batchItemFailures":[]}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, stop };
}

/** The machine of the person who deploys: the AWS CLI, something in place of docker, Terraform with its provider. */
function surroundings(at: string): NodeJS.ProcessEnv {
  const tool = findTool(process.env);
  if (tool === null) {
    throw new Error('This suite needs Terraform, and its AWS provider in a mirror; CONTRIBUTING.md says where');
  }
  const commands = join(at, 'bin');
  const packages = pythonPackages(join(__dirname, 'aws-cli.txt'));
  placeCommands(commands, {
    aws: `PYTHONPATH='${packages}' exec python3 -m awscli "$@"`,
    docker: readFileSync(join(__dirname, 'docker-stand-in.sh'), 'utf8'),
    ...(isAbsolute(tool.binary) ? { terraform: `exec '${tool.binary}' "$@"` } : {}),
  });
  const configuration = join(at, 'terraform.rc');
  const mirror = JSON.stringify(tool.mirror);
  writeFileSync(configuration, `provider_installation {\n  filesystem_mirror {\n    path = ${mirror}\n  }\n}\n`);
  return {
    ...ofThisMachine(),
    PATH: `${commands}:${process.env['PATH']}`,
    TF_CLI_CONFIG_FILE: configuration,
    // Queues and the bucket make Terraform wait: the more of them at a time the better.
    TF_CLI_ARGS_apply: '-parallelism=30',
    TF_CLI_ARGS_destroy: '-parallelism=30',
    CHECKPOINT_DISABLE: '1',
    CDKTF_HOME: at,
    // Else it keeps a copy of the provider in the home of whoever runs this.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
    CDKTF_AUTO_APPROVE: 'true',
    // It would ask the registry for the checksums of other platforms.
    CDKTF_SKIP_PROVIDER_LOCK: 'true',
    CI: '1',
    NO_COLOR: '1',
  };
}

/** What npm and Python were told of this machine, without what may be said in it of a real account. */
function ofThisMachine(): NodeJS.ProcessEnv {
  const own = /^(AWS_|TF_|CDKTF_|TERRAFORM|ACCOUNT$|REGION$|npm_(lifecycle|package)_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** Where Terraform meets the emulator, in files beside the stacks; what is synthesised stays as it is. */
function meetEmulator(folder: string): void {
  const settings = Object.entries(providerSettings).map(([name, { value }]) => [name, value]);
  const override = {
    terraform: { required_providers: { aws: { source: 'aws', version: providerVersion } } },
    provider: { aws: Object.fromEntries(settings) },
  };
  for (const stack of ['registry', 'monitoring']) {
    const at = join(folder, 'cdktf.out', 'stacks', stack);
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, 'emulator_override.tf.json'), JSON.stringify(override));
  }
}
