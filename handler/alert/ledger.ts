import { nameOf } from '../errors';
import type { Log } from '../log';
import type { Objects } from '../ports';
import { decodeNotification, encodeNotification, type Notification, type Status } from '../record/notification';

/** Where notifications are kept, and who works on them at which instant. */
export interface Ledger {
  readonly objects: Objects;
  /** Key prefix, ends in a slash. */
  readonly prefix: string;
  /** Names this invocation: what it claimed is its own, also when the answer to the claim was lost. */
  readonly owner: string;
  readonly now: () => Date;
  readonly log: Log;
}

/** A notification as its author states it; what the ledger itself knows is added by it. */
export type Draft = Omit<
  Notification,
  'status' | 'reason' | 'tries' | 'claimed_by' | 'claimed_at' | 'lease_until' | 'settled_at' | 'folded_into'
>;

/** A notification that this invocation works on. */
export interface Claimed {
  readonly key: string;
  readonly etag: string;
  readonly entry: Notification;
}

/** Ours to work on; settled by another; or another works on it, for so many seconds at most. */
export type Claim = { readonly claimed: Claimed } | { readonly settled: Status } | { readonly busySeconds: number };

/** Nobody takes up what is worked on within this time, seconds: longer than the time-out of the function (60 s). */
export const leaseSeconds = 90;

/** What a later try may take up again: no webhook was there, or it was dead. */
const reopenable: readonly Status[] = ['unconfigured', 'failed'];

/**
 * Claims a notification by a conditional write, so that one invocation alone works on it. One whose lease has run out,
 * and one that could not be sent, is taken over.
 * @throws what the port throws: nothing is known then, and nothing may be told.
 */
export async function claim(draft: Draft, ledger: Ledger): Promise<Claim> {
  const key = keyOf(draft, ledger.prefix);
  const entry = entryOf(draft, ledger, 1);
  const written = await ledger.objects.putIfAbsent(key, encodeNotification(entry));
  if (written !== null) return { claimed: { key, etag: written, entry } };
  return claimAgain(draft, key, ledger);
}

/** Claims what is there already, if nobody else holds or has settled it. */
async function claimAgain(draft: Draft, key: string, ledger: Ledger): Promise<Claim> {
  const { objects } = ledger;
  const found = await objects.get(key);
  if (found === null) return { busySeconds: 1 };
  const other = decodeNotification(found.body);
  if (other !== null && other.status !== 'claimed' && !reopenable.includes(other.status)) {
    return { settled: other.status };
  }
  // A later attempt of the run decides; that one's message comes again, and this one's may find that it was retried.
  if (other !== null && other.event_time > draft.event_time) return { settled: other.status };
  if (other?.status === 'claimed') {
    if (other.claimed_by === ledger.owner) return { claimed: { key, etag: found.etag, entry: other } };
    const left = Date.parse(other.lease_until) - ledger.now().getTime();
    if (left > 0) return { busySeconds: Math.ceil(left / 1_000) };
  }
  const again = entryOf(draft, ledger, (other?.tries ?? 0) + 1);
  const etag = await objects.putIfMatch(key, encodeNotification(again), found.etag);
  return etag === null ? ownClaim(key, ledger) : { claimed: { key, etag, entry: again } };
}

/** A client that sends a write once more is refused by its own first one: what it claimed is its own all the same. */
async function ownClaim(key: string, { objects, owner }: Ledger): Promise<Claim> {
  const found = await objects.get(key);
  const entry = decodeNotification(found?.body ?? '');
  const isOwn = entry?.status === 'claimed' && entry.claimed_by === owner;
  return found !== null && isOwn ? { claimed: { key, etag: found.etag, entry } } : { busySeconds: leaseSeconds };
}

/** What became of a notification. */
export interface Mark {
  readonly status: Status;
  readonly reason?: string | null;
  readonly folded_into?: string | null;
  readonly incident_id?: string | null;
  readonly channel?: string;
}

/** What became of a mark; `taken`: another invocation has taken the notification over, and settles it. */
export type Marked = 'written' | 'taken' | 'unknown';

/**
 * Writes what became of a claimed notification. A write that fails is logged: the notification must be taken up again
 * once its lease has run out, and what was told already may be told once more.
 */
export async function mark({ key, etag, entry }: Claimed, as: Mark, ledger: Ledger): Promise<Marked> {
  const settled = { ...entry, ...as, settled_at: ledger.now().toISOString() };
  return write({ key, etag, entry: settled }, ledger);
}

/** Gives a claim up before anything was told by it: whoever comes next need not wait until its lease has run out. */
export async function release({ key, etag, entry }: Claimed, ledger: Ledger): Promise<Marked> {
  return write({ key, etag, entry: { ...entry, lease_until: ledger.now().toISOString() } }, ledger);
}

async function write({ key, etag, entry }: Claimed, { objects, log }: Ledger): Promise<Marked> {
  try {
    const written = await objects.putIfMatch(key, encodeNotification(entry), etag);
    if (written === null) log.warn('A notification was taken over by another invocation', { status: entry.status });
    return written === null ? 'taken' : 'written';
  } catch (error) {
    log.error('The ledger could not be written', { status: entry.status, error: nameOf(error) });
    return 'unknown';
  }
}

function keyOf({ event_time, alert_id }: Draft, prefix: string): string {
  return `${prefix}dt=${event_time.slice(0, 10)}/${alert_id}.json`;
}

function entryOf(draft: Draft, { owner, now }: Ledger, tries: number): Notification {
  const at = now();
  return {
    ...draft,
    status: 'claimed',
    reason: null,
    folded_into: null,
    tries,
    claimed_by: owner,
    claimed_at: at.toISOString(),
    lease_until: new Date(at.getTime() + leaseSeconds * 1_000).toISOString(),
    settled_at: null,
  };
}
