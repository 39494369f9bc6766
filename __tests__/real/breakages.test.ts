import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Breakage } from '../contracts/breakage';

const folder = join(__dirname, '../contracts/breakages');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const runner = join(dirname(require.resolve('jest/package.json')), 'bin', 'jest.js');

/** Runs a suite on the Terraform with a breakage in it. */
function runSuite(
  file: string,
  { suite, only, test: name }: Breakage,
): Promise<{ readonly code: number | null; readonly told: string }> {
  const args = [
    runner,
    '--selectProjects',
    suite,
    '--runInBand',
    ...(only === undefined ? [] : ['--testPathPatterns', only]),
    ...(name === undefined ? [] : ['--testNamePattern', name]),
  ];
  const env = { ...process.env, BREAKAGE: join(folder, file), NO_COLOR: '1' };
  const child = spawn(process.execPath, args, {
    cwd: join(__dirname, '../..'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(chunk));
  return new Promise((resolve) =>
    child.on('close', (code) => resolve({ code, told: Buffer.concat(printed).toString() })),
  );
}

test('every suite that looks at the Terraform is put to the test', () => {
  const looking = ['athena', 'chain', 'firehose', 'image', 'project', 'rules', 'security', 'terraform'];

  const tested = new Set(files.map((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as Breakage).suite));

  expect([...tested].sort()).toEqual(looking);
});

test.each(files.map((file) => [(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Breakage).title, file]))(
  '%s: the suite fails and says why',
  async (_title, file) => {
    const breakage = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Breakage;

    const { code, told } = await runSuite(file, breakage);

    expect(told).toMatch(/^Tests: +\d+ failed/m);
    expect(told).toContain(breakage.text);
    expect(code).toBe(1);
  },
  420_000,
);
