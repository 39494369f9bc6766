import { isTick } from '../handler/event/tick';
import type { FunctionDeclaration, Schedule } from './deployment';
import { isScheduled, targetsOf } from './terraform-capture';
import { fault, numberAt, type Resource, refuseUnknown, valueAt } from './terraform-json';
import type { Terraform } from './terraform-references';

const secondsOf: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** What AWS itself does without an `aws_lambda_function_event_invoke_config`. */
const withoutConfig = { repeats: 2, oldestSeconds: 21_600 } as const;

/**
 * The rules of the clock with the functions that they call.
 * @throws Error for one that calls nothing, that may not call, or that says what no function expects; and when nothing
 * calls the function that tells, whose reminders and missing retries would then never be told.
 */
export function readSchedules(terraform: Terraform, functions: readonly FunctionDeclaration[]): readonly Schedule[] {
  const rules = terraform.ofType('aws_cloudwatch_event_rule').filter(isScheduled);
  const schedules = rules.flatMap((rule) => {
    const targets = targetsOf(terraform, rule);
    if (targets.length === 0) {
      throw fault(rule, 'target', 'is missing: no aws_cloudwatch_event_target names this rule, so it calls nothing');
    }
    return targets.map((target) => readSchedule(terraform, rule, { target, functions }));
  });
  const silent = functions.find(({ entry, name }) => {
    return entry === 'notify' && !schedules.some((it) => it.functionName === name);
  });
  if (silent) {
    throw new Error(
      `Terraform: no aws_cloudwatch_event_rule with a schedule_expression calls ${silent.name}, so reminders and retries that never came are not told`,
    );
  }
  return schedules;
}

interface Called {
  readonly target: Resource;
  readonly functions: readonly FunctionDeclaration[];
}

function readSchedule(terraform: Terraform, rule: Resource, { target, functions }: Called): Schedule {
  refuseUnknown(rule, ['event_pattern']);
  refuseUnknown(target, ['input_path', 'input_transformer', 'role_arn']);
  if (valueAt(rule, 'state') === 'DISABLED' || valueAt(rule, 'is_enabled') === false) {
    throw fault(rule, 'state', 'is DISABLED, so nothing is called');
  }
  const [arn, called] = [terraform.arn(rule), terraform.text(target, 'arn')];
  const resource = terraform.ofType('aws_lambda_function').find((it) => terraform.arn(it) === called);
  const declared = resource && functions.find(({ name }) => name === terraform.text(resource, 'function_name'));
  if (!resource || !declared) {
    throw fault(target, 'arn', `is ${called}, which is no function of this stack`);
  }
  needInvocation(terraform, resource, arn);
  const input = terraform.json(target, 'input');
  if (!isTick(input)) {
    throw fault(target, 'input', `is ${JSON.stringify(input)}, which ${declared.name} does not know as a tick`);
  }
  return {
    name: terraform.text(rule, 'name'),
    arn,
    functionName: declared.name,
    everySeconds: readRate(rule),
    input,
    ...readRepeats(terraform, resource),
  };
}

/** `rate(1 minute)`, `rate(5 minutes)`. */
function readRate(rule: Resource): number {
  const expression = valueAt(rule, 'schedule_expression');
  const [, count = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s)?\)$/.exec(String(expression)) ?? [];
  if (!(Number(count) > 0) || (Number(count) === 1) !== (plural === undefined)) {
    throw fault(rule, 'schedule_expression', `must be rate(N minutes), but is ${JSON.stringify(expression)}`);
  }
  return Number(count) * (secondsOf[unit] ?? 0);
}

/** Without a permission for the very rule, EventBridge calls, Lambda refuses, and nobody is told. */
function needInvocation(terraform: Terraform, called: Resource, ruleArn: string): void {
  const names = [terraform.arn(called), terraform.text(called, 'function_name')];
  const isAllowed = terraform.ofType('aws_lambda_permission').some((permission) => {
    const sourceArn = valueAt(permission, 'source_arn') === undefined ? '' : terraform.text(permission, 'source_arn');
    return (
      names.includes(terraform.text(permission, 'function_name')) &&
      ['lambda:InvokeFunction', 'lambda:*'].includes(terraform.text(permission, 'action')) &&
      terraform.text(permission, 'principal') === 'events.amazonaws.com' &&
      sourceArn === ruleArn
    );
  });
  if (!isAllowed) {
    throw fault(
      called,
      'aws_lambda_permission',
      `is missing: events.amazonaws.com must be allowed lambda:InvokeFunction for ${ruleArn}`,
    );
  }
}

function readRepeats(terraform: Terraform, called: Resource): Pick<Schedule, 'repeats' | 'oldestSeconds'> {
  const names = [terraform.arn(called), terraform.text(called, 'function_name')];
  // One for each of a list is of functions that others made.
  const config = terraform
    .ofType('aws_lambda_function_event_invoke_config')
    .filter((it) => valueAt(it, 'for_each') === undefined)
    .find((it) => names.includes(terraform.text(it, 'function_name')));
  return config
    ? {
        repeats: numberAt(config, 'maximum_retry_attempts', withoutConfig.repeats),
        oldestSeconds: numberAt(config, 'maximum_event_age_in_seconds', withoutConfig.oldestSeconds),
      }
    : withoutConfig;
}
