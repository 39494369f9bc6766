import type { EventType, StateRecord } from '../../record/schema';
import type { Route } from '../../settings';
import type { Finality } from './index';

interface Common {
  /** The state change that is told of. */
  readonly record: StateRecord;
  readonly eventType: EventType;
  readonly route: Route;
  /** What else the reader should know, for example that the channel asked for could not be used; null: nothing. */
  readonly note: string | null;
}

/** Something went wrong. */
export interface AlertNotice extends Common {
  readonly kind: 'alert';
  readonly finality: Finality;
  /** Failures of the task since it last worked, this one included. */
  readonly failures: number;
  /** Runs that failed because of this one and are told with it. */
  readonly folded: readonly StateRecord[];
  /** When it worked again before this could be told, ISO 8601; null: it did not. */
  readonly overtaken: { readonly by: string; readonly hasFailedSince: boolean } | null;
}

/** It works again. */
export interface RecoveryNotice extends Common {
  readonly kind: 'recovery';
  /** From the first failure to the success. */
  readonly downMs: number;
  readonly failures: number;
}

/** It failed again and again since it was last told of. */
export interface ReminderNotice extends Common {
  readonly kind: 'reminder';
  /** How often since it was last told of. */
  readonly failures: number;
  /** When it was last told of, ISO 8601. */
  readonly since: string;
  /** Since when it has worked again, ISO 8601; null: it does not. */
  readonly worksSince: string | null;
}

/** Notes as one; null where there is none. */
export function joinNotes(...notes: readonly (string | null)[]): string | null {
  return notes.filter((note) => note !== null).join(' ') || null;
}

/** What one message tells, or one line of a message about many. */
export type Notice = AlertNotice | RecoveryNotice | ReminderNotice;
