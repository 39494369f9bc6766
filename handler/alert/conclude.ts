import { mapInGroups } from '../groups';
import type { StateRecord } from '../record/schema';
import { type Claim, type Claimed, claim, type Draft, leaseSeconds, type Mark, mark, release } from './ledger';
import { count, postpone, settle, type Telling } from './telling';

/** Pauses before a mark is tried again, milliseconds. */
const pauses = [200, 1_000] as const;

/** What is claimed, with the state changes whose messages come again when it cannot be marked. */
export interface Open {
  readonly claimed: Claimed;
  readonly changes: readonly StateRecord[];
}

/** Claims a notification; what another works on comes again when that one's lease is over. */
export async function claimOrNote(
  draft: Draft,
  changes: readonly StateRecord[],
  telling: Telling,
): Promise<Claimed | null> {
  const found: Claim = await claim(draft, telling.ledger);
  if ('busySeconds' in found) postpone(changes, { seconds: found.busySeconds, isFault: false }, telling);
  if (!('claimed' in found)) return null;
  if (found.claimed.entry.tries > 1) count('AlertsRetried', 1, telling);
  return found.claimed;
}

/** Runs a step for what is claimed; when it fails, the claims are given up, and the messages come again. */
export function settleClaimed<R>(open: readonly Open[], telling: Telling, step: () => Promise<R>): Promise<R | null> {
  const changes = open.flatMap((it) => it.changes);
  return settle(changes, telling, () =>
    step().catch(async (error) => {
      await mapInGroups(open, ({ claimed }) => release(claimed, telling.marks));
      throw error;
    }),
  );
}

/** Gives up what another invocation must decide first: its messages come again when that one should be done. */
export async function wait({ claimed, changes }: Open, seconds: number, telling: Telling): Promise<void> {
  postpone(changes, { seconds, isFault: false }, telling);
  await release(claimed, telling.marks);
}

/**
 * Marks what became of a notification. When that cannot be written, its messages come again after the lease: a claim
 * that nobody takes up any more would say for ever that somebody works on it.
 * @returns whether nothing is left to do.
 */
export async function conclude({ claimed, changes }: Open, as: Mark, telling: Telling): Promise<boolean> {
  for (const pause of pauses) {
    if ((await mark(claimed, as, telling.marks)) !== 'unknown') return true;
    await telling.ports.sleep(pause);
  }
  if ((await mark(claimed, as, telling.marks)) !== 'unknown') return true;
  postpone(changes, { seconds: leaseSeconds, isFault: true }, telling);
  return false;
}
