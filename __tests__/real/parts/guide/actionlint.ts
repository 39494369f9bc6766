import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cached } from '../cache';
import { runCommand } from '../command';

const version = 'v1.7.12';

/** What actionlint has to say of workflow files, a line each; empty where it finds nothing. */
export function lint(files: readonly string[]): readonly string[] {
  const folder = cached('actionlint', version, (at) => {
    const env = { ...process.env, GOBIN: at };
    runCommand('go', ['install', `github.com/rhysd/actionlint/cmd/actionlint@${version}`], { env });
  });
  // Of what the scripts in them do, shellcheck would speak where somebody has it: the verdict must not depend on that.
  const options = ['-oneline', '-no-color', '-shellcheck=', '-pyflakes='];
  const { status, stdout, stderr } = spawnSync(join(folder, 'actionlint'), [...options, ...files], {
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 1) throw new Error(`actionlint ended with ${status}:\n${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}
