import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMessage, recordsOf } from '../../handler/read';
import { defaultSettings } from '../../handler/settings';

const root = join(__dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const silent = { info() {}, warn() {}, error() {} };

function rowsOfTheDay() {
  const now = new Date();
  const context = { now, recordedAt: now.toISOString(), settings: defaultSettings, log: silent };
  const lines = readFileSync(join(root, 'examples', 'day.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.flatMap((body) =>
    recordsOf(
      readMessage({ id: null, receiptHandle: null, receiveCount: 1, sentAt: null, body, attributes: {} }, context),
    ),
  );
}

test('the row in the README is one of the day that npm start replays', () => {
  const shown = JSON.parse(/```json\n(.+?)\n```/s.exec(readme)?.[1] ?? '{}') as { readonly event_id: string };

  const row = rowsOfTheDay().find(({ event_id }) => event_id === shown.event_id);

  expect(row).toMatchObject(shown);
});

test('every file that the README links to is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? '');

  const missing = links.filter((path) => !existsSync(join(root, path)));

  expect(links.length).toBeGreaterThan(5);
  expect(missing).toEqual([]);
});

test('every command that the README names is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...readme.matchAll(/npm (?:run (?:--silent )?)?(start|test|(?<=run (?:--silent )?)[\w:-]+)/g)].map(
    ([, name]) => name ?? '',
  );

  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
  expect(named).toContain('normalise');
});
