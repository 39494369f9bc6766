import { type MetricName, metricNames } from '../../handler/metrics';
import { deadLetterKeys, type Names, queueKeys } from '../names';

/** One line of a graph: namespace, metric, then dimension names and values in turn. */
type Line = readonly string[];

interface Graph {
  readonly title: string;
  readonly stat: 'Sum' | 'Maximum' | 'p95';
  readonly lines: readonly Line[];
}

interface DashboardProps {
  readonly names: Names;
  readonly region: string;
  readonly ruleNames: readonly string[];
  readonly alarmArns: readonly string[];
}

/** The dashboard's body: all alarms on top, then the way of an event from left to right. */
export function dashboardOf({ names, region, ruleNames, alarmArns }: DashboardProps): string {
  const alarms = {
    type: 'alarm',
    x: 0,
    y: 0,
    width: 24,
    height: 4,
    properties: { title: 'Alarms', alarms: alarmArns },
  };
  const graphs = graphsOf(names, ruleNames).map(({ title, stat, lines }, index) => ({
    type: 'metric',
    x: (index % 3) * 8,
    y: 4 + Math.floor(index / 3) * 6,
    width: 8,
    height: 6,
    properties: { title, stat, region, period: 300, view: 'timeSeries', metrics: lines },
  }));
  return JSON.stringify({ widgets: [alarms, ...graphs] });
}

function graphsOf(names: Names, ruleNames: readonly string[]): readonly Graph[] {
  const queues = Object.values(names.queues);
  const deadLetterQueues = deadLetterKeys.map((key) => names.deadLetterQueues[key]);
  const functions = Object.values(names.functions);
  const firehose = (metric: string): Line => ['AWS/Firehose', metric, 'DeliveryStreamName', names.deliveryStream];
  const sqs = (metric: string, of: readonly string[]) => of.map((queue) => ['AWS/SQS', metric, 'QueueName', queue]);
  const lambda = (metric: string) => functions.map((name) => ['AWS/Lambda', metric, 'FunctionName', name]);
  return [
    { title: 'Events that the rules matched', stat: 'Sum', lines: ruleNames.map((rule) => matched(rule)) },
    { title: 'What became of events', stat: 'Sum', lines: ownLines(names) },
    {
      title: 'Alerts',
      stat: 'Sum',
      lines: [own(names, 'AlertsPosted', 'notify'), own(names, 'AlertsFailed', 'notify')],
    },
    { title: 'Waiting messages', stat: 'Maximum', lines: sqs('ApproximateNumberOfMessagesVisible', queues) },
    { title: 'Age of the oldest message, s', stat: 'Maximum', lines: sqs('ApproximateAgeOfOldestMessage', queues) },
    { title: 'Dead letters', stat: 'Maximum', lines: sqs('ApproximateNumberOfMessagesVisible', deadLetterQueues) },
    { title: 'Errors and throttles', stat: 'Sum', lines: [...lambda('Errors'), ...lambda('Throttles')] },
    { title: 'Duration (95 of 100 are shorter), ms', stat: 'p95', lines: lambda('Duration') },
    { title: 'Age of the oldest row in Firehose, s', stat: 'Maximum', lines: [firehose('DeliveryToS3.DataFreshness')] },
  ];
}

function matched(rule: string): Line {
  return ['AWS/Events', 'TriggeredRules', 'RuleName', rule];
}

function ownLines(names: Names): readonly Line[] {
  const onlyAlerts: readonly MetricName[] = ['AlertsPosted', 'AlertsFailed'];
  const counted = (Object.keys(metricNames) as MetricName[]).filter((name) => !onlyAlerts.includes(name));
  return queueKeys.flatMap((service) => counted.map((name) => own(names, name, service)));
}

function own(names: Names, metric: MetricName, service: (typeof queueKeys)[number]): Line {
  return [names.metricsNamespace, metric, 'service', service];
}
