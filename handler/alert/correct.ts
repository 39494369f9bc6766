import { afterFault } from '../pause';
import type { StateRecord } from '../record/schema';
import { count, postpone, type Telling } from './telling';

/** A failed attempt whose retry never came, and the state changes that come again until its row says so. */
export interface Correction {
  readonly record: StateRecord;
  readonly changes: readonly StateRecord[];
}

/**
 * Writes the rows of failed attempts anew when their retry never came: the first ones may say that it follows, and the
 * run would be under way for ever. The same change written later counts, in the verdict and in the views.
 */
export async function correct(corrections: readonly Correction[], telling: Telling): Promise<void> {
  if (corrections.length === 0) return;
  const recorded_at = telling.ports.now().toISOString();
  const rows = new Map(corrections.map((it) => [{ ...it.record, recorded_at }, it.changes]));
  const unwritten = await telling.write([...rows.keys()]);
  if (unwritten.size > 0)
    telling.log.warn('Rows of retries that never came could not be written', { rows: unwritten.size });
  count('RowsCorrected', rows.size - unwritten.size, telling);
  for (const row of unwritten) postpone(rows.get(row) ?? [], afterFault, telling);
}
