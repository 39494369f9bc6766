import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilePattern } from '../../handler/event/match';
import { sources } from '../../handler/normalise/sources.generated';
import { afterFault, visibilityAfter } from '../../handler/pause';
import { longestName, namesOf } from '../../infra/names';
import { everything } from './installations';
import { monitoringOf, type Resource, ref, resourceOf, resourcesOf, type Stack, statementsOf } from './stacks';
import { metricsOf } from './watch/metrics';

const stack = monitoringOf();
const names = namesOf({ name: 'datalake-monitoring', account: '111122223333', region: 'eu-central-1' });
const alarms = Object.values(resourcesOf(stack, 'aws_cloudwatch_metric_alarm'));
const runbook = readFileSync(join(__dirname, '../../docs/runbook.md'), 'utf8');

describe('the alarms', () => {
  it('watch every place where an event can be lost, late or waiting', () => {
    const watched = alarms
      .flatMap(metricsOf)
      .map(({ name, dimensions }) => `${name} ${Object.values(dimensions).join()}`);
    const captured = sources.filter(({ onRequest }) => onRequest !== true);
    const perRule = (metric: string) => captured.map(({ name }) => `${metric} ${names.rule(name)}`);
    const perQueue = (metric: string, queues: Record<string, string>) =>
      Object.values(queues).map((it) => `${metric} ${it}`);

    expect([...watched].sort()).toEqual(
      [
        ...perRule('FailedInvocations'),
        ...perRule('InvocationsFailedToBeSentToDlq'),
        'NumberOfNotificationsFailed dl-monitor-sns',
        'NumberOfNotificationsFailedToRedriveToDlq dl-monitor-sns',
        ...perQueue('ApproximateNumberOfMessagesVisible', names.deadLetterQueues),
        ...perQueue('ApproximateAgeOfOldestMessage', names.queues),
        ...perQueue('Errors', names.functions),
        ...perQueue('Throttles', names.functions),
        'DeliveryToS3.DataFreshness datalake-monitoring-state',
        'FailedConversion.Records datalake-monitoring-state',
        'EventsQuarantined persist',
        'EventsReceived persist',
        'SettingsUnreadable persist',
        'SettingsUnreadable notify',
        'MessagesPostponed persist',
        'MessagesPostponed notify',
        'AlertsFailed notify',
        'AlertsUnconfigured notify',
        'AlertLagSeconds notify',
        'GlueUnanswered persist',
        'GlueUnanswered notify',
        'Ticks notify',
      ].sort(),
    );
  });

  it('have each a name of its own', () => {
    const made = Object.values(resourcesOf(stack, 'aws_cloudwatch_metric_alarm')).map((alarm) => alarm['alarm_name']);

    expect(new Set(made).size).toBe(alarms.length);
  });

  it('watch what is there, by its name', () => {
    const namesOfAll = (type: string, key = 'name') => Object.values(resourcesOf(stack, type)).map((it) => it[key]);
    const there: Readonly<Record<string, readonly unknown[]>> = {
      QueueName: namesOfAll('aws_sqs_queue'),
      TopicName: namesOfAll('aws_sns_topic'),
      RuleName: namesOfAll('aws_cloudwatch_event_rule'),
      FunctionName: namesOfAll('aws_lambda_function', 'function_name'),
      DeliveryStreamName: namesOfAll('aws_kinesis_firehose_delivery_stream'),
      service: ['persist', 'notify'],
    };

    const lost = alarms.flatMap((alarm) =>
      metricsOf(alarm)
        .flatMap(({ dimensions }) => Object.entries(dimensions))
        .flatMap(([name, value]) =>
          there[name]?.includes(value) === true ? [] : [`${alarm['alarm_name']}: no ${name} ${value}`],
        ),
    );

    expect(lost).toEqual([]);
  });

  it.each([{}, { name: 'team-a' }])('look for what a function counts where that function puts it: %j', (config) => {
    const made = monitoringOf(config);

    const elsewhere = Object.values(resourcesOf(made, 'aws_cloudwatch_metric_alarm')).flatMap((alarm) =>
      metricsOf(alarm).flatMap(({ namespace, dimensions: { service } }) => {
        if (service === undefined) return [];
        const counted = variablesOf(made, service)['METRICS_NAMESPACE'];
        return counted === namespace
          ? []
          : [`${alarm['alarm_name']} looks into ${namespace}, but METRICS_NAMESPACE of ${service} is ${counted}`];
      }),
    );

    expect(elsewhere).toEqual([]);
  });

  it('leave no queue unwatched', () => {
    const queues = Object.values(resourcesOf(stack, 'aws_sqs_queue')).map((queue) => queue['name']);

    const watched = alarms.flatMap(metricsOf).flatMap(({ dimensions }) => dimensions['QueueName'] ?? []);

    expect([...new Set(watched)].sort()).toEqual(queues.sort());
  });

  it('go to the topic of their own, when they ring and when they stop', () => {
    const right = JSON.stringify([ref('aws_sns_topic.watch_topic.arn')]);

    const unheard = alarms.flatMap((alarm) =>
      ['alarm_actions', 'ok_actions']
        .filter((actions) => JSON.stringify(alarm[actions]) !== right)
        .map((actions) => `${alarm['alarm_name']}: ${actions} is ${JSON.stringify(alarm[actions])}, not ${right}`),
    );

    expect(unheard).toEqual([]);
  });

  it('ring for silence after as many hours without an event as the configuration says', () => {
    const silence = resourceOf(monitoringOf({ silenceAlarmHours: 6 }), 'aws_cloudwatch_metric_alarm', 'watch_silence');

    expect(silence).toMatchObject({
      metric_name: 'EventsReceived',
      comparison_operator: 'LessThanThreshold',
      threshold: 1,
      period: 3600,
      evaluation_periods: 6,
      treat_missing_data: 'breaching',
    });
  });

  it('ring for everything else only when something is measured', () => {
    const others = Object.entries(resourcesOf(stack, 'aws_cloudwatch_metric_alarm')).filter(
      ([id]) => !['watch_silence', 'watch_ticks'].includes(id),
    );

    const odd = others.filter(([, alarm]) => alarm['treat_missing_data'] !== 'notBreaching');

    expect(odd).toEqual([]);
  });

  it('share the rules, ten to an alarm, which is the most that one takes', () => {
    const shared = alarms.filter((alarm) => metricsOf(alarm).length > 1 && alarm['alarm_name'] !== names.alarm('glue'));

    const rules = sources.filter(({ onRequest }) => onRequest !== true).length;

    expect(shared).toHaveLength(2 * Math.ceil(rules / 10));
    expect(Math.max(...shared.map((alarm) => metricsOf(alarm).length))).toBeLessThanOrEqual(10);
    expect(new Set(shared.map(({ metric_query }) => JSON.stringify((metric_query as readonly unknown[])[0])))).toEqual(
      new Set(
        ['FailedInvocations', 'InvocationsFailedToBeSentToDlq'].map((label) =>
          JSON.stringify({ expression: 'SUM(METRICS())', id: 'all', label, return_data: true }),
        ),
      ),
    );
    expect(shared.filter((alarm) => alarm['metric_name'] !== undefined || alarm['period'] !== undefined)).toEqual([]);
  });

  it('look at a rule on a bus of its own under the names of both', () => {
    const own = {
      name: 'pipeline',
      title: 'Pipeline',
      pattern: { source: ['example.pipelines'], 'detail-type': ['Pipeline Finished'] },
      fields: { service_name: '$.detail.name', state: '$.detail.state' },
      states: { DONE: 'succeeded' as const },
      eventBus: 'arn:aws:events:eu-central-1:111122223333:event-bus/orders',
    };

    const made = Object.values(resourcesOf(monitoringOf({ ownSources: [own] }), 'aws_cloudwatch_metric_alarm'));

    expect(made.flatMap(metricsOf)).toContainEqual(
      expect.objectContaining({
        name: 'FailedInvocations',
        dimensions: { EventBusName: 'orders', RuleName: 'datalake-monitoring-pipeline' },
      }),
    );
  });

  it('look back no further than the day and the week that CloudWatch allows', () => {
    const longest = resourcesOf(monitoringOf({ silenceAlarmHours: 168 }), 'aws_cloudwatch_metric_alarm');

    const tooLong = Object.values(longest).filter((alarm) => {
      const seconds = Number(metricsOf(alarm)[0]?.period);
      return seconds * Number(alarm['evaluation_periods']) > (seconds < 3600 ? 1 : 7) * 86_400;
    });

    expect(tooLong).toEqual([]);
  });
});

