import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import config from '../config';
import { readInstallation } from '../infra/config';
import { pushImage } from '../infra/registry/push-image';

const cwd = join(__dirname, '..');

function run([command = '', ...args]: readonly string[], input: string | undefined, shown: boolean) {
  const stdio = shown ? ('inherit' as const) : ('pipe' as const);
  const { status, stdout } = spawnSync(command, args, { cwd, input, stdio, encoding: 'utf8' });
  return { status, stdout: stdout ?? '' };
}

try {
  pushImage(readInstallation(config), {
    ask: (command, input) => run(command, input, false),
    show: (command, input) => run(command, input, true),
    say: (line) => console.log(line),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
