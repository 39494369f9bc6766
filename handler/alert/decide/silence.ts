import type { StateRecord } from '../../record/schema';
import type { Maintenance, Settings, Silence } from '../../settings';
import { isAbout } from './match';

const day = 86_400_000;

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
function isMaintained(window: Maintenance, at: number): boolean {
  const { days, from, until, ends } = window;
  const overnight = until <= from;
  return [at, at - day].some((instant, daysAgo) => {
    const { weekday } = localTime(instant, window.timeZone);
    const now = localTime(at, window.timeZone).time;
    const isInside = overnight
      ? daysAgo === 0
        ? now >= from
        : now < until
      : daysAgo === 0 && now >= from && now < until;
    return isInside && days.some((it) => it === weekday) && (ends === null || instant < Date.parse(ends));
  });
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
