import type { EventType } from '../record/schema';
import { eventTypeOf, type States, tellsError } from './states';

const states: States = new Map([
  ['RUNNING', 'started'],
  ['SUCCESS', 'succeeded'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'stopped'],
]);

/** How EMR begins to tell that a run's time was up; what a program says of its own timeouts stands further behind. */
const timedOut = /^(?:the )?job ?run (?:has )?timed out\b/i;

/** What a run has come to. EMR cancels one that is out of time: only `stateDetails` tells, where the event has it. */
export function typeOfRun(state: string, details: string | null): EventType {
  const type = eventTypeOf(states, state);
  return tellsError(type) && timedOut.test(details ?? '') ? 'timeout' : type;
}
