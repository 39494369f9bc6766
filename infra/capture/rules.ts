import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import type { Keyed } from '../key';
import { verbatim } from '../verbatim';
import { allowSender, createQueue } from './queue';
import type { Topic } from './topic';

/** EventBridge tries for a day: its own maximum, and what the rest of the way promises. */
const retryPolicy = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 };

/** Where an event goes, and where it rests when it cannot. */
interface Way {
  readonly topic: Topic;
  readonly undelivered: SqsQueue;
  readonly rescue: SqsQueuePolicy;
}

/** One rule per source that is captured; its pattern is that of the handler, narrowed as `config.ts` says. */
export class Rules extends Construct {
  constructor(scope: Construct, id: string, installation: Keyed, topic: Topic) {
    super(scope, id);
    const { captured, keyArn, names } = installation;
    const undelivered = createQueue(this, 'undelivered', {
      name: names.deadLetterQueues['events-undelivered'],
      keyArn,
    });
    const rules = captured.map(({ name, title, pattern, eventBus }) => {
      return new CloudwatchEventRule(this, name, {
        name: names.rule(name),
        description: verbatim(`${title}: state changes of its runs`),
        eventPattern: verbatim(pattern),
        ...(eventBus === null ? {} : { eventBusName: eventBus }),
      });
    });
    const from = rules.map((rule) => rule.arn);
    const rescue = allowSender(undelivered, { service: 'events.amazonaws.com', from });
    for (const rule of rules) this.send(rule, { topic, undelivered, rescue });
  }

  private send(rule: CloudwatchEventRule, { topic, undelivered, rescue }: Way): void {
    new CloudwatchEventTarget(this, `${rule.node.id}_to_topic`, {
      rule: rule.name,
      ...(rule.eventBusNameInput === undefined ? {} : { eventBusName: rule.eventBusNameInput }),
      targetId: 'topic',
      arn: topic.arn,
      deadLetterConfig: { arn: undelivered.arn },
      retryPolicy,
      dependsOn: [topic.policy, rescue],
    });
  }
}
