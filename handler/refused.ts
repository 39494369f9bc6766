import { quarantine, type Refused } from './deliver/quarantine';
import { nameOf } from './errors';
import type { Message } from './event/message';
import { mapInGroups } from './groups';
import type { Log } from './log';
import type { Ports } from './ports';
import { type Reading, refusedOf } from './read';

/** What keeping takes. */
interface Means {
  readonly environment: { readonly QUARANTINE_PREFIX: string };
  readonly ports: Ports;
  readonly log: Log;
}

/** Quarantines what the readings of a batch refused; returns the messages of what could not be written. */
export async function keepRefused(readings: readonly Reading[], means: Means): Promise<ReadonlySet<Message>> {
  const strangers = readings.flatMap((reading) =>
    refusedOf(reading).map((refused, index) => ({ refused, index, ...reading })),
  );
  const kept = await mapInGroups(strangers, (stranger) => keep(stranger, means));
  return new Set(strangers.filter((_, at) => !kept[at]).map(({ message }) => message));
}

type Stranger = Pick<Reading, 'message' | 'arrivedAt'> & { readonly refused: Refused; readonly index: number };

async function keep({ refused, index, message, arrivedAt }: Stranger, means: Means): Promise<boolean> {
  const { environment, ports, log } = means;
  try {
    const place = { prefix: environment.QUARANTINE_PREFIX, messageId: message.id, index, arrivedAt, ports };
    await quarantine(refused, place);
    log.warn('An event went to quarantine', { reason: refused.reason, message_id: message.id });
    return true;
  } catch (error) {
    log.error('Quarantine could not be written', { error: nameOf(error) });
    return false;
  }
}
