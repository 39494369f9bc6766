import type { SQSBatchResponse } from 'aws-lambda';
import { MonitorError, nameOf } from './errors';
import type { Message } from './event/message';
import { mapInGroups } from './groups';
import type { Log } from './log';
import type { Ports } from './ports';

/** A message stays hidden for a minute after its first failure, twice as long after each further one, up to an hour. */
const shortest = 60;
const longest = 3_600;

/** A message that must be tried again, after at least so many seconds. */
export interface Failure {
  readonly message: Message;
  readonly pauseSeconds: number;
}

interface Means {
  readonly ports: Pick<Ports, 'postpone'>;
  readonly log: Log;
}

/**
 * Gives failed messages back to their queue: hides each for a growing time and names it in the batch response. With
 * the queue's limit of 50 receives an outage of more than a day passes before a message becomes a dead letter.
 * @throws MonitorError `DELIVERY_FAILED` when a message came without a queue: only its caller can try again.
 */
export async function giveBack(failures: readonly Failure[], means: Means): Promise<SQSBatchResponse> {
  if (failures.some(({ message }) => message.id === null)) {
    throw new MonitorError(
      'DELIVERY_FAILED',
      'The event could not be delivered; it came without a queue, so its caller must send it again',
    );
  }
  await mapInGroups(failures, (failure) => hide(failure, means));
  return { batchItemFailures: failures.map(({ message }) => ({ itemIdentifier: message.id ?? '' })) };
}

/** Seconds for which a message is hidden after it was received so often without success. */
export function visibilityAfter(receiveCount: number): number {
  return Math.min(longest, shortest * 2 ** Math.min(receiveCount - 1, 10));
}

/** Without an answer the message comes back all the same, when the queue's own visibility timeout ends. */
async function hide({ message, pauseSeconds }: Failure, { ports, log }: Means): Promise<void> {
  const seconds = Math.min(longest, Math.max(visibilityAfter(message.receiveCount), Math.ceil(pauseSeconds)));
  try {
    if (message.receiptHandle !== null) {
      await ports.postpone(message.receiptHandle, seconds);
    }
  } catch (error) {
    log.warn('A message could not be postponed', { error: nameOf(error) });
  }
}
