import { sources } from '../../handler/normalise/sources.generated';
import { functionTimeoutSeconds, mappings } from '../../infra/process/mappings';
import { listOf, monitoringOf, type Resource, ref, resourceOf, resourcesOf, type Stack, statementsOf } from './stacks';

const captured = sources.filter(({ onRequest }) => onRequest !== true);
const stack = monitoringOf();
const topicArn = ref('aws_sns_topic.capture_topic.arn');

describe('the rules', () => {
  it('are one per source, with the pattern that the handler matches with', () => {
    const patterns = Object.fromEntries(
      rulesIn(stack).map((rule) => [rule['name'], JSON.parse(String(rule['event_pattern']))]),
    );

    expect(patterns).toEqual(
      Object.fromEntries(
        captured.map(({ name, pattern }) => [`datalake-monitoring-${name.replaceAll('_', '-')}`, pattern]),
      ),
    );
  });

  it('go away with a source that is switched off', () => {
    const without = monitoringOf({ sources: { glue_crawler: false } });

    expect(without.text).not.toContain('Glue Crawler State Change');
    expect(rulesIn(without)).toHaveLength(captured.length - 1);
  });

  it('come with a source that is captured on request only', () => {
    const asked = captured.length < sources.length ? sources.filter(({ onRequest }) => onRequest === true) : [];
    const all = monitoringOf({ sources: Object.fromEntries(asked.map(({ name }) => [name, true])) });

    expect(asked.map(({ name }) => name)).toContain('athena_query');
    expect(rulesIn(all)).toHaveLength(sources.length);
  });

  it('are on the event bus that a source of your own names, rule and target', () => {
    const own = monitoringOf({
      ownSources: [
        {
          name: 'pipeline',
          title: 'Pipeline',
          pattern: { source: ['example.pipelines'], 'detail-type': ['Pipeline Finished'] },
          fields: { service_name: '$.detail.name', state: '$.detail.state' },
          states: { DONE: 'succeeded' },
          eventBus: 'orders',
        },
      ],
    });

    const rule = resourceOf(own, 'aws_cloudwatch_event_rule', 'capture_rules_pipeline');

    expect(rule).toMatchObject({ name: 'datalake-monitoring-pipeline', event_bus_name: 'orders' });
    expect(resourceOf(own, 'aws_cloudwatch_event_target', 'capture_rules_pipeline_to_topic')).toMatchObject({
      event_bus_name: 'orders',
    });
  });

  it('send to the topic, try for a day, and put into a dead-letter queue what never arrives', () => {
    const targets = Object.entries(resourcesOf(stack, 'aws_cloudwatch_event_target')).filter(([id]) => isCaptured(id));

    const made = Object.fromEntries(targets.map(([id, { depends_on, target_id, ...rest }]) => [id, rest]));

    expect(made).toEqual(
      Object.fromEntries(
        captured.map(({ name }) => [
          `capture_rules_${name}_to_topic`,
          {
            rule: ref(`aws_cloudwatch_event_rule.capture_rules_${name}.name`),
            arn: topicArn,
            dead_letter_config: { arn: ref('aws_sqs_queue.capture_rules_undelivered.arn') },
            retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
          },
        ]),
      ),
    );
  });

  it('alone may send into their dead-letter queue', () => {
    const policy = resourceOf(stack, 'aws_sqs_queue_policy', 'capture_rules_undelivered_policy')['policy'];

    expect(statementsOf(policy)[0]).toEqual({
      Sid: 'Sender',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: ref('aws_sqs_queue.capture_rules_undelivered.arn'),
      Condition: {
        ArnEquals: {
          'aws:SourceArn': captured.map(({ name }) => ref(`aws_cloudwatch_event_rule.capture_rules_${name}.arn`)),
        },
      },
    });
  });
});

function rulesIn(of: Stack): readonly Resource[] {
  return Object.entries(resourcesOf(of, 'aws_cloudwatch_event_rule'))
    .filter(([id]) => isCaptured(id))
    .map(([, rule]) => rule);
}

/** Whether it captures something; one other rule is a schedule. */
function isCaptured(id: string): boolean {
  return id.startsWith('capture_rules_');
}

