import { objectOf } from './json';

/** What the schedule calls the function with, once a minute. */
export const tickEvent = { source: 'datalake-monitoring', 'detail-type': 'Tick' } as const;

/** Whether a function was called by the schedule. */
export function isTick(event: unknown): boolean {
  const fields = objectOf(event);
  return fields?.['source'] === tickEvent.source && fields['detail-type'] === tickEvent['detail-type'];
}
