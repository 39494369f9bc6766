import type { FunctionName } from '../../handler/environment';
import type { MetricName } from '../../handler/metrics';
import type { Captured } from '../capture/captured';
import { type DeadLetterKey, deadLetterKeys, type Names, queueKeys } from '../names';
import { type Alarm, above, aboveInAny, type Metric, sum } from './alarm';
import { destinationAlarms } from './destinations';

/** What an installation has that can fall ill. */
export interface Watched {
  readonly names: Names;
  readonly captured: readonly Captured[];
  readonly lambdaDestinations: readonly string[];
  readonly silenceHours: number;
}

const minute = 60;
const hour = 3600;

/** A message comes back after an hour at the longest; with its batch, and until CloudWatch knows, it may take so long. */
const minutesBetweenTries = 65;

/** Above 30 minutes rows are late: Firehose holds them for 5 minutes by itself. */
const freshnessSeconds = 1800;

/** How old a queue's oldest message may be, seconds: alerts must be soon, rows need not. */
const ageLimits: Readonly<Record<FunctionName, number>> = { persist: 1800, notify: 900 };

/**
 * Above 15 minutes alerts come late, seconds. A retry that never came is told ten minutes after the failure, which is
 * no fault.
 */
const lagSeconds = 900;

/** Every alarm of an installation. */
export function alarmsOf(watched: Watched): readonly Alarm[] {
  return [
    ...ruleAlarms(watched),
    ...topicAlarms(watched),
    ...destinationAlarms(watched.lambdaDestinations),
    ...queueAlarms(watched),
    ...functionAlarms(watched),
    ...deliveryAlarms(watched),
    ...alertAlarms(watched),
    silenceAlarm(watched),
  ];
}

/** Two alarms for each rule would be most alarms of an installation, so rules share them. */
function ruleAlarms({ names, captured }: Watched): readonly Alarm[] {
  const metrics = (name: string) => captured.map((rule) => metricOfRule(names, name, rule));
  return [
    ...aboveInAny('rule-failed', 'A rule cannot reach the topic', metrics('FailedInvocations')),
    ...aboveInAny('rule-lost', 'A rule lost an event', metrics('InvocationsFailedToBeSentToDlq')),
  ];
}

/** A metric of a rule; on a bus of one's own, CloudWatch keeps it under the names of both ("EventBridge metrics"). */
export function metricOfRule(names: Names, metric: string, { name, eventBus }: Captured): Metric {
  const bus = eventBus === null ? {} : { EventBusName: eventBus.replace(/^arn:.*:event-bus\//, '') };
  return sum('AWS/Events', metric, { ...bus, RuleName: names.rule(name) });
}

function topicAlarms({ names }: Watched): readonly Alarm[] {
  const metric = (name: string): Metric => sum('AWS/SNS', name, { TopicName: names.topic });
  return [
    above('topic-failed', 'The topic cannot reach a queue', metric('NumberOfNotificationsFailed')),
    above('topic-lost', 'The topic lost an event', metric('NumberOfNotificationsFailedToRedriveToDlq')),
  ];
}

function queueAlarms({ names }: Watched): readonly Alarm[] {
  const metric = (name: string, QueueName: string): Metric => ({
    ...sum('AWS/SQS', name, { QueueName }),
    statistic: 'Maximum',
  });
  const resting = deadLetterKeys.map((key) =>
    above(key, restingHeadings[key], metric('ApproximateNumberOfMessagesVisible', names.deadLetterQueues[key])),
  );
  const old = queueKeys.map((key) => ({
    ...above(`${key}-age`, 'Messages grow old', metric('ApproximateAgeOfOldestMessage', names.queues[key])),
    threshold: ageLimits[key],
  }));
  return [...resting, ...old];
}

const restingHeadings: Readonly<Record<DeadLetterKey, string>> = {
  'events-undelivered': 'Events rest before the topic',
  'persist-undelivered': 'Messages rest between topic and queue',
  'notify-undelivered': 'Messages rest between topic and queue',
  'persist-dead-letters': 'Messages rest behind persist',
  'notify-dead-letters': 'Messages rest behind notify',
};

function functionAlarms({ names }: Watched): readonly Alarm[] {
  return queueKeys.flatMap((key) => {
    const metric = (name: string): Metric => sum('AWS/Lambda', name, { FunctionName: names.functions[key] });
    return [
      // A message whose function crashed comes back after six minutes: less than the period, so that the alarm rings on.
      { ...above(`${key}-errors`, 'A function fails', metric('Errors')), periodSeconds: 10 * minute },
      above(`${key}-throttles`, 'A function is throttled', metric('Throttles')),
      above(`${key}-settings`, 'Settings cannot be read', own(names, 'SettingsUnreadable', key)),
      repeated(above(`${key}-postponed`, 'Messages are postponed', own(names, 'MessagesPostponed', key)), 2),
    ];
  });
}

function deliveryAlarms({ names }: Watched): readonly Alarm[] {
  const metric = (name: string): Metric => sum('AWS/Firehose', name, { DeliveryStreamName: names.deliveryStream });
  const freshness: Metric = { ...metric('DeliveryToS3.DataFreshness'), statistic: 'Maximum' };
  return [
    { ...above('firehose-late', 'Rows arrive late', freshness), threshold: freshnessSeconds },
    above('firehose-conversion', 'Firehose refuses rows', metric('FailedConversion.Records')),
    { ...above('quarantine', 'Quarantine grows', own(names, 'EventsQuarantined', 'persist')), periodSeconds: hour },
  ];
}

function alertAlarms({ names }: Watched): readonly Alarm[] {
  const lag: Metric = { ...own(names, 'AlertLagSeconds', 'notify'), statistic: 'Maximum' };
  const unconfigured = above('alerts-unconfigured', 'No webhook is there', own(names, 'AlertsUnconfigured', 'notify'));
  const glue = above('glue', 'Glue cannot be asked', own(names, 'GlueUnanswered', 'persist'));
  return [
    repeated(above('alerts-failed', 'Slack takes no alerts', own(names, 'AlertsFailed', 'notify')), 1),
    { ...unconfigured, periodSeconds: hour },
    { ...above('alerts-late', 'Alerts come late', lag), threshold: lagSeconds, periodSeconds: 10 * minute },
    { ...glue, metrics: [...glue.metrics, own(names, 'GlueUnanswered', 'notify')], periodSeconds: hour },
    tickAlarm(names),
  ];
}

/** Ten minutes in which the schedule's work was not done once, whoever is to blame: rule, permission or function. */
function tickAlarm(names: Names): Alarm {
  const missing = above('ticks', 'The schedule stands still', own(names, 'Ticks', 'notify'));
  return { ...missing, threshold: 1, periods: 2, quiet: true };
}

/** One hour without an event, as often in a row as the configuration says: CloudWatch looks back seven days at most. */
function silenceAlarm({ names, silenceHours }: Watched): Alarm {
  const silent = above('silence', 'No event at all', own(names, 'EventsReceived', 'persist'));
  return { ...silent, threshold: 1, periodSeconds: hour, periods: silenceHours, quiet: true };
}

/**
 * Rings once it happened in so many minutes, and rings on while a single message, tried every hour, keeps failing.
 * The queue cannot tell: SQS leaves messages received three times out of the age of the oldest.
 */
function repeated(alarm: Alarm, times: number): Alarm {
  return { ...alarm, periodSeconds: minute, periods: times * minutesBetweenTries, enough: times };
}

function own(names: Names, name: MetricName, service: FunctionName): Metric {
  return sum(names.metricsNamespace, name, { service });
}
