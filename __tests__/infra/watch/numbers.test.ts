import { monitoringOf, type Resource, resourcesOf } from '../stacks';
import { metricsOf } from './metrics';

const [above, below] = ['GreaterThanThreshold', 'LessThanThreshold'];

/** When each alarm rings: statistic, operator, threshold, seconds of a period, periods, and in how many of them. */
const numbers: Readonly<Record<string, readonly unknown[]>> = {
  watch_rule_failed_1: ['Sum', above, 0, 300, 1, 1],
  watch_rule_failed_2: ['Sum', above, 0, 300, 1, 1],
  watch_rule_lost_1: ['Sum', above, 0, 300, 1, 1],
  watch_rule_lost_2: ['Sum', above, 0, 300, 1, 1],
  watch_topic_failed: ['Sum', above, 0, 300, 1, 1],
  watch_topic_lost: ['Sum', above, 0, 300, 1, 1],
  watch_destinations: ['Sum', above, 0, 300, 1, 1],
  watch_events_undelivered: ['Maximum', above, 0, 300, 1, 1],
  watch_persist_undelivered: ['Maximum', above, 0, 300, 1, 1],
  watch_notify_undelivered: ['Maximum', above, 0, 300, 1, 1],
  watch_persist_dead_letters: ['Maximum', above, 0, 300, 1, 1],
  watch_notify_dead_letters: ['Maximum', above, 0, 300, 1, 1],
  watch_persist_age: ['Maximum', above, 1_800, 300, 1, 1],
  watch_notify_age: ['Maximum', above, 900, 300, 1, 1],
  watch_persist_errors: ['Sum', above, 0, 600, 1, 1],
  watch_notify_errors: ['Sum', above, 0, 600, 1, 1],
  watch_persist_throttles: ['Sum', above, 0, 300, 1, 1],
  watch_notify_throttles: ['Sum', above, 0, 300, 1, 1],
  watch_persist_settings: ['Sum', above, 0, 300, 1, 1],
  watch_notify_settings: ['Sum', above, 0, 300, 1, 1],
  watch_persist_postponed: ['Sum', above, 0, 60, 130, 2],
  watch_notify_postponed: ['Sum', above, 0, 60, 130, 2],
  watch_firehose_late: ['Maximum', above, 1_800, 300, 1, 1],
  watch_firehose_conversion: ['Sum', above, 0, 300, 1, 1],
  watch_quarantine: ['Sum', above, 0, 3_600, 1, 1],
  watch_alerts_failed: ['Sum', above, 0, 60, 65, 1],
  watch_alerts_unconfigured: ['Sum', above, 0, 3_600, 1, 1],
  watch_alerts_late: ['Maximum', above, 900, 600, 1, 1],
  watch_glue: ['Sum', above, 0, 3_600, 1, 1],
  watch_ticks: ['Sum', below, 1, 300, 2, 2],
  watch_silence: ['Sum', below, 1, 3_600, 24, 24],
};

test('every alarm rings at the numbers that were decided on', () => {
  const alarms = resourcesOf(monitoringOf({ lambdaDestinations: ['orders'] }), 'aws_cloudwatch_metric_alarm');

  const made = Object.entries(alarms).map(([id, alarm]) => `${id}: ${numbersOf(alarm).join(' ')}`);

  expect(made.sort()).toEqual(
    Object.entries(numbers)
      .map(([id, right]) => `${id}: ${right.join(' ')}`)
      .sort(),
  );
});

test('the alarm over all functions of an account rings at the same numbers as the one over some', () => {
  const alarms = resourcesOf(monitoringOf({ lambdaDestinations: ['orders-*'] }), 'aws_cloudwatch_metric_alarm');

  expect(alarms['watch_destinations']).toMatchObject({
    metric_query: [
      {
        id: 'all',
        expression: 'SELECT SUM(DestinationDeliveryFailures) FROM SCHEMA("AWS/Lambda", FunctionName)',
        period: 300,
        return_data: true,
      },
    ],
    comparison_operator: above,
    threshold: 0,
    evaluation_periods: 1,
    datapoints_to_alarm: 1,
  });
});

function numbersOf(alarm: Resource): readonly unknown[] {
  const metrics = metricsOf(alarm);
  const each = (values: readonly unknown[]) => [...new Set(values)];
  return [
    ...each(metrics.map(({ statistic }) => statistic)),
    alarm['comparison_operator'],
    alarm['threshold'],
    ...each(metrics.map(({ period }) => period)),
    alarm['evaluation_periods'],
    alarm['datapoints_to_alarm'],
  ];
}
