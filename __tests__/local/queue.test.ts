import * as fc from 'fast-check';
import { createQueue } from '../../local/queue';
import type { Batch, Mapping, Queue, QueueSettings } from '../../local/queue-types';

const second = 1_000;
const mapping: Mapping = { batchSize: 3, windowSeconds: 10, maximumConcurrency: 2 };

function queueWith(changes: Partial<QueueSettings> = {}, deadLetters: Queue | null = null): Queue {
  const settings = {
    name: 'q',
    arn: 'arn:aws:sqs:eu-west-1:123456789012:q',
    visibilitySeconds: 60,
    retentionSeconds: 86_400,
  };
  return createQueue({ ...settings, maxReceiveCount: null, mapping, ...changes }, deadLetters);
}

function deadLetterQueue(): Queue {
  return queueWith({ name: 'dead', arn: 'arn:aws:sqs:eu-west-1:123456789012:dead', mapping: null });
}

function sendAll(queue: Queue, bodies: readonly string[], now: number): void {
  for (const body of bodies) queue.send({ body }, now);
}

function take(queue: Queue, now: number): Batch {
  const batch = queue.poll(now);
  if (!batch) throw new Error(`expected a batch at ${now}`);
  return batch;
}

function bodies(batch: Batch | null): readonly string[] | undefined {
  return batch?.records.map((record) => record.body);
}

