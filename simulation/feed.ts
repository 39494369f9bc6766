import { createQueue } from '../local/queue';
import type { Batch } from '../local/queue-types';
import type { Invoke } from './history';
import type { Plan, QueueName } from './plan';
import type { Scheduler } from './scheduler';
import type { Strikes } from './strikes';

/** A queue that a function reads, with its dead letters. */
export interface Feed {
  readonly send: (body: string) => void;
  readonly postpone: (receiptHandle: string, seconds: number) => void;
  readonly depth: () => number;
  readonly deadLetters: () => readonly string[];
}

/** What a queue works with. */
export interface Around {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly strikes: Strikes;
  readonly invoke: Invoke;
}

/** As the stack declares them: visibility is six times the function's time-out and the window. */
const mappings = {
  persist: { windowSeconds: 10, maximumConcurrency: 5, visibilitySeconds: 370 },
  notify: { windowSeconds: 5, maximumConcurrency: 2, visibilitySeconds: 365 },
} as const;

const maxReceiveCount = 50;
const retentionSeconds = 1_209_600;

/** Makes the queue of a function; it hands out batches by itself as time passes. */
export function createFeed(name: QueueName, around: Around): Feed {
  const { scheduler, strikes, plan, invoke } = around;
  const arn = `arn:aws:sqs:eu-west-1:111122223333:${name}`;
  const shared = { retentionSeconds, visibilitySeconds: 30 };
  const dead = createQueue(
    { ...shared, name: `${name}-dead`, arn: `${arn}-dead`, maxReceiveCount: null, mapping: null },
    null,
  );
  const { visibilitySeconds, ...mapping } = mappings[name];
  const settings = {
    ...shared,
    visibilitySeconds,
    name,
    arn,
    maxReceiveCount,
    mapping: { ...mapping, batchSize: plan.batchSizes[name] },
  };
  const queue = createQueue(settings, dead);
  let wakeAt = Number.POSITIVE_INFINITY;

  function pump(): void {
    const now = scheduler.now();
    for (let batch = queue.poll(now); batch !== null; batch = queue.poll(now)) handOut(batch);
    const due = queue.dueAt();
    if (due === null || due <= now || (due >= wakeAt && wakeAt > now)) return;
    wakeAt = due;
    scheduler.at(due, pump);
  }

  function handOut(batch: Batch): void {
    invoke(name, { Records: batch.records }, (failed, invocation) => {
      const isKept = failed !== 'all' && strikes.now('kept', scheduler.now()).length > 0;
      const failedIds = new Set(failed === 'all' ? batch.records.map(({ messageId }) => messageId) : failed);
      invocation.settled = batch.records.filter(({ messageId }) => !failedIds.has(messageId)).map(({ body }) => body);
      queue.settle(batch, isKept ? 'all' : failed, scheduler.now());
      pump();
    });
  }

  return {
    send(body) {
      queue.send({ body }, scheduler.now());
      pump();
    },
    postpone: (receiptHandle, seconds) => queue.postpone(receiptHandle, seconds, scheduler.now()),
    depth: queue.depth,
    deadLetters: () => dead.inspect().map(({ body }) => body),
  };
}
