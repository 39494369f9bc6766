import type { OutgoingMessage, ReceivedMessage, StoredMessage } from './queue-message';

/** How a function is fed from a queue: the event source mapping. */
export interface Mapping {
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly maximumConcurrency: number;
}

/** A queue as Terraform declares it; `mapping` is null for a queue that no function reads, such as a dead-letter queue. */
export interface QueueSettings {
  readonly name: string;
  readonly arn: string;
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  /** The largest message that it takes; left out for one that takes whatever a topic takes. */
  readonly maximumBytes?: number;
  /** After so many receipts a message goes to the dead-letter queue; null when there is none. */
  readonly maxReceiveCount: number | null;
  readonly mapping: Mapping | null;
}

/** The messages of one invocation. Hand it back with {@link Queue.settle}. */
export interface Batch {
  readonly number: number;
  readonly records: readonly ReceivedMessage[];
}

/**
 * A standard SQS queue and the event source mapping behind it, as a state machine: no timers, no randomness, every
 * instant (milliseconds since the epoch) is given by the caller and never runs backwards.
 * One simplification: a message counts as received when its batch is handed over, not while the batch fills.
 */
export interface Queue {
  readonly settings: QueueSettings;
  readonly send: (message: OutgoingMessage, now: number) => void;
  /** The next batch that is full, or whose window is over, or null; several may be out at once. */
  readonly poll: (now: number) => Batch | null;
  /**
   * Ends an invocation: what it handled is deleted, what failed comes back when its visibility ends. `all`, or an id
   * that the batch does not hold, gives the whole batch back.
   */
  readonly settle: (batch: Batch, failed: readonly string[] | 'all', now: number) => void;
  /** `ChangeMessageVisibility`. @throws Error with SQS's code for a receipt that is not the latest, or a bad number. */
  readonly postpone: (receiptHandle: string, seconds: number, now: number) => void;
  /** The next instant at which `poll` can do something, which may be past already; null when never. */
  readonly dueAt: () => number | null;
  /** Everything that the queue holds, oldest first. */
  readonly inspect: () => readonly StoredMessage[];
  readonly depth: () => number;
  /** Messages that the queue dropped because their retention was over. */
  readonly expired: () => number;
}