describe('batching', () => {
  test('a full batch goes out at once, in the order of arrival', () => {
    const queue = queueWith();
    sendAll(queue, ['a', 'b', 'c', 'd'], 0);

    expect(bodies(queue.poll(0))).toEqual(['a', 'b', 'c']);
    expect(queue.poll(0)).toBeNull();
  });

  test('fewer messages wait until the window of the oldest is over', () => {
    const queue = queueWith();
    queue.send({ body: 'a' }, 0);
    queue.send({ body: 'b' }, 4 * second);

    expect(queue.poll(9_999)).toBeNull();
    expect(queue.dueAt()).toEqual(10 * second);
    expect(bodies(queue.poll(10 * second))).toEqual(['a', 'b']);
  });

  test('a batch holds at most six megabytes of payload', () => {
    const queue = queueWith({ mapping: { ...mapping, batchSize: 100 } });
    const large = 'x'.repeat(250_000);
    sendAll(
      queue,
      Array.from({ length: 30 }, () => large),
      0,
    );

    const sizes = [take(queue, 0).records.length, take(queue, 10 * second).records.length];

    expect(sizes).toEqual([25, 5]);
  });

  test('no more invocations run at once than the mapping allows', () => {
    const queue = queueWith({ mapping: { ...mapping, maximumConcurrency: 2 } });
    sendAll(queue, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'], 0);
    const [first] = [take(queue, 0), take(queue, 0)];

    expect(queue.poll(0)).toBeNull();
    queue.settle(first, [], 5 * second);

    expect(bodies(queue.poll(5 * second))).toEqual(['g', 'h', 'i']);
  });

  test('a function sees what SQS would tell it', () => {
    const queue = queueWith({ mapping: { ...mapping, batchSize: 1 } });
    const attribute = { dataType: 'String', stringValue: 'r-1' };
    queue.send({ body: 'hello', messageAttributes: { RequestID: attribute } }, 5_000);

    const [record] = take(queue, 7_000).records;

    expect(record).toMatchObject({
      body: 'hello',
      md5OfBody: '5d41402abc4b2a76b9719d911017c592',
      attributes: { SentTimestamp: '5000', ApproximateReceiveCount: '1', ApproximateFirstReceiveTimestamp: '7000' },
      messageAttributes: { RequestID: attribute },
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:q',
      awsRegion: 'eu-west-1',
    });
  });
});

describe('failures', () => {
  test('what an invocation handled is gone, what it failed comes back when its visibility ends', () => {
    const queue = queueWith();
    sendAll(queue, ['a', 'b', 'c'], 0);
    const batch = take(queue, 0);

    queue.settle(batch, [batch.records[1]?.messageId ?? ''], 1 * second);

    expect(queue.depth()).toEqual(1);
    expect(queue.poll(59_999)).toBeNull();
    expect(queue.dueAt()).toEqual(60 * second);
    const again = take(queue, 70 * second);
    expect(again.records.map(({ body, attributes }) => [body, attributes['ApproximateReceiveCount']])).toEqual([
      ['b', '2'],
    ]);
  });

  test.each([
    ['the function throws', 'all' as const],
    ['it names a message that was not in the batch', ['nobody']],
  ])('the whole batch comes back when %s', (_when, failed) => {
    const queue = queueWith();
    sendAll(queue, ['a', 'b', 'c'], 0);

    queue.settle(take(queue, 0), failed, 0);

    expect(bodies(queue.poll(60 * second))).toEqual(['a', 'b', 'c']);
  });

  test('a message that was received too often becomes a dead letter, with where it is from', () => {
    const deadLetters = deadLetterQueue();
    const queue = queueWith({ maxReceiveCount: 2 }, deadLetters);
    queue.send({ body: 'bad', attributes: { SentTimestamp: '123' } }, 0);
    queue.settle(take(queue, 10 * second), 'all', 10 * second);
    queue.settle(take(queue, 80 * second), 'all', 80 * second);

    expect(queue.poll(150 * second)).toBeNull();

    expect([queue.depth(), queue.dueAt()]).toEqual([0, null]);
    expect(deadLetters.inspect()).toMatchObject([
      { body: 'bad', attributes: { SentTimestamp: '123', DeadLetterQueueSourceArn: queue.settings.arn } },
    ]);
  });

  test('a message that nobody could handle for the whole retention is dropped and counted', () => {
    const queue = queueWith({ retentionSeconds: 100 });
    queue.send({ body: 'old' }, 0);
    queue.settle(take(queue, 50 * second), 'all', 50 * second);

    queue.poll(120 * second);

    expect([queue.depth(), queue.expired()]).toEqual([0, 1]);
  });
});

describe('visibility', () => {
  test('a postponed message comes back later than the others', () => {
    const queue = queueWith({ mapping: { ...mapping, batchSize: 1 } });
    queue.send({ body: 'a' }, 0);
    const batch = take(queue, 0);

    queue.postpone(batch.records[0]?.receiptHandle ?? '', 3_600, 1 * second);
    queue.settle(batch, [batch.records[0]?.messageId ?? ''], 1 * second);

    expect(queue.dueAt()).toEqual(3_601 * second);
    expect(queue.poll(3_600 * second)).toBeNull();
    expect(bodies(queue.poll(3_601 * second))).toEqual(['a']);
  });

  test('an invocation that outlives the visibility cannot delete what another one received since', () => {
    const queue = queueWith({ mapping: { ...mapping, batchSize: 1 } });
    queue.send({ body: 'slow' }, 0);
    const slow = take(queue, 0);
    const second_ = take(queue, 60 * second);

    queue.settle(slow, [], 61 * second);
    expect(queue.depth()).toEqual(1);
    queue.settle(second_, [], 62 * second);

    expect(queue.depth()).toEqual(0);
  });

  test('an invocation that outlives the visibility deletes what nobody received since', () => {
    const queue = queueWith({ mapping: { ...mapping, batchSize: 1, maximumConcurrency: 1 } });
    queue.send({ body: 'slow' }, 0);

    queue.settle(take(queue, 0), [], 61 * second);

    expect([queue.depth(), queue.dueAt()]).toEqual([0, null]);
  });

  test.each([
    ['an unknown receipt', 'nothing', 60, 'ReceiptHandleIsInvalid'],
    ['a visibility that has ended', null, 60, 'MessageNotInflight'],
    ['more than twelve hours', null, 43_201, 'InvalidParameterValue'],
  ])('postponing fails for %s', (what, handle, seconds, code) => {
    const queue = queueWith({ mapping: { ...mapping, batchSize: 1, maximumConcurrency: 1 } });
    queue.send({ body: 'a' }, 0);
    const receipt = handle ?? take(queue, 0).records[0]?.receiptHandle ?? '';
    const now = what === 'a visibility that has ended' ? 60 * second : 1 * second;

    expect(() => queue.postpone(receipt, seconds, now)).toThrow(code);
  });

  test('a batch is settled once', () => {
    const queue = queueWith();
    sendAll(queue, ['a', 'b', 'c'], 0);
    const batch = take(queue, 0);
    queue.settle(batch, [], 0);

    expect(() => queue.settle(batch, [], 0)).toThrow('settle a batch once');
  });
});

test('whatever fails, every message is handled or becomes a dead letter, and the queue comes to rest', () => {
  const step = fc.record({
    pauseSeconds: fc.integer({ min: 0, max: 90 }),
    failing: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (steps, count) => {
      const deadLetters = deadLetterQueue();
      const queue = queueWith({ maxReceiveCount: 3 }, deadLetters);
      sendAll(
        queue,
        Array.from({ length: count }, (_, at) => String(at)),
        0,
      );
      const handled: string[] = [];
      let now = 0;

      for (let turn = 0; queue.dueAt() !== null; turn++) {
        const { pauseSeconds, failing } = steps[turn % steps.length] ?? { pauseSeconds: 0, failing: 0 };
        now = Math.max(now, queue.dueAt() ?? 0);
        const batch = queue.poll(now);
        if (!batch) continue;
        const split = Math.round(failing * batch.records.length);
        now += pauseSeconds * second;
        queue.settle(
          batch,
          batch.records.slice(0, split).map((record) => record.messageId),
          now,
        );
        handled.push(...batch.records.slice(split).map((record) => record.body));
      }

      expect(queue.depth()).toEqual(0);
      const letters = deadLetters.inspect().map((message) => message.body);
      expect([...new Set([...handled, ...letters])]).toHaveLength(count);
    }),
  );
});
