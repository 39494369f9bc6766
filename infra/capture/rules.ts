import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import { sources } from '../../handler/normalise/sources.generated';
import type { Installation } from '../config';
import { verbatim } from '../verbatim';
import { allowSender, createQueue } from './queue';

/** EventBridge tries for a day: its own maximum, and what the rest of the way promises. */
const retryPolicy = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 };

/** One rule per source that is switched on, from the pattern that the handler matches with. */
export class Rules extends Construct {
  /** Names of the rules. */
  readonly names: readonly string[];

  constructor(scope: Construct, id: string, installation: Installation, topicArn: string) {
    super(scope, id);
    const { config, names } = installation;
    const undelivered = createQueue(this, 'undelivered', { name: names.deadLetterQueues['events-undelivered'] });
    const captured = sources.filter((source) => config.sources[source.name]);
    const rules = captured.map(({ name, title, pattern }) => {
      return new CloudwatchEventRule(this, name, {
        name: names.rule(name),
        description: `${title}: state changes of its runs`,
        eventPattern: verbatim(JSON.stringify(pattern)),
      });
    });
    for (const rule of rules) this.sendTo(topicArn, rule, undelivered);
    allowSender(undelivered, { service: 'events.amazonaws.com', from: rules.map((rule) => rule.arn) });
    this.names = captured.map(({ name }) => names.rule(name));
  }

  private sendTo(topicArn: string, rule: CloudwatchEventRule, undelivered: SqsQueue): void {
    new CloudwatchEventTarget(this, `${rule.node.id}_to_topic`, {
      rule: rule.name,
      targetId: 'topic',
      arn: topicArn,
      deadLetterConfig: { arn: undelivered.arn },
      retryPolicy,
    });
  }
}
