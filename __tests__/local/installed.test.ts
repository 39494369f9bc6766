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
  const names = { 'events read': 'read', 'dropped by the rules': 'dropped' } as const;
  const same = [
    'rows',
    'duplicates',
    'corrected',
    'quarantined',
    'alerts',
    'recoveries',
    'reminders',
    'suppressed',
    'folded',
  ];
  const figures = [...Object.entries(names), ...same.map((name) => [name, name] as const)].map(([figure, name]) => {
    return [name, Number(new RegExp(`^ +${figure} +(\\d+)`, 'm').exec(shown)?.[1])] as const;
  });
  expect(summary.problems).toEqual([]);
  expect(summary.idle_rules).toEqual({});
  expect(summary).toMatchObject(Object.fromEntries(figures));
});
