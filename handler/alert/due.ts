import type { Incident } from './decide/incident';

/** An incident, and where it lies. */
export interface Remembered {
  readonly key: string;
  readonly incident: Incident;
}

/** Whether an instant has come; `now` in milliseconds since the epoch. */
export function isDue(instant: string | null, now: number): boolean {
  return instant !== null && Date.parse(instant) <= now;
}
