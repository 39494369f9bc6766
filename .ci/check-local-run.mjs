// Checks what `npm start` left in a folder: numbers that add up, of everything that the examples hold, and Parquet.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const out = process.argv[2];
const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
const { read, dropped, quarantined, rows, duplicates } = summary;

assert.deepEqual(summary.problems, []);
assert.equal(read, dropped + quarantined + rows + duplicates, 'every event is somewhere');
const told = ['alerts', 'recoveries', 'reminders', 'suppressed', 'folded', 'corrected'];
for (const number of ['rows', 'duplicates', 'quarantined', 'messages', ...told]) {
  assert.ok(summary[number] > 0, `the examples give ${number}`);
}
const days = readdirSync(join(out, 'lake/monitor/state')).filter((name) => /^dt=\d{4}-\d\d-\d\d$/.test(name));
const files = days.flatMap((day) => readdirSync(join(out, 'lake/monitor/state', day)));
assert.ok(files.length > 0 && files.every((file) => file.endsWith('.parquet')), 'rows lie in Parquet files by day');
const posts = readFileSync(join(out, 'slack.jsonl'), 'utf8').trim().split('\n');
assert.equal(posts.length, summary.messages, 'slack.jsonl holds every message');
const ledger = join(out, 'lake/monitor/notification');
const lines = readdirSync(ledger).flatMap((day) =>
  readdirSync(join(ledger, day)).map((name) => JSON.parse(readFileSync(join(ledger, day, name), 'utf8'))),
);
const kept = ['alerts', 'recoveries', 'reminders', 'suppressed', 'folded', 'silenced'].map((number) => summary[number]);
const sum = kept.reduce((one, other) => one + other, 0);
assert.equal(lines.length, sum, 'the ledger holds everything that was to be told');
assert.ok(
  lines.every(({ status }) => status !== 'claimed'),
  'everything in the ledger is settled',
);
