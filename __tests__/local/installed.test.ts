import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLocally } from '../../local/main';
import { openOutput } from '../../local/output';
import { synthesise, terraformOf } from '../real/parts/stacks';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installed-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('the day of the examples runs through an installation without a loss, and every rule has work', async () => {
  synthesise({}, join(folder, 'synthesised'));

  const summary = await runLocally({
    terraform: terraformOf(join(folder, 'synthesised'), 'monitoring'),
    events: join(__dirname, '../../examples'),
    output: openOutput(join(folder, 'out')),
    print: () => {},
  });

  const shown = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const figures = ['events read', 'dropped by the rules', 'rows', 'duplicates', 'quarantined', 'alerts'];
  const [read, dropped, rows, duplicates, quarantined, alerts] = figures.map((figure) =>
    Number(new RegExp(`^ +${figure} +(\\d+)`, 'm').exec(shown)?.[1]),
  );
  expect(summary.problems).toEqual([]);
  expect(summary.idle_rules).toEqual({});
  expect(summary).toMatchObject({ read, dropped, rows, duplicates, quarantined, alerts });
});
