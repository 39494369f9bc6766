import { type ReceivedMessage, type StoredMessage, storeMessage, toRecord } from './queue-message';
import { hide, nextWake, payloadLimitBytes, type QueueState, remove, takeBatch, wake } from './queue-state';
import type { Batch, Mapping, Queue, QueueSettings } from './queue-types';
import { createSchedule } from './schedule';

/** `ChangeMessageVisibility` takes up to twelve hours. */
const longestVisibilitySeconds = 43_200;

/** Makes an empty queue; `deadLetters` takes what was received more often than the settings allow. */
export function createQueue(settings: QueueSettings, deadLetters: Queue | null): Queue {
  const state: QueueState = {
    settings,
    deadLetters,
    messages: new Map(),
    held: new Map(),
    hidden: createSchedule(),
    ready: [],
    readyBytes: 0,
    invocations: new Set(),
    sent: 0,
    batches: 0,
    expired: 0,
  };
  return {
    settings,
    send: (message, now) => {
      const stored = storeMessage(message, { queueName: settings.name, number: state.sent++, now });
      state.messages.set(stored.messageId, stored);
      hide(state, stored, now);
    },
    poll: (now) => poll(state, now),
    settle: (batch, failed, now) => settle(state, { batch, failed, now }),
    postpone: (receiptHandle, seconds, now) => postpone(state, { receiptHandle, seconds, now }),
    dueAt: () => dueAt(state),
    inspect: () => [...state.messages.values()],
    depth: () => state.messages.size,
    expired: () => state.expired,
  };
}

function poll(state: QueueState, now: number): Batch | null {
  wake(state, now);
  const { mapping } = state.settings;
  if (
    !mapping ||
    state.invocations.size >= mapping.maximumConcurrency ||
    now < (batchDueAt(state, mapping) ?? Infinity)
  ) {
    return null;
  }
  const taken = takeBatch(state, mapping.batchSize, now);
  if (taken.length === 0) {
    return null;
  }
  const number = state.batches++;
  state.invocations.add(number);
  return { number, records: taken.map((message) => receive(state, message, now)) };
}

function settle(state: QueueState, outcome: { batch: Batch; failed: readonly string[] | 'all'; now: number }): void {
  const { batch, failed, now } = outcome;
  if (!state.invocations.delete(batch.number)) {
    throw new Error(`Queue ${state.settings.name}: batch ${batch.number} is not out; settle a batch once`);
  }
  const ids = new Set(batch.records.map((record) => record.messageId));
  if (failed === 'all' || failed.some((id) => !ids.has(id))) {
    return;
  }
  wake(state, now);
  const failedIds = new Set(failed);
  for (const record of batch.records.filter((it) => !failedIds.has(it.messageId))) {
    const message = state.held.get(record.receiptHandle);
    if (message) {
      remove(state, message);
    }
  }
}

function postpone(state: QueueState, change: { receiptHandle: string; seconds: number; now: number }): void {
  const { receiptHandle, seconds, now } = change;
  wake(state, now);
  const message = state.held.get(receiptHandle);
  if (!message) {
    throw new Error(`ReceiptHandleIsInvalid: ${state.settings.name} knows no message under ${receiptHandle}`);
  }
  if (message.visibleAt <= now) {
    throw new Error(`MessageNotInflight: the visibility of ${message.messageId} has ended`);
  }
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > longestVisibilitySeconds) {
    throw new Error(
      `InvalidParameterValue: ${seconds} is not a whole number of seconds up to ${longestVisibilitySeconds}`,
    );
  }
  hide(state, message, now + seconds * 1_000);
}

function dueAt(state: QueueState): number | null {
  const { mapping } = state.settings;
  if (!mapping) {
    return null;
  }
  const free = state.invocations.size < mapping.maximumConcurrency;
  const instants = [free ? batchDueAt(state, mapping) : null, nextWake(state)].filter((instant) => instant !== null);
  return instants.length === 0 ? null : Math.min(...instants);
}

/** When the visible messages make a batch: at once when there are enough, else when the oldest has waited the window. */
function batchDueAt(state: QueueState, mapping: Mapping): number | null {
  const oldest = state.ready[0];
  if (!oldest) {
    return null;
  }
  const isFull = state.ready.length >= mapping.batchSize || state.readyBytes >= payloadLimitBytes;
  return isFull ? oldest.visibleAt : oldest.visibleAt + mapping.windowSeconds * 1_000;
}

function receive(state: QueueState, message: StoredMessage, now: number): ReceivedMessage {
  state.held.delete(message.receiptHandle ?? '');
  message.receiveCount++;
  message.firstReceivedAt ??= now;
  message.receiptHandle = `${message.messageId}#${message.receiveCount}`;
  state.held.set(message.receiptHandle, message);
  hide(state, message, now + state.settings.visibilitySeconds * 1_000);
  return toRecord(message, message.receiptHandle, state.settings.arn);
}
