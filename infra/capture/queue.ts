import { SqsQueue, type SqsQueueConfig } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import type { Construct } from 'constructs';
import type { Keyed } from '../key';
import { policyOf, type Statement, tlsOnly } from '../policy';

/**
 * The longest that SQS keeps a message, seconds: 14 days, so that a long weekend loses nothing. They count from the first
 * queue: a dead letter of a function's queue has lost the time of its tries (SQS guide, dead-letter queue retention).
 */
const retentionSeconds = 1_209_600;

/** What the topic may carry at most, bytes; said aloud because the default differs between versions of the provider. */
const maxMessageBytes = 262_144;

/** Who sends into a queue, and from where. */
interface Sender {
  readonly service: 'sns.amazonaws.com' | 'events.amazonaws.com';
  readonly from: string | readonly string[];
}

/** What a queue is beside what all queues are. */
interface QueueProps extends SqsQueueConfig, Pick<Keyed, 'keyArn'> {}

/** A queue, encrypted by SQS or by the key, that keeps messages for 14 days. */
export function createQueue(scope: Construct, id: string, { keyArn, ...config }: QueueProps): SqsQueue {
  return new SqsQueue(scope, id, {
    messageRetentionSeconds: retentionSeconds,
    maxMessageSize: maxMessageBytes,
    ...(keyArn === null ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: keyArn }),
    ...config,
  });
}

/** Lets one service send into a queue from the places named, and nobody past TLS; the service waits for the policy. */
export function allowSender(queue: SqsQueue, { service, from }: Sender): SqsQueuePolicy {
  const sender: Statement = {
    Sid: 'Sender',
    Principal: { Service: service },
    Action: 'sqs:SendMessage',
    Resource: queue.arn,
    Condition: { ArnEquals: { 'aws:SourceArn': from } },
  };
  return setPolicy(queue, [sender, tlsOnly('sqs:*', queue.arn)]);
}

/** Lets nobody reach a queue past TLS. */
export function allowNobody(queue: SqsQueue): void {
  setPolicy(queue, [tlsOnly('sqs:*', queue.arn)]);
}

function setPolicy(queue: SqsQueue, statements: readonly Statement[]): SqsQueuePolicy {
  const scope = queue.node.scope ?? queue;
  return new SqsQueuePolicy(scope, `${queue.node.id}_policy`, { queueUrl: queue.url, policy: policyOf(statements) });
}
