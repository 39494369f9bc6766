import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openOutput } from '../../local/output';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'output-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function put(name: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'x');
  return path;
}

/** What a run leaves: files under the names that it reserved. */
function runOnce(names: readonly string[] = ['lake', 'quarantine']): void {
  const output = openOutput(folder);
  output.reserve(names);
  for (const name of names) {
    output.wrote(join(folder, name, 'dt=2026-03-01', 'a.json'));
    put(join(name, 'dt=2026-03-01', 'a.json'));
  }
}

test('a run takes away exactly what the run before wrote', () => {
  runOnce();
  put('notes.txt');

  openOutput(folder).reserve(['lake']);

  expect(readdirSync(folder).sort()).toEqual(['.datalake-monitoring.files', 'notes.txt']);
});

test('opening a folder changes nothing in it', () => {
  runOnce();

  openOutput(folder);

  expect(existsSync(join(folder, 'quarantine', 'dt=2026-03-01', 'a.json'))).toEqual(true);
});

test.each([
  ['where no run was', () => put('lake/mine.parquet'), []],
  ['beside what a run wrote', () => put('lake/dt=2026-03-01/mine.parquet'), ['lake', 'quarantine']],
])('a file of the user %s is refused, and nothing is changed', (_what, putMine, before) => {
  if (before.length > 0) runOnce(before);
  putMine();
  const files = readdirSync(folder, { recursive: true }).sort();

  expect(() => openOutput(folder).reserve(['terraform', 'lake'])).toThrow(
    /holds lake.*mine\.parquet, which no local run/,
  );
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(files);
});

test.each([
  ['a folder that an earlier run wrote', () => join(folder, 'quarantine')],
  ['a file that an earlier run wrote', () => join(folder, 'quarantine', 'dt=2026-03-01', 'a.json')],
  ['the output folder itself', () => folder],
  ['a folder around it', () => dirname(folder)],
])('input from %s is refused', (_what, input) => {
  runOnce();

  expect(() => openOutput(folder, input())).toThrow(/lies in .*choose another/);
});

test('input beside the results is taken', () => {
  runOnce();
  const mine = put('mine.json');

  expect(openOutput(folder, mine).folder).toEqual(folder);
});

test('a note of the run before that leads out of the folder is not followed', () => {
  const outside = put('outside.txt');
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'out', '.datalake-monitoring.files'), `"../outside.txt"\n"."\n7\n${outside}\n`);

  openOutput(join(folder, 'out')).reserve(['lake']);

  expect(existsSync(outside)).toEqual(true);
});

test.each([
  ['nothing', () => '', '--out is empty'],
  ['a file', () => put('taken'), 'is a file; name a folder'],
  ['a folder in a file', () => join(put('taken'), 'inner'), 'is a file; name a folder'],
  ['a place that takes no folders', () => '/proc/there-is-no-such-process/out', 'cannot be written to'],
])('%s as output is told', (_what, out, message) => {
  expect(() => openOutput(out())).toThrow(message);
});
