import { createQueue } from '../../local/queue';

const second = 1_000;
const settings = {
  name: 'q',
  arn: 'arn:aws:sqs:eu-west-1:123456789012:q',
  visibilitySeconds: 60,
  retentionSeconds: 200,
  maxReceiveCount: 1,
  mapping: { batchSize: 1, windowSeconds: 0, maximumConcurrency: 1 },
};

test('the retention of a dead letter counts from when it was sent first, not from when it was given up', () => {
  const deadLetters = createQueue({ ...settings, name: 'dead', maxReceiveCount: null }, null);
  const queue = createQueue(settings, deadLetters);
  queue.send({ body: 'bad' }, 0);
  const batch = queue.poll(10 * second);
  if (batch) queue.settle(batch, 'all', 10 * second);
  queue.poll(150 * second);
  const [deadLetter] = deadLetters.inspect();

  const received = deadLetters.poll(210 * second);

  expect(deadLetter).toMatchObject({ body: 'bad', sentAt: 0 });
  expect([received, deadLetters.depth(), deadLetters.expired()]).toEqual([null, 0, 1]);
});
