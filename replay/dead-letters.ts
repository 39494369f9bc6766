import type { DeadLetterKey, Names } from '../infra/names';
import type { Held, ReplayPorts } from './ports';
import { moveAll, type Tally } from './tally';

type QueuePorts = Pick<ReplayPorts, 'count' | 'receive' | 'send' | 'remove' | 'publish'>;

/** A receive that finds nothing may have asked the wrong servers of SQS: so many in a row mean that it is empty. */
const emptyReceives = 3;

/** Where a message of a dead-letter queue belongs: on the topic, or in the queue of a function. */
const destinations = {
  'events-undelivered': 'topic',
  'persist-undelivered': 'persist',
  'notify-undelivered': 'notify',
  'persist-dead-letters': 'persist',
  'notify-dead-letters': 'notify',
} as const satisfies Record<DeadLetterKey, 'topic' | 'persist' | 'notify'>;

/**
 * Sends every message of every dead-letter queue to where it belongs and then deletes it, at most `most` per queue.
 * Interrupted between the two, a message is in both places, never in none: rows deduplicate on `event_id`.
 */
export async function replayDeadLetters(names: Names, ports: QueuePorts, most = 100_000): Promise<readonly Tally[]> {
  const tallies: Tally[] = [];
  for (const [queue, send] of routes(names, ports)) {
    const move = async (message: Held) => {
      await send(message);
      await ports.remove(queue, message.receiptHandle);
    };
    tallies.push(await moveAll(queue, messagesOf(queue, ports, most), move));
  }
  return tallies;
}

/** About how many messages rest in each dead-letter queue. */
export async function countDeadLetters(
  names: Names,
  ports: QueuePorts,
): Promise<readonly (readonly [string, number])[]> {
  const queues = Object.values(names.deadLetterQueues);
  return Promise.all(queues.map(async (queue) => [queue, await ports.count(queue)] as const));
}

function routes(names: Names, ports: QueuePorts): readonly (readonly [string, (message: Held) => Promise<void>])[] {
  const keys = Object.keys(destinations) as DeadLetterKey[];
  return keys.map((key) => {
    const destination = destinations[key];
    const send = ({ body, attributes }: Held) =>
      destination === 'topic' ? ports.publish(body) : ports.send(names.queues[destination], { body, attributes });
    return [names.deadLetterQueues[key], send];
  });
}

async function* messagesOf(queue: string, ports: QueuePorts, most: number): AsyncIterable<Held> {
  let taken = 0;
  let empty = 0;
  while (taken < most && empty < emptyReceives) {
    const messages = await ports.receive(queue);
    empty = messages.length === 0 ? empty + 1 : 0;
    taken += messages.length;
    yield* messages;
  }
}
