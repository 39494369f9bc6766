import type { StateRecord } from '../../record/schema';
import type { Maintenance, Settings, Silence } from '../../settings';
import { isAbout } from './match';

/** In the order of {@link Maintenance}'s days. */
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Why nobody is told of a state change at an instant, or null. Both are taken by when it happened. */
export function silencedBy(
  record: StateRecord,
  settings: Pick<Settings, 'silences' | 'maintenance'>,
  further: readonly Silence[],
): string | null {
  const at = Date.parse(record.event_time);
  const silence = [...settings.silences, ...further].find((it) => isAbout(it.match, record) && isWithin(it, at));
  if (silence) return `silenced until ${silence.until}: ${silence.reason}`;
  const window = settings.maintenance.find((it) => isAbout(it.match, record) && isMaintained(it, at));
  return window ? `maintenance until ${window.until} ${window.timeZone}: ${window.reason}` : null;
}

function isWithin({ from, until }: Silence, at: number): boolean {
  return (from === null || Date.parse(from) <= at) && at < Date.parse(until);
}

/** Whether an instant lies in a window that began on its day or on the one before, by the clock of the time zone. */
function isMaintained({ days, from, until, timeZone, ends }: Maintenance, at: number): boolean {
  const { weekday, time } = localTime(at, timeZone);
  const today = weekdays.indexOf(weekday as (typeof weekdays)[number]);
  const begunOn = (day: number, minutesAgo: number) =>
    days.some((it) => it === weekdays.at(day)) && (ends === null || at - minutesAgo * 60_000 < Date.parse(ends));
  const overnight = until <= from;
  const sinceFrom = minutesOf(time) - minutesOf(from);
  if (time >= from && (overnight || time < until)) return begunOn(today, sinceFrom);
  return overnight && time < until && begunOn(today - 1, sinceFrom + 24 * 60);
}

/** `HH:MM` as minutes of the day. */
function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

function localTime(instant: number, timeZone: string): { readonly weekday: string; readonly time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return { weekday: parts['weekday']?.toLowerCase() ?? '', time: `${parts['hour']}:${parts['minute']}` };
}
