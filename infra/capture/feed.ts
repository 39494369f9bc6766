import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueueRedriveAllowPolicy } from '@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy';
import { Construct } from 'constructs';
import type { FunctionName } from '../../handler/environment';
import type { Keyed } from '../key';
import { functionTimeoutSeconds, mappings } from '../process/mappings';
import { allowNobody, allowSender, createQueue } from './queue';

/**
 * How often a message is tried. The function hides a message that it must try again for 1, 2, 4 … at most 60 minutes,
 * so 50 tries last longer than the day of outage that must lose nothing.
 */
const maxReceiveCount = 50;

/** The queue of one function: fed by the topic, with one dead-letter queue for SNS and one for the function. */
export class Feed extends Construct {
  readonly queue: SqsQueue;

  constructor(scope: Construct, id: FunctionName, { keyArn, names }: Keyed, topicArn: string) {
    super(scope, id);
    const deadLetters = createQueue(this, 'dead_letters', {
      name: names.deadLetterQueues[`${id}-dead-letters`],
      keyArn,
    });
    allowNobody(deadLetters);
    this.queue = createQueue(this, 'queue', {
      name: names.queues[id],
      keyArn,
      visibilityTimeoutSeconds: 6 * functionTimeoutSeconds + mappings[id].windowSeconds,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount }),
    });
    const delivery = allowSender(this.queue, { service: 'sns.amazonaws.com', from: topicArn });
    new SqsQueueRedriveAllowPolicy(this, 'redrive_allow', {
      queueUrl: deadLetters.url,
      redriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [this.queue.arn] }),
    });
    const undelivered = createQueue(this, 'undelivered', { name: names.deadLetterQueues[`${id}-undelivered`], keyArn });
    const rescue = allowSender(undelivered, { service: 'sns.amazonaws.com', from: topicArn });
    new SnsTopicSubscription(this, 'subscription', {
      topicArn,
      protocol: 'sqs',
      endpoint: this.queue.arn,
      rawMessageDelivery: true,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: undelivered.arn }),
      // SNS does not try again where it lacks permission.
      dependsOn: [delivery, rescue],
    });
  }
}
