import * as v from 'valibot';
import { instant } from '../infra/config-values';

/** The end that a person asks for: after a time, or at one. */
interface Asked {
  readonly duration: string | undefined;
  readonly until: string | undefined;
}

const minute = 60_000;
const longest = 7 * 24 * 60 * minute;

/** When a silence that begins now ends (ISO 8601 in UTC), or what is wrong with what was asked for. */
export function endOf(
  { duration, until }: Asked,
  now: Date,
): { readonly until: string } | { readonly problem: string } {
  if ((duration === undefined) === (until === undefined)) {
    return { problem: 'a silence needs an end: say --for 2h, or --until 2026-01-31T08:00Z (one of them)' };
  }
  const end = duration === undefined ? instantOf(until ?? '') : now.getTime() + millisecondsOf(duration);
  if (Number.isNaN(end)) {
    return duration === undefined
      ? { problem: `--until is "${until}"; it must be a time with its zone, such as ${example(now)}` }
      : { problem: `--for is "${duration}"; it must be a time such as 30m, 2h, 1h30m or 3d` };
  }
  if (end <= now.getTime()) return { problem: `the end, ${new Date(end).toISOString()}, is not in the future` };
  if (end - now.getTime() > longest) {
    return { problem: 'a silence lasts 7 days at most; what should last longer belongs into config.ts (silences)' };
  }
  return { until: new Date(end).toISOString() };
}

/** `1d2h30m` in milliseconds, NaN when it is none. */
function millisecondsOf(text: string): number {
  const [all, days = '0', hours = '0', minutes = '0'] =
    /^(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m(?:in)?)?$/.exec(text) ?? [];
  return all ? ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * minute : Number.NaN;
}

function instantOf(text: string): number {
  const read = v.safeParse(instant(''), text);
  return read.success ? Date.parse(read.output) : Number.NaN;
}

/** In two hours, as it would have to be written. */
function example(now: Date): string {
  return `${new Date(now.getTime() + 120 * minute).toISOString().slice(0, 16)}Z`;
}
