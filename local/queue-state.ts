import type { OutgoingMessage, StoredMessage } from './queue-message';
import type { Queue, QueueSettings } from './queue-types';
import type { Schedule } from './schedule';

/** A batch is an invocation's payload, which may have 6 MB. */
export const payloadLimitBytes = 6 * 1024 * 1024;

/** All that a queue remembers. */
export interface QueueState {
  readonly settings: QueueSettings;
  readonly deadLetters: Queue | null;
  readonly messages: Map<string, StoredMessage>;
  /** Messages by their latest receipt. */
  readonly held: Map<string, StoredMessage>;
  /** When hidden messages become visible; an entry is stale when its message has moved on. */
  readonly hidden: Schedule<StoredMessage>;
  /** Visible messages, in the order in which they became so. */
  ready: StoredMessage[];
  readyBytes: number;
  /** Numbers of the batches that are out. */
  readonly invocations: Set<number>;
  sent: number;
  batches: number;
  expired: number;
}

/** Hides a message until an instant; at that instant it becomes visible by {@link wake}. */
export function hide(state: QueueState, message: StoredMessage, until: number): void {
  message.visibleAt = until;
  message.isHidden = true;
  state.hidden.add(until, message);
}

/** Makes visible what is due by `now`. */
export function wake(state: QueueState, now: number): void {
  for (let next = nextHidden(state); next && next.dueAt <= now; next = nextHidden(state)) {
    state.hidden.removeFirst();
    next.item.isHidden = false;
    state.ready.push(next.item);
    state.readyBytes += next.item.payloadBytes;
  }
}

/** When the next hidden message becomes visible, null when there is none. */
export function nextWake(state: QueueState): number | null {
  return nextHidden(state)?.dueAt ?? null;
}

function nextHidden(state: QueueState): ReturnType<Schedule<StoredMessage>['first']> {
  let next = state.hidden.first();
  while (
    next &&
    !(next.item.isHidden && next.item.visibleAt === next.dueAt && state.messages.has(next.item.messageId))
  ) {
    state.hidden.removeFirst();
    next = state.hidden.first();
  }
  return next;
}

/** Takes the next messages for one invocation from the visible ones; what is spent or too old leaves the queue instead. */
export function takeBatch(state: QueueState, batchSize: number, now: number): StoredMessage[] {
  const taken: StoredMessage[] = [];
  let bytes = 0;
  for (const message of state.ready) {
    const isSpent = state.settings.maxReceiveCount !== null && message.receiveCount >= state.settings.maxReceiveCount;
    if (now - message.sentAt >= state.settings.retentionSeconds * 1_000) {
      state.expired++;
      forget(state, message);
    } else if (isSpent) {
      state.deadLetters?.send(withOrigin(message, state.settings.arn), now);
      forget(state, message);
    } else {
      if (taken.length === batchSize || (taken.length > 0 && bytes + message.payloadBytes > payloadLimitBytes)) break;
      taken.push(message);
      bytes += message.payloadBytes;
    }
  }
  const gone = new Set(taken);
  state.ready = state.ready.filter((message) => !gone.has(message) && state.messages.has(message.messageId));
  state.readyBytes = state.ready.reduce((sum, message) => sum + message.payloadBytes, 0);
  return taken;
}

/** Deletes a message, wherever it is. */
export function remove(state: QueueState, message: StoredMessage): void {
  forget(state, message);
  if (!message.isHidden) {
    state.ready = state.ready.filter((other) => other !== message);
    state.readyBytes -= message.payloadBytes;
  }
}

function forget(state: QueueState, message: StoredMessage): void {
  state.messages.delete(message.messageId);
  state.held.delete(message.receiptHandle ?? '');
}

/**
 * A dead letter keeps its body, its attributes and the time when it was sent first, and says which queue it is from.
 * Its retention counts from that time ("Setting up dead-letter queue retention", SQS developer guide).
 */
function withOrigin(message: StoredMessage, queueArn: string): OutgoingMessage {
  const origin = { SentTimestamp: String(message.sentAt), ...message.attributes, DeadLetterQueueSourceArn: queueArn };
  const { body, messageAttributes = {}, sentAt } = message;
  return { body, messageAttributes, attributes: origin, sentAt };
}
