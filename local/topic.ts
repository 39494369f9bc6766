import type { Subscription } from './deployment';
import { type MessageAttribute, type OutgoingMessage, uuidOf } from './queue-message';
import type { Queue } from './queue-types';

/** What somebody publishes to a topic. */
export interface Publication {
  readonly message: string;
  readonly messageAttributes?: Readonly<Record<string, MessageAttribute>>;
}

/** An SNS topic with its subscribed queues. */
export interface Topic {
  /** Puts a message into every subscribed queue. @throws Error `InvalidParameter` for one that is larger than SNS takes. */
  readonly publish: (publication: Publication, now: number) => void;
  /** Delivers to the queues a notification that already travels in SNS's envelope. */
  readonly deliver: (envelope: string, now: number) => void;
}

/** The largest message of a topic whose `MaximumMessageSize` nobody raised. */
export const topicLimitBytes = 262_144;

/** A subscription with the queue that it fills, and the one that takes what the first does not; null for none. */
export interface Subscribed {
  readonly subscription: Subscription;
  readonly queue: Queue;
  readonly deadLetters?: Queue | null;
}

/** Opens a topic; `onLost` is told why a message reached neither the queue nor the dead letters of a subscription. */
export function openTopic(
  arn: string,
  subscriptions: readonly Subscribed[],
  onLost: (reason: string) => void = () => {},
): Topic {
  let published = 0;
  function hand({ queue, deadLetters }: Subscribed, message: OutgoingMessage, now: number): void {
    const bytes = Buffer.byteLength(message.body);
    const taker = [queue, deadLetters].find((it) => it && bytes <= (it.settings.maximumBytes ?? topicLimitBytes * 4));
    if (taker) taker.send(message, now);
    else onLost(`larger than ${queue.settings.name} and its subscription's dead-letter queue take`);
  }

  return {
    publish: (publication, now) => {
      const bytes = Buffer.byteLength(publication.message);
      if (bytes > topicLimitBytes) {
        throw new Error(`InvalidParameter: a message of ${bytes} bytes; a topic takes ${topicLimitBytes}`);
      }
      const messageId = uuidOf(`${arn}#${published++}`);
      for (const subscribed of subscriptions) {
        const { raw } = subscribed.subscription;
        hand(subscribed, raw ? rawMessage(publication) : envelope(publication, { arn, messageId, now }), now);
      }
    },
    deliver: (body, now) => {
      for (const subscribed of subscriptions) hand(subscribed, { body }, now);
    },
  };
}

/** Raw delivery: message attributes become those of the SQS message. */
function rawMessage({ message, messageAttributes }: Publication): OutgoingMessage {
  return { body: message, messageAttributes: messageAttributes ?? {} };
}

function envelope(publication: Publication, { arn, messageId, now }: { arn: string; messageId: string; now: number }) {
  const attributes = Object.entries(publication.messageAttributes ?? {}).map(([name, attribute]) => {
    return [name, { Type: attribute.dataType, Value: attribute.stringValue ?? attribute.binaryValue ?? '' }] as const;
  });
  const fields = {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: arn,
    Message: publication.message,
    Timestamp: new Date(now).toISOString(),
    ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) } : {}),
  };
  return { body: JSON.stringify(fields) };
}
