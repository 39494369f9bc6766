import { objectOf } from '../handler/event/json';
import { compilePattern } from '../handler/event/match';
import type { Rule, Subscription } from './deployment';
import { booleanAt, fault, type Resource, refuseUnknown, valueAt } from './terraform-json';
import { readRedrive } from './terraform-redrive';
import type { Terraform } from './terraform-references';

/** A topic by its ARN. */
export interface Topic {
  readonly name: string;
  readonly arn: string;
}

/** The SNS topics. */
export function readTopics(terraform: Terraform): readonly Topic[] {
  return terraform.ofType('aws_sns_topic').map((resource) => {
    refuseUnknown(resource, ['fifo_topic']);
    return { name: terraform.text(resource, 'name'), arn: terraform.arn(resource) };
  });
}

/** The EventBridge rules over events, with their targets. @throws Error for one that feeds nothing, or no topic of ours. */
export function readRules(terraform: Terraform, topics: readonly Topic[]): readonly Rule[] {
  const rules = terraform.ofType('aws_cloudwatch_event_rule').filter((rule) => !isScheduled(rule));
  return rules.map((resource) => {
    const name = terraform.text(resource, 'name');
    const own = targetsOf(terraform, resource).map((target) => readTarget(terraform, target, topics));
    if (own.length === 0) {
      throw fault(
        resource,
        'target',
        'is missing: no aws_cloudwatch_event_target names this rule, so its events go nowhere',
      );
    }
    const bus = busOf(terraform, resource);
    const idle = idleReason(terraform, resource, bus);
    const pattern = readPattern(terraform, resource);
    const sees = (event: unknown) => bus === null || !isOfService(objectOf(event)?.['source']);
    const matches = (event: unknown) => idle === null && sees(event) && pattern(event);
    return { name, arn: terraform.arn(resource), matches, idle, targets: own };
  });
}

/** Whether a rule is one of the clock, not of events. */
export function isScheduled(rule: Resource): boolean {
  return valueAt(rule, 'schedule_expression') !== undefined;
}

/** The targets that name a rule. */
export function targetsOf(terraform: Terraform, rule: Resource): readonly Resource[] {
  const name = terraform.text(rule, 'name');
  return terraform.ofType('aws_cloudwatch_event_target').filter((target) => terraform.text(target, 'rule') === name);
}

/** The event bus of a rule; null for the default one. */
function busOf(terraform: Terraform, resource: Resource): string | null {
  const bus =
    valueAt(resource, 'event_bus_name') === undefined ? 'default' : terraform.text(resource, 'event_bus_name');
  return bus === 'default' || bus.endsWith(':event-bus/default') ? null : bus;
}

/** Why a rule sees no event that it asks for; null when it does. Services send theirs to the default bus only. */
function idleReason(terraform: Terraform, resource: Resource, bus: string | null): string | null {
  if (valueAt(resource, 'state') === 'DISABLED' || valueAt(resource, 'is_enabled') === false) {
    return 'it is disabled';
  }
  const asked = objectOf(terraform.json(resource, 'event_pattern'))?.['source'];
  const isOfServices = Array.isArray(asked) && asked.length > 0 && asked.every(isOfService);
  return bus !== null && isOfServices ? `it is on the event bus ${bus}` : null;
}

/** Whether a service of AWS sends under this name; partners send to buses of their own, under `aws.partner/`. */
function isOfService(source: unknown): boolean {
  return source === 'lambda' || (typeof source === 'string' && /^aws\.(?!partner\/)/.test(source));
}

function readPattern(terraform: Terraform, resource: Resource): (event: unknown) => boolean {
  const pattern = terraform.json(resource, 'event_pattern');
  try {
    return compilePattern(pattern);
  } catch (error) {
    throw new Error(fault(resource, 'event_pattern', `cannot be used: ${String(error)}`).message, { cause: error });
  }
}

function readTarget(terraform: Terraform, resource: Resource, topics: readonly Topic[]) {
  refuseUnknown(resource, ['input', 'input_path', 'input_transformer', 'role_arn']);
  const topicArn = terraform.text(resource, 'arn');
  if (!topics.some((topic) => topic.arn === topicArn)) {
    throw fault(resource, 'arn', `is ${topicArn}, which is no topic of this stack`);
  }
  const hasDeadLetters = valueAt(resource, 'dead_letter_config') !== undefined;
  const deadLetterArn = hasDeadLetters ? terraform.queueArn(resource, 'dead_letter_config.arn') : null;
  return { topicArn, deadLetterArn };
}

/** The subscriptions of queues; other protocols (an alarm's e-mail) carry no events to functions and are left out. */
export function readSubscriptions(terraform: Terraform, topics: readonly Topic[]): readonly Subscription[] {
  const queues = terraform.ofType('aws_sns_topic_subscription').filter((it) => valueAt(it, 'protocol') === 'sqs');
  return queues.map((resource) => {
    refuseUnknown(resource, ['filter_policy']);
    const topicArn = terraform.text(resource, 'topic_arn');
    if (!topics.some((topic) => topic.arn === topicArn)) {
      throw fault(resource, 'topic_arn', `is ${topicArn}, which is no topic of this stack`);
    }
    return {
      topicArn,
      queueArn: terraform.queueArn(resource, 'endpoint'),
      raw: booleanAt(resource, 'raw_message_delivery', false),
      deadLetterArn: readRedrive(terraform, resource)?.deadLetterArn ?? null,
    };
  });
}
