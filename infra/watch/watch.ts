import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import { encryptedWith, type Keyed } from '../key';
import { logicalId } from '../logical-id';
import { policyOf, tlsOnly } from '../policy';
import { skipChecks, withoutOwnKey } from '../skip-checks';
import type { Alarm } from './alarm';
import { alarmsOf } from './alarms';
import { dashboardOf } from './dashboard';

/** Whether the monitor itself is well: alarms, a topic of their own with its subscribers, a dashboard. */
export class Watch extends Construct {
  constructor(scope: Construct, id: string, installation: Keyed) {
    super(scope, id);
    const { captured, config, names, region } = installation;
    const { lambdaDestinations } = config;
    const topicArn = this.createTopic(installation);
    const alarms = alarmsOf({ names, captured, lambdaDestinations, silenceHours: config.silenceAlarmHours });
    const alarmArns = alarms.map((alarm) => this.createAlarm(names.alarm(alarm.id), alarm, topicArn).arn);
    new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: names.dashboard,
      dashboardBody: dashboardOf({ names, region, captured, lambdaDestinations, alarmArns }),
    });
  }

  private createTopic(installation: Keyed): string {
    const { account, config, keyArn, names } = installation;
    const topic = new SnsTopic(this, 'topic', {
      name: names.alarmTopic,
      ...encryptedWith(installation, 'kmsMasterKeyId'),
    });
    skipChecks(
      topic,
      withoutOwnKey(
        keyArn,
        'CKV_AWS_26',
        'the key that AWS manages keeps CloudWatch out, and alarms only pass through',
      ),
    );
    const { arn } = topic;
    new SnsTopicPolicy(this, 'topic_policy', {
      arn,
      policy: policyOf([
        {
          Sid: 'CloudWatch',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: arn,
          Condition: { StringEquals: { 'aws:SourceAccount': account } },
        },
        tlsOnly('sns:Publish', arn),
      ]),
    });
    const addresses = config.alarms === 'none' ? [] : config.alarms;
    for (const address of new Set(addresses)) {
      // By address, not by place in the list: a subscription that moves must be confirmed again.
      new SnsTopicSubscription(this, `to_${logicalId(address)}`, {
        topicArn: arn,
        protocol: 'email',
        endpoint: address,
      });
    }
    return arn;
  }

  private createAlarm(alarmName: string, alarm: Alarm, topicArn: string): CloudwatchMetricAlarm {
    const quiet = alarm.quiet === true;
    return new CloudwatchMetricAlarm(this, alarm.id.replaceAll('-', '_'), {
      alarmName,
      alarmDescription: `${alarm.heading}. What it means and what to do: docs/runbook.md, "${alarm.heading}"`,
      ...measured(alarm),
      comparisonOperator: quiet ? 'LessThanThreshold' : 'GreaterThanThreshold',
      threshold: alarm.threshold,
      evaluationPeriods: alarm.periods,
      datapointsToAlarm: alarm.enough ?? alarm.periods,
      treatMissingData: quiet ? 'breaching' : 'notBreaching',
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
  }
}

/** One metric as it is, what a query finds, or the sum of several: a metric of which nothing was measured does not count. */
function measured({ metrics, periodSeconds: period, query }: Alarm): Partial<CloudwatchMetricAlarmConfig> {
  const [{ namespace, name: metricName, dimensions, statistic }, ...more] = metrics;
  if (query !== undefined) {
    return { metricQuery: [{ id: 'all', expression: query, label: metricName, period, returnData: true }] };
  }
  if (more.length === 0) return { namespace, metricName, dimensions, statistic, period };
  const queries = metrics.map((metric, at) => ({
    id: `m${at + 1}`,
    metric: {
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: metric.dimensions,
      stat: metric.statistic,
      period,
    },
  }));
  return {
    metricQuery: [{ id: 'all', expression: 'SUM(METRICS())', label: metricName, returnData: true }, ...queries],
  };
}
