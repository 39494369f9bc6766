import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const samples = join(root, '__tests__', 'fixtures', 'events', 'glue_job');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'normalise-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function normalise(paths: readonly string[], pipe = '') {
  const command = `'${process.execPath}' --import tsx scripts/normalise.ts "$@" ${pipe}`;
  return spawnSync('bash', ['-o', 'pipefail', '-c', command, 'normalise', ...paths], { cwd: root, encoding: 'utf8' });
}

function linesOf(stdout: string): readonly unknown[] {
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

test('every input has its line, a wrapping without records and JSON nested without end too', () => {
  const deep = 50_000;
  const files = [
    write('empty.json', '{"Records":[]}'),
    write('lists.json', `${'['.repeat(deep)}${']'.repeat(deep)}`),
    write('objects.jsonl', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}\n"hello"\n`),
  ];

  const { status, stdout, stderr } = normalise(files);

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(linesOf(stdout)).toEqual([
    { quarantine: 'a wrapping without records' },
    { quarantine: expect.any(String) },
    { quarantine: expect.stringContaining('nested more than') },
    { quarantine: expect.any(String) },
  ]);
});

test('a folder is read as npm start reads it', () => {
  const { status, stdout } = normalise([samples]);

  expect(status).toEqual(0);
  expect(linesOf(stdout)).toContainEqual(expect.objectContaining({ service_type: 'glue_job' }));
});

test('whoever stops reading early makes no fault', () => {
  const path = write('many.jsonl', '"hello"\n'.repeat(20_000));

  const { status, stdout, stderr } = normalise([path], '| head -1');

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(linesOf(stdout)).toHaveLength(1);
});

test('JSON over several lines in a file of lines is told', () => {
  const { stderr } = normalise([write('one.jsonl', '{\n  "a": 1\n}\n')]);

  expect(stderr).toContain('one.jsonl: each line is read as an event of its own; name the file .json');
});

test.each([
  ['no file', [], 'usage: npm run --silent normalise -- FILE_OR_FOLDER'],
  ['a file that is not there', ['gone\u001b[2J.json'], 'gone␛[2J.json: there is no such file or folder'],
])('%s is told, harmlessly', (_what, paths, message) => {
  const { status, stderr } = normalise(paths);

  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) });
  expect(stderr).not.toContain('\u001b');
});
