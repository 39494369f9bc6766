import { writeFileSync } from 'node:fs';
import { generate } from '../../../../examples/generate';

const dayMs = 86_400_000;
/** Thinned, for the local run takes a while. */
const count = 1_200;

/** Writes the example week, moved by whole days so that its last day is the one of `now`. */
export function writeExampleWeek(path: string, now: number): void {
  const lines = [...generate(count)];
  const lastDay = Math.max(...lines.flatMap(daysOf));
  const shift = Math.floor(now / dayMs) - lastDay / dayMs;
  writeFileSync(path, lines.map((line) => `${moved(line, shift)}\n`).join(''));
}

const isoTime = /\d{4}-\d{2}-\d{2}(?=[T ]\d{2}:\d{2})/g;
const epochMilliseconds = /\b1[78]\d{11}\b/g;

/** When an event of EventBridge or of a Lambda destination says that it happened; some lines are neither. */
function daysOf(line: string): readonly number[] {
  const day = /"(?:time|timestamp)":"(\d{4}-\d{2}-\d{2})/.exec(line)?.[1];
  return day === undefined ? [] : [Date.parse(day)];
}

function moved(line: string, days: number): string {
  return line
    .replace(isoTime, (day) => new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10))
    .replace(epochMilliseconds, (instant) => String(Number(instant) + days * dayMs));
}
