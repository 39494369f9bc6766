import type { Schedule } from './deployment';
import type { Invocable } from './invocation';

/** The calls of one rule of the clock. */
export interface Ticks {
  readonly schedule: Schedule;
  readonly invocable: Invocable;
  /** Notes what the function wrote into an object that it remembers a task by. */
  readonly remember: (key: string, body: string) => void;
  /** When the next call can do something; null while nothing that is remembered falls due. */
  readonly dueAt: () => number | null;
  /** Notes that the function was called. */
  readonly called: (at: number) => void;
}

/** The two instants that an incident names at which the function has to do something by itself. */
const dueInstants = /"(?:remind_at|due_at)":"([^"]+)"/g;

/**
 * Makes the calls of a rule from an instant on. Calls in which nothing can be due are left out: a lake that is replayed
 * may span years of minutes.
 */
export function createTicks(schedule: Schedule, invocable: Invocable, start: number): Ticks {
  const period = schedule.everySeconds * 1_000;
  const dues = new Map<string, number>();
  let earliest: number | null = Number.POSITIVE_INFINITY;
  let last = Math.floor(start / period) * period;
  return {
    schedule,
    invocable,
    remember: (key, body) => {
      const due = Math.min(...[...body.matchAll(dueInstants)].map(([, instant]) => Date.parse(String(instant))));
      if (due === dues.get(key)) return;
      dues.set(key, due);
      earliest = null;
    },
    dueAt: () => {
      earliest ??= [...dues.values()].reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
      return earliest === Number.POSITIVE_INFINITY ? null : Math.max(last + period, ceil(earliest, period));
    },
    called: (at) => {
      last = Math.max(last, at);
    },
  };
}

function ceil(instant: number, period: number): number {
  return Math.ceil(instant / period) * period;
}
