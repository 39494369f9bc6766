import type { JsonObject } from '../event/json';
import { wholeNumberOf } from './text';

/** How many records AppFlow could not write, which is all that it says of a run that went well in part; null for none. */
export function lostRecords(report: JsonObject): string | null {
  const lost = wholeNumberOf(report['num-of-record-failures']);
  const processed = wholeNumberOf(report['num-of-records-processed']);
  const beside = processed === null ? '' : `; ${processed} were processed`;
  return lost ? `${lost} records could not be written to the destination${beside}` : null;
}
