import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dayMs = 86_400_000;
const day = join(__dirname, '../../../../examples/day.jsonl');

/** Writes the example day, moved by whole days to the one of `now`. */
export function writeExampleDay(path: string, now: number): void {
  const lines = readFileSync(day, 'utf8').trimEnd().split('\n');
  const lastDay = Math.max(...lines.flatMap(daysOf));
  const shift = Math.floor(now / dayMs) - lastDay / dayMs;
  writeFileSync(path, lines.map((line) => `${moved(line, shift)}\n`).join(''));
}

const isoTime = /\d{4}-\d{2}-\d{2}(?=[T ]\d{2}:\d{2})/g;
const epochMilliseconds = /\b1[78]\d{11}\b/g;

/** When an event of EventBridge or of a Lambda destination says that it happened; some lines are neither. */
function daysOf(line: string): readonly number[] {
  const [, said] = /"(?:time|timestamp)":"(\d{4}-\d{2}-\d{2})/.exec(line) ?? [];
  return said === undefined ? [] : [Date.parse(said)];
}

function moved(line: string, days: number): string {
  return line
    .replace(isoTime, (date) => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10))
    .replace(epochMilliseconds, (instant) => String(Number(instant) + days * dayMs));
}
