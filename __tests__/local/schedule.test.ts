import { readDeployment } from '../../local/terraform';
import { smallStack, withChange } from './terraform-fixture';

test('the rule of the clock is read with what it calls, how often, and with what', () => {
  const { schedules, rules } = readDeployment(smallStack());

  expect(schedules).toEqual([
    {
      name: 'tick',
      arn: 'arn:aws:events:eu-west-1:123456789012:rule/tick',
      functionName: 'datalake-monitoring-notify',
      everySeconds: 60,
      input: { source: 'datalake-monitoring', 'detail-type': 'Tick' },
      repeats: 0,
      oldestSeconds: 21_600,
    },
  ]);
  expect(rules.map(({ name }) => name)).toEqual(['glue-job']);
});

test('another rate is another rate', () => {
  const stack = withChange('aws_cloudwatch_event_rule/tick/schedule_expression', 'rate(5 minutes)');

  expect(readDeployment(stack).schedules[0]?.everySeconds).toEqual(300);
});

test.each([
  [
    'no rule of the clock',
    'aws_cloudwatch_event_rule/tick',
    undefined,
    /aws_cloudwatch_event_target\.tick: rule refers to/,
  ],
  [
    'a rule of the clock that is switched off',
    'aws_cloudwatch_event_rule/tick/state',
    'DISABLED',
    /aws_cloudwatch_event_rule\.tick: state is DISABLED, so nothing is called/,
  ],
  [
    'a rule of the clock that calls nothing',
    'aws_cloudwatch_event_target/tick',
    undefined,
    /aws_cloudwatch_event_rule\.tick: target is missing/,
  ],
  [
    'a rule of the clock that calls the function of the rows',
    'aws_cloudwatch_event_target/tick/arn',
    `\${aws_lambda_function.persist.arn}`,
    /aws_lambda_function\.persist: aws_lambda_permission is missing/,
  ],
  [
    'a rule of the clock that feeds the topic',
    'aws_cloudwatch_event_target/tick/arn',
    `\${aws_sns_topic.main.arn}`,
    /aws_cloudwatch_event_target\.tick: arn is .*sns.*, which is no function of this stack/,
  ],
  [
    'a call that the function does not know',
    'aws_cloudwatch_event_target/tick/input',
    '{"source":"datalake-monitoring"}',
    /aws_cloudwatch_event_target\.tick: input is .*, which datalake-monitoring-notify does not know as a tick/,
  ],
  [
    'a call without an input',
    'aws_cloudwatch_event_target/tick/input',
    undefined,
    /aws_cloudwatch_event_target\.tick: input must be a text/,
  ],
  [
    'a function that EventBridge may not call',
    'aws_lambda_permission/tick',
    undefined,
    /aws_lambda_function\.notify: aws_lambda_permission is missing: events\.amazonaws\.com must be allowed/,
  ],
  [
    'a permission for another rule',
    'aws_lambda_permission/tick/source_arn',
    `\${aws_cloudwatch_event_rule.glue.arn}`,
    /aws_lambda_permission is missing/,
  ],
  [
    'a time of the day',
    'aws_cloudwatch_event_rule/tick/schedule_expression',
    'cron(0 8 * * ? *)',
    /schedule_expression must be rate\(N minutes\), but is "cron/,
  ],
  [
    'a rate that AWS refuses',
    'aws_cloudwatch_event_rule/tick/schedule_expression',
    'rate(1 minutes)',
    /schedule_expression must be rate/,
  ],
])('%s is told', (_what, path, value, message) => {
  expect(() => readDeployment(withChange(path, value))).toThrow(message);
});
