import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { defaultName, type Names, namesOf } from '../../../../infra/names';
import { listenOnLoopback } from '../../../handler/loopback';
import { pythonPackages } from '../cache';
import { lastLines } from '../command';
import { startEmulator } from '../emulator/emulator';
import { copyProject } from '../scratch';
import { meetEmulator, useProvenProvider } from '../terraform/overrides';
import { configureMirror, terraformTool } from '../terraform/tool';
import { guidePlace } from './place';
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
    for (const stack of ['registry', 'monitoring']) {
      const stackFolder = join(folder, 'cdktf.out', 'stacks', stack);
      mkdirSync(stackFolder, { recursive: true });
      useProvenProvider(stackFolder);
      meetEmulator(stackFolder);
    }
    const signedIn = { AWS_ACCESS_KEY_ID: guidePlace.account, AWS_ENDPOINT_URL: recorder.url };
    const env = { ...emulator.environment, ...surroundings(at), ...signedIn };
    const shell = openShell({ folder, env, memory: join(at, 'variables') });
    const log = () => lastLines(readFileSync(emulator.log, 'utf8'), 40);
    return { folder, shell, recorder, calls: functions.calls, log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The functions as the emulator calls them: each takes every message and is done with it. */
async function startFunctions(names: Names['functions']) {
  const calls = { persist: [] as unknown[], notify: [] as unknown[] };
  const { url, close } = await listenOnLoopback(({ request, body, response }) => {
    const taken = request.headers['x-amzn-lambda-function-name'] === names.persist ? calls.persist : calls.notify;
    taken.push(JSON.parse(body.toString()));
    response.setHeader('content-type', 'application/json').end('{"batchItemFailures":[]}');
  });
  return { url, calls, stop: close };
}

/** The machine of the person who deploys: the AWS CLI, something in place of docker, Terraform with its provider. */
function surroundings(at: string): NodeJS.ProcessEnv {
  const { binary } = terraformTool();
  const commands = join(at, 'bin');
  const packages = pythonPackages(join(__dirname, 'aws-cli.txt'));
  placeCommands(commands, {
    aws: `PYTHONPATH='${packages}' exec python3 -m awscli "$@"`,
    docker: readFileSync(join(__dirname, 'docker-stand-in.sh'), 'utf8'),
    ...(isAbsolute(binary) ? { terraform: `exec '${binary}' "$@"` } : {}),
  });
  return {
    ...ofThisMachine(),
    PATH: `${commands}:${process.env['PATH']}`,
    TF_CLI_CONFIG_FILE: configureMirror(at),
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