describe('the topic', () => {
  it('takes events from EventBridge without a condition, which EventBridge would not meet', () => {
    const [eventBridge, own] = statementsOf(
      resourceOf(stack, 'aws_sns_topic_policy', 'capture_topic_policy')['policy'],
    );

    expect(eventBridge).toEqual({
      Sid: 'EventBridge',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: topicArn,
    });
    expect(own).toMatchObject({ Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Resource: topicArn });
  });

  it.each(['persist', 'notify'])('delivers raw into the queue of %s, and rescues what it cannot deliver', (name) => {
    expect(resourceOf(stack, 'aws_sns_topic_subscription', `capture_${name}_subscription`)).toMatchObject({
      topic_arn: topicArn,
      protocol: 'sqs',
      endpoint: ref(`aws_sqs_queue.capture_${name}_queue.arn`),
      raw_message_delivery: true,
      redrive_policy: JSON.stringify({ deadLetterTargetArn: ref(`aws_sqs_queue.capture_${name}_undelivered.arn`) }),
    });
  });
});

describe('the queues', () => {
  const queues = Object.entries(resourcesOf(stack, 'aws_sqs_queue'));

  it('keep messages for 14 days, encrypted, as large as the topic carries', () => {
    const right = { message_retention_seconds: 14 * 86_400, sqs_managed_sse_enabled: true, max_message_size: 262_144 };

    const odd = queues.flatMap(([id, queue]) =>
      Object.entries(right)
        .filter(([name, value]) => queue[name] !== value)
        .map(([name, value]) => `${id}: ${name} is ${queue[name]}, not ${value}`),
    );

    expect(odd).toEqual([]);
    expect(queues).toHaveLength(7);
  });

  it.each(['persist', 'notify'] as const)(
    'of %s gives a message back for a day and more before it is a dead letter',
    (name) => {
      const queue = resourceOf(stack, 'aws_sqs_queue', `capture_${name}_queue`);

      const redrive = JSON.parse(String(queue['redrive_policy'])) as { maxReceiveCount: number };
      const growingMinutes = Array.from({ length: redrive.maxReceiveCount }, (_, tried) => Math.min(60, 2 ** tried));

      expect(redrive).toMatchObject({ deadLetterTargetArn: ref(`aws_sqs_queue.capture_${name}_dead_letters.arn`) });
      expect(growingMinutes.reduce((sum, minutes) => sum + minutes, 0)).toBeGreaterThan(24 * 60);
      expect(queue['visibility_timeout_seconds']).toBe(6 * functionTimeoutSeconds + mappings[name].windowSeconds);
    },
  );

  it('of dead letters take them from their own queue alone', () => {
    const allowed = Object.entries(resourcesOf(stack, 'aws_sqs_queue_redrive_allow_policy')).map(([id, made]) => [
      id,
      made['queue_url'],
      JSON.parse(String(made['redrive_allow_policy'])),
    ]);

    expect(allowed).toEqual(
      ['notify', 'persist'].map((name) => [
        `capture_${name}_redrive_allow`,
        ref(`aws_sqs_queue.capture_${name}_dead_letters.url`),
        { redrivePermission: 'byQueue', sourceQueueArns: [ref(`aws_sqs_queue.capture_${name}_queue.arn`)] },
      ]),
    );
  });

  it('take messages only from whom they should, and only by TLS', () => {
    const policies = Object.entries(resourcesOf(stack, 'aws_sqs_queue_policy')).map(([id, { policy }]) => ({
      id,
      statements: statementsOf(policy),
    }));

    const senders = policies.flatMap(({ id, statements }) =>
      statements.filter((it) => it.Effect === 'Allow').map((it) => [id, listOf(it.Action), it.Principal]),
    );

    expect(policies).toHaveLength(queues.length);
    expect(policies.filter(({ statements }) => statements.at(-1)?.Sid !== 'TlsOnly')).toEqual([]);
    expect(senders).toEqual([
      ['capture_notify_queue_policy', ['sqs:SendMessage'], { Service: 'sns.amazonaws.com' }],
      ['capture_notify_undelivered_policy', ['sqs:SendMessage'], { Service: 'sns.amazonaws.com' }],
      ['capture_persist_queue_policy', ['sqs:SendMessage'], { Service: 'sns.amazonaws.com' }],
      ['capture_persist_undelivered_policy', ['sqs:SendMessage'], { Service: 'sns.amazonaws.com' }],
      ['capture_rules_undelivered_policy', ['sqs:SendMessage'], { Service: 'events.amazonaws.com' }],
    ]);
  });
});