describe('the runbook', () => {
  const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  it('has one heading per kind of alarm, and none that no alarm names', () => {
    const all = resourcesOf(monitoringOf({ lambdaDestinations: ['orders'] }), 'aws_cloudwatch_metric_alarm');

    expect([...headings].sort()).toEqual([...new Set(Object.values(all).map(headingOf))].sort());
  });

  it('says under each what it means, what to look at and what to do', () => {
    const sections = runbook.split(/^## /m).slice(1);

    const short = sections.filter(
      (section) => !['**Means**', '**Look at**', '**Do**'].every((part) => section.includes(part)),
    );

    expect(short).toEqual([]);
  });

  it.each(['persist', 'notify'])('says how long a dead letter of %s still lasts after all its tries', (name) => {
    const queue = resourceOf(stack, 'aws_sqs_queue', `capture_${name}_queue`);
    const deadLetters = resourceOf(stack, 'aws_sqs_queue', `capture_${name}_dead_letters`);
    const { maxReceiveCount } = JSON.parse(String(queue['redrive_policy'])) as { maxReceiveCount: number };
    const hours =
      sum(Array.from({ length: maxReceiveCount }, (_, tried) => visibilityAfter(tried + 1, afterFault))) / 3600;

    const days = Math.floor(Number(deadLetters['message_retention_seconds']) / 86_400 - hours / 24);

    expect(section(`Messages rest behind ${name}`)).toContain(
      `about ${days} days after tries for ${Math.floor(hours)} hours`,
    );
    expect(section(`Messages rest behind ${name}`)).not.toContain('for 14 days');
  });
});

describe('the alarm topic', () => {
  it('takes from CloudWatch of this account', () => {
    const [cloudWatch] = statementsOf(resourceOf(stack, 'aws_sns_topic_policy', 'watch_topic_policy')['policy']);

    expect(cloudWatch).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    });
  });

  it('tells everybody in the configuration once', () => {
    const subscribed = monitoringOf({ alarms: ['a.b@example.org', 'a_b@example.org', 'a.b@example.org'] });

    const addresses = Object.values(resourcesOf(subscribed, 'aws_sns_topic_subscription'))
      .filter((it) => it['protocol'] === 'email')
      .map((it) => it['endpoint']);

    expect(addresses.sort()).toEqual(['a.b@example.org', 'a_b@example.org']);
  });
});

