import type { FunctionName } from '../../handler/environment';
import { type MetricName, unitOf } from '../../handler/metrics';
import type { Captured } from '../capture/captured';
import { destinationsIn } from '../capture/destinations';
import { deadLetterKeys, type Names } from '../names';
import type { Metric } from './alarm';
import { metricOfRule } from './alarms';
import { destinationMetrics, destinationQuery } from './destinations';

/** One line of a graph: namespace, metric, then dimension names and values in turn; or a query. */
type Line = readonly (string | { readonly expression: string; readonly label: string; readonly id: string })[];

interface Graph {
  readonly title: string;
  readonly stat: 'Sum' | 'Maximum' | 'p95';
  readonly lines: readonly Line[];
}

interface DashboardProps {
  readonly names: Names;
  readonly region: string;
  readonly captured: readonly Captured[];
  readonly lambdaDestinations: readonly string[];
  readonly alarmArns: readonly string[];
}

/** Which functions count what: a line of what no function counts would stay empty for ever. */
const countedBy = {
  EventsReceived: ['persist', 'notify'],
  RowsDelivered: ['persist'],
  EventsQuarantined: ['persist'],
  MessagesPostponed: ['persist', 'notify'],
  SettingsUnreadable: ['persist', 'notify'],
  AlertsPosted: ['notify'],
  AlertsSuppressed: ['notify'],
  AlertsFolded: ['notify'],
  AlertsSilenced: ['notify'],
  AlertsUnconfigured: ['notify'],
  AlertsRetried: ['notify'],
  AlertsFailed: ['notify'],
  AlertLagSeconds: ['notify'],
  GlueUnanswered: ['persist', 'notify'],
  RowsCorrected: ['notify'],
  Ticks: ['notify'],
} as const satisfies Readonly<Record<MetricName, readonly FunctionName[]>>;

const counted = (Object.keys(countedBy) as MetricName[]).filter((name) => unitOf(name) === 'Count' && name !== 'Ticks');
const ofAlerts = counted.filter((name) => name.startsWith('Alerts'));
const ofEvents = counted.filter((name) => !name.startsWith('Alerts'));

/** The dashboard's body: all alarms on top, then the way of an event from left to right. */
export function dashboardOf({ names, region, captured, lambdaDestinations, alarmArns }: DashboardProps): string {
  const alarms = {
    type: 'alarm',
    x: 0,
    y: 0,
    width: 24,
    height: 4,
    properties: { title: 'Alarms', alarms: alarmArns },
  };
  const all = [...graphsOf(names, captured), ...destinationGraphs(lambdaDestinations)];
  const graphs = all.map(({ title, stat, lines }, index) => ({
    type: 'metric',
    x: (index % 3) * 8,
    y: 4 + Math.floor(index / 3) * 6,
    width: 8,
    height: 6,
    properties: { title, stat, region, period: 300, view: 'timeSeries', metrics: lines },
  }));
  return JSON.stringify({ widgets: [alarms, ...graphs] });
}

function graphsOf(names: Names, captured: readonly Captured[]): readonly Graph[] {
  const queues = Object.values(names.queues);
  const deadLetterQueues = deadLetterKeys.map((key) => names.deadLetterQueues[key]);
  const functions = Object.values(names.functions);
  const firehose = (metric: string): Line => ['AWS/Firehose', metric, 'DeliveryStreamName', names.deliveryStream];
  const sqs = (metric: string, of: readonly string[]) => of.map((queue) => ['AWS/SQS', metric, 'QueueName', queue]);
  const lambda = (metric: string) => functions.map((name) => ['AWS/Lambda', metric, 'FunctionName', name]);
  return [
    {
      title: 'Events that the rules matched',
      stat: 'Sum',
      lines: captured.map((rule) => ofRule(names, 'TriggeredRules', rule)),
    },
    { title: 'What became of events', stat: 'Sum', lines: ownLines(names, ofEvents) },
    { title: 'What became of alerts', stat: 'Sum', lines: ownLines(names, ofAlerts) },
    { title: 'From failure to post, s', stat: 'Maximum', lines: ownLines(names, ['AlertLagSeconds']) },
    { title: 'Calls of the schedule', stat: 'Sum', lines: ownLines(names, ['Ticks']) },
    { title: 'Events that did not get to a queue', stat: 'Sum', lines: undelivered(names, captured) },
    { title: 'Waiting messages', stat: 'Maximum', lines: sqs('ApproximateNumberOfMessagesVisible', queues) },
    {
      title: 'Messages put off or in work',
      stat: 'Maximum',
      lines: sqs('ApproximateNumberOfMessagesNotVisible', queues),
    },
    { title: 'Age of the oldest message, s', stat: 'Maximum', lines: sqs('ApproximateAgeOfOldestMessage', queues) },
    { title: 'Dead letters', stat: 'Maximum', lines: sqs('ApproximateNumberOfMessagesVisible', deadLetterQueues) },
    { title: 'Errors and throttles', stat: 'Sum', lines: [...lambda('Errors'), ...lambda('Throttles')] },
    { title: 'Duration (95 of 100 are shorter), ms', stat: 'p95', lines: lambda('Duration') },
    { title: 'Age of the oldest row in Firehose, s', stat: 'Maximum', lines: [firehose('DeliveryToS3.DataFreshness')] },
    { title: 'Rows that Firehose refused', stat: 'Sum', lines: [firehose('FailedConversion.Records')] },
  ];
}

/** Where `config.ts` sets destinations of functions: what these could not deliver. */
function destinationGraphs(lambdaDestinations: readonly string[]): readonly Graph[] {
  const { globs } = destinationsIn(lambdaDestinations);
  const named = destinationMetrics(lambdaDestinations).map(lineOf);
  const query = { expression: destinationQuery, label: 'all functions', id: 'functions' };
  const lines: readonly Line[] = globs.length > 0 ? [[query]] : named;
  return lines.length === 0 ? [] : [{ title: 'Records that functions could not deliver', stat: 'Sum', lines }];
}

function undelivered(names: Names, captured: readonly Captured[]): readonly Line[] {
  const ofRules = ['FailedInvocations', 'InvocationsSentToDlq', 'InvocationsFailedToBeSentToDlq'];
  const ofTopic = ['NumberOfNotificationsFailed', 'NumberOfNotificationsFailedToRedriveToDlq'];
  return [
    ...ofRules.flatMap((metric) => captured.map((rule) => ofRule(names, metric, rule))),
    ...ofTopic.map((metric) => ['AWS/SNS', metric, 'TopicName', names.topic]),
  ];
}

function ofRule(names: Names, metric: string, rule: Captured): Line {
  return lineOf(metricOfRule(names, metric, rule));
}

function lineOf({ namespace, name, dimensions }: Metric): Line {
  return [namespace, name, ...Object.entries(dimensions).flat()];
}

function ownLines({ metricsNamespace }: Names, metrics: readonly MetricName[]): readonly Line[] {
  return metrics.flatMap((metric) =>
    countedBy[metric].map((service) => [metricsNamespace, metric, 'service', service]),
  );
}
