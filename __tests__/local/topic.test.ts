import { createQueue } from '../../local/queue';
import { openTopic, topicLimitBytes } from '../../local/topic';

const topicArn = 'arn:aws:sns:eu-west-1:123456789012:events';
const attributes = { RequestID: { dataType: 'String', stringValue: 'r-1' } };

function subscribed(raw: boolean) {
  const arn = 'arn:aws:sqs:eu-west-1:123456789012:q';
  const settings = {
    name: 'q',
    arn,
    visibilitySeconds: 30,
    retentionSeconds: 60,
    maxReceiveCount: null,
    mapping: null,
  };
  const queue = createQueue(settings, null);
  const subscription = { topicArn, queueArn: arn, raw, deadLetterArn: null };
  return { queue, topic: openTopic(topicArn, [{ subscription, queue }]) };
}

test('raw delivery puts the bare message into the queue, its attributes beside it', () => {
  const { queue, topic } = subscribed(true);

  topic.publish({ message: '{"a":1}', messageAttributes: attributes }, 0);

  expect(queue.inspect()).toMatchObject([{ body: '{"a":1}', messageAttributes: attributes }]);
});

test('without raw delivery the message travels in an envelope', () => {
  const { queue, topic } = subscribed(false);

  topic.publish({ message: '{"a":1}', messageAttributes: attributes }, Date.UTC(2026, 0, 2));

  expect(JSON.parse(queue.inspect()[0]?.body ?? '')).toEqual({
    Type: 'Notification',
    MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    TopicArn: topicArn,
    Message: '{"a":1}',
    Timestamp: '2026-01-02T00:00:00.000Z',
    MessageAttributes: { RequestID: { Type: 'String', Value: 'r-1' } },
  });
});

test('a message above the limit is refused, one at the limit is not', () => {
  const { queue, topic } = subscribed(true);

  topic.publish({ message: 'x'.repeat(topicLimitBytes) }, 0);

  expect(() => topic.publish({ message: 'x'.repeat(topicLimitBytes + 1) }, 0)).toThrow('InvalidParameter');
  expect(queue.depth()).toEqual(1);
});

test('a message that neither the queue nor the dead letters take is told as lost', () => {
  const settings = {
    name: 'q',
    arn: 'q',
    visibilitySeconds: 30,
    retentionSeconds: 60,
    maxReceiveCount: null,
    mapping: null,
  };
  const queue = createQueue({ ...settings, maximumBytes: 10 }, null);
  const lost: string[] = [];
  const subscription = { topicArn, queueArn: 'q', raw: true, deadLetterArn: null };
  const topic = openTopic(topicArn, [{ subscription, queue }], (reason) => lost.push(reason));

  topic.publish({ message: 'x'.repeat(10) }, 0);
  topic.publish({ message: 'x'.repeat(11) }, 0);

  expect(queue.depth()).toEqual(1);
  expect(lost).toEqual(["larger than q and its subscription's dead-letter queue take"]);
});
