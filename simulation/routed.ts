import type { Fields } from './history';
import type { Plan } from './plan';

/** Whether a channel of its own hears of an alert, as the ledger holds it. */
export function isRouted(entry: Fields, { routed }: Pick<Plan, 'routed'>): boolean {
  if (routed === null) return false;
  return 'name' in routed
    ? String(entry['service_name']).startsWith(routed.name)
    : entry['error_type'] === routed.errorType;
}
