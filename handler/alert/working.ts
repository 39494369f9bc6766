import type { Open } from './conclude';
import type { Alert } from './decide';
import type { Claimed } from './ledger';

/** An alert that this invocation works on. */
export interface Working {
  readonly alert: Alert;
  readonly claimed: Claimed;
}

/** What is claimed for an alert. */
export function openOf({ alert, claimed }: Working): Open {
  return { claimed, changes: alert.changes };
}
