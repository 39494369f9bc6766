import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import { tickEvent } from '../../handler/event/tick';
import type { Names } from '../names';

/** A tick that could not be handed over is not tried again: the next one, a minute later, does its work. */
const onceOrNever = { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 0 };

interface TickProps {
  readonly names: Names;
  readonly notify: LambdaFunction;
}

/** The schedule that calls notify every minute, so that what falls due without an event is done. */
export class Tick extends Construct {
  constructor(scope: Construct, id: string, { names, notify }: TickProps) {
    super(scope, id);
    const rule = new CloudwatchEventRule(this, 'rule', {
      name: names.tick,
      description: 'Every minute: reminders that are due, and retries that never came',
      scheduleExpression: 'rate(1 minute)',
    });
    const permission = new LambdaPermission(this, 'permission', {
      statementId: 'tick',
      action: 'lambda:InvokeFunction',
      functionName: notify.functionName,
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
    });
    // The queue calls notify by itself and waits, so this concerns ticks alone.
    const invoked = new LambdaFunctionEventInvokeConfig(this, 'invoked', {
      functionName: notify.functionName,
      ...onceOrNever,
    });
    new CloudwatchEventTarget(this, 'target', {
      rule: rule.name,
      targetId: 'notify',
      arn: notify.arn,
      input: JSON.stringify(tickEvent),
      retryPolicy: onceOrNever,
      dependsOn: [permission, invoked],
    });
  }
}
