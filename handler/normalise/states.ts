import type { EventType } from '../record/schema';

/** What each state of a service means; a service's own words, unchanged. */
export type States = ReadonlyMap<string, EventType>;

/**
 * The event type of a state. A state that the service has added since is told by the words in it; one that says
 * nothing counts as failed: a false alarm is looked at and mended, a failure that nobody heard of is not.
 */
export function eventTypeOf(states: States, state: string): EventType {
  return states.get(state) ?? nearest(state);
}

/** Whether a change of this type is told with an error: none is at a beginning, nor at a good end. */
export function tellsError(type: EventType): boolean {
  return type !== 'succeeded' && type !== 'started';
}

function nearest(state: string): EventType {
  const words = state
    .replace(/([a-z])(?=[A-Z])/g, '$1 ')
    .toUpperCase()
    .split(/[^A-Z]+/);
  const holds = (...wanted: readonly string[]) => wanted.some((word) => words.includes(word));
  if (holds('TIMEOUT', 'TIMEDOUT') || (holds('TIMED', 'TIME') && holds('OUT'))) {
    return 'timeout';
  }
  if (holds('FAILED', 'FAILURE', 'FAILURES', 'ERROR', 'ERRORS', 'NOT', 'PARTIAL', 'PARTIALLY', 'UNSUCCESSFUL')) {
    return 'failed';
  }
  if (holds('STOPPED', 'STOPPING', 'ABORTED', 'CANCELLED', 'CANCELED', 'CANCELLING', 'CANCELING')) {
    return 'stopped';
  }
  if (holds('SUCCEEDED', 'SUCCESS', 'SUCCESSFUL', 'COMPLETED', 'COMPLETE', 'FINISHED', 'DONE', 'PASSED')) {
    return 'succeeded';
  }
  return holds('STARTED', 'STARTING', 'RUNNING', 'PROGRESS') ? 'started' : 'failed';
}
