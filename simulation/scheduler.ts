import { setImmediate } from 'node:timers/promises';
import { createSchedule } from '../local/schedule';

/** Time that passes only when nothing is left to do at an instant, and what is to be done at which. */
export interface Scheduler {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly at: (instant: number, action: () => void) => void;
  /** Does what is due, one action after the other, until nothing is left or the instant is reached. */
  readonly runUntil: (end: number) => Promise<void>;
}

/**
 * Makes a scheduler. All that waits, waits for an action of it; between two actions every promise gets as far as it can
 * (no port does anything of its own), so that the same actions give the same run.
 */
export function createScheduler(start: number): Scheduler {
  const actions = createSchedule<() => void>();
  let now = start;
  return {
    now: () => now,
    at: (instant, action) => actions.add(Math.max(instant, now), action),
    async runUntil(end) {
      for (let next = actions.first(); next !== null && next.dueAt <= end; next = actions.first()) {
        actions.removeFirst();
        now = Math.max(now, next.dueAt);
        next.item();
        await setImmediate();
      }
      now = Math.max(now, end);
    },
  };
}
