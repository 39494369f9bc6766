import { decodeNotification, type Notification } from '../handler/record/notification';
import { replayedRecord, replayOf } from '../handler/record/replayed';
import type { StateRecord } from '../handler/record/schema';
import { type Names, prefixes } from '../infra/names';
import { each, keysBelow } from './objects';
import type { ReplayPorts } from './ports';
import { moveAll, type Tally } from './tally';

/** Days of state changes, both included, UTC, `yyyy-MM-dd`. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

type LedgerPorts = Pick<ReplayPorts, 'keys' | 'read'>;

const dayMs = 86_400_000;

/** So far back alerts are posted unless asked otherwise: older ones are of use to nobody. */
const usualDays = 14;

/** The last days as of an instant; the next one too, for services whose clock is ahead. */
export function lastDays(now: Date): Days {
  return { from: dayOf(now.getTime() - usualDays * dayMs), to: dayOf(now.getTime() + dayMs) };
}

/**
 * Hands every alert that nobody got, for want of a webhook or because Slack refused it, back to `notify`, which claims
 * it anew in the ledger: what a second replay or a dead letter brings too is posted once.
 */
export async function replayAlerts(days: Days, names: Names, ports: LedgerPorts & Pick<ReplayPorts, 'send'>) {
  return overUnsent(days, ports, (record) =>
    ports.send(names.queues.notify, { body: replayOf(record), attributes: {} }),
  );
}

/** How many alerts of these days nobody got. */
export async function countAlerts(days: Days, ports: LedgerPorts): Promise<number> {
  const { moved, reasons } = await overUnsent(days, ports, async () => {});
  const [reason] = Object.keys(reasons);
  if (reason !== undefined) throw new Error(`The ledger cannot be read whole: ${reason}`);
  return moved;
}

/** Goes through the ledger of some days; only what was not sent counts. */
async function overUnsent(
  days: Days,
  ports: LedgerPorts,
  move: (record: StateRecord) => Promise<void>,
): Promise<Tally> {
  let passed = 0;
  const tally = await moveAll(prefixes.notifications, each(await keysOf(days, ports)), async (key) => {
    const notification = decodeNotification(await ports.read(key));
    if (notification === null) throw new Error(`${key} is no notification: the ledger did not write it`);
    if (isUnsent(notification)) await move(recordIn(key, notification));
    else passed += 1;
  });
  return { ...tally, moved: tally.moved - passed };
}

/** A recovery or a reminder that was not sent is no news any more. */
function isUnsent({ kind, status }: Notification): boolean {
  return kind === 'alert' && (status === 'unconfigured' || status === 'failed');
}

/** The state change that a notification tells of, as the function takes it. */
function recordIn(key: string, { record }: Notification): StateRecord {
  const read = replayedRecord(replayOf(JSON.parse(record) as StateRecord));
  if (read === null) throw new Error(`${key} holds no state change in "record": the ledger did not write it`);
  return read;
}

async function keysOf({ from, to }: Days, ports: LedgerPorts): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let day = Date.parse(from); day <= Date.parse(to); day += dayMs) {
    keys.push(...(await keysBelow(`${prefixes.notifications}dt=${dayOf(day)}/`, ports)));
  }
  return keys;
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