describe('what rings about the monitor itself never goes through the monitor', () => {
  const everywhere = monitoringOf({ ...everything, alarms: ['lake@example.org'] });

  it('reaches people by e-mail alone: no queue, no function, no topic of ours hears the alarm topic', () => {
    const heard = Object.values(resourcesOf(everywhere, 'aws_sns_topic_subscription')).filter(
      (it) => it['topic_arn'] === ref('aws_sns_topic.watch_topic.arn'),
    );

    expect(heard).toEqual([
      { topic_arn: ref('aws_sns_topic.watch_topic.arn'), protocol: 'email', endpoint: 'lake@example.org' },
    ]);
  });

  it('names no topic but that one in any alarm', () => {
    const actions = Object.values(resourcesOf(everywhere, 'aws_cloudwatch_metric_alarm')).flatMap((alarm) =>
      Object.entries(alarm)
        .filter(([argument]) => argument.endsWith('_actions'))
        .flatMap(([, arns]) => arns as readonly string[]),
    );

    expect([...new Set(actions)]).toEqual([ref('aws_sns_topic.watch_topic.arn')]);
  });

  it('is matched by no rule when EventBridge tells that an alarm changed its state', () => {
    const event = {
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      account: '111122223333',
      region: 'eu-central-1',
      detail: { alarmName: names.alarm('ticks'), state: { value: 'ALARM' } },
    };
    const patterns = Object.values(resourcesOf(everywhere, 'aws_cloudwatch_event_rule')).flatMap(
      ({ event_pattern }) => event_pattern ?? [],
    );

    const matching = patterns.filter((pattern) => compilePattern(JSON.parse(String(pattern)))(event));

    expect(patterns.length).toBeGreaterThan(10);
    expect(matching).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('is JSON that shows all alarms and the way of an event', () => {
    const { widgets } = JSON.parse(
      String(resourceOf(stack, 'aws_cloudwatch_dashboard', 'watch_dashboard')['dashboard_body']),
    ) as {
      widgets: readonly {
        type: string;
        properties: { title: string; alarms?: readonly string[]; metrics?: readonly unknown[] };
      }[];
    };

    expect(widgets[0]?.properties.alarms).toHaveLength(alarms.length);
    expect(widgets.slice(1).filter(({ properties }) => (properties.metrics ?? []).length === 0)).toEqual([]);
  });
});

describe('another installation in the same account', () => {
  it('has alarms of its own', () => {
    const name = 'x'.repeat(longestName('111122223333', 'eu-central-1'));
    const made = resourcesOf(monitoringOf({ name }), 'aws_cloudwatch_metric_alarm');

    expect(Object.values(made).filter((alarm) => !String(alarm['alarm_name']).startsWith(`${name}-`))).toEqual([]);
    expect(resourceOf(monitoringOf({ name }), 'aws_cloudwatch_metric_alarm', 'watch_quarantine')).toMatchObject({
      namespace: `${name}-datalake-monitoring`,
      dimensions: { service: 'persist' },
    });
  });
});

function variablesOf(made: Stack, name: string): Readonly<Record<string, string>> {
  const { environment } = resourceOf(made, 'aws_lambda_function', `process_${name}_function`);
  return (environment as { readonly variables: Readonly<Record<string, string>> }).variables;
}

function section(heading: string): string {
  return runbook.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
}

/** The heading of the runbook that an alarm's description names. */
function headingOf(alarm: Resource): string | undefined {
  return /docs\/runbook\.md, "(.+)"$/.exec(String(alarm['alarm_description']))?.[1];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}
