import type { SQSBatchResponse } from 'aws-lambda';
import { MonitorError, nameOf } from './errors';
import type { Message } from './event/message';
import { mapInGroups } from './groups';
import type { Log } from './log';
import { type Pause, visibilityAfter } from './pause';
import type { Ports } from './ports';

/** A message that must be tried again. */
export interface Failure {
  readonly message: Message;
  readonly pause: Pause;
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

/** Without an answer the message comes back all the same, when the queue's own visibility timeout ends. */
async function hide({ message, pause }: Failure, { ports, log }: Means): Promise<void> {
  try {
    if (message.receiptHandle !== null) {
      await ports.postpone(message.receiptHandle, visibilityAfter(message.receiveCount, pause));
    }
  } catch (error) {
    log.warn('A message could not be postponed', { error: nameOf(error) });
  }
}
