import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from '../../../contracts/guide/document';
import { pythonPackages } from '../cache';
import type { Emulator } from '../emulator/emulator';

const page = readFileSync(join(__dirname, '../../../../docs/task-reports.md'), 'utf8');

/** Runs what the guide to task reports shows, as it stands there, against an emulator; returns what was printed. */
export function runExample(language: 'sh' | 'python', { environment }: Emulator): string {
  const text = blocksOf(page).find((block) => block.language === language)?.text;
  if (text === undefined) throw new Error(`docs/task-reports.md shows nothing in ${language}`);
  const path = pythonPackages(join(__dirname, 'aws-cli.txt'));
  const env = { PATH: process.env['PATH'], PYTHONPATH: path, AWS_PAGER: '', ...environment };
  const [command, script] =
    language === 'sh' ? ['sh', `aws() { python3 -m awscli "$@"; }\n${text}`] : ['python3', text];
  const { stdout, stderr } = spawnSync(command ?? '', ['-c', script ?? ''], {
    env,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return `${stdout}${stderr}`;
}
