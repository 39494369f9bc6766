import { budgets } from '../../handler/deadline';
import { type FunctionName, functionNames, variables } from '../../handler/environment';
import { isTick } from '../../handler/event/tick';
import { namesOf } from '../../infra/names';
import { imageTag } from '../../infra/registry/image-tag';
import { listOf, monitoringOf, ref, resourceOf, resourcesOf, statementsOf } from './stacks';

const stack = monitoringOf();

/** A call with its second try, milliseconds. */
const longestCall = 10_000;

const shared = {
  BUCKET: ref('aws_s3_bucket.lake_bucket.bucket'),
  SETTINGS_KEY: ref('aws_s3_object.alert_settings.key'),
  METRICS_NAMESPACE: 'datalake-monitoring',
  LOG_LEVEL: 'INFO',
};
const settled: Readonly<Record<FunctionName, Readonly<Record<string, string>>>> = {
  persist: {
    ...shared,
    QUEUE_URL: ref('aws_sqs_queue.capture_persist_queue.url'),
    DELIVERY_STREAM: ref('aws_kinesis_firehose_delivery_stream.lake_firehose_stream.name'),
    QUARANTINE_PREFIX: 'quarantine/',
  },
  notify: {
    ...shared,
    QUEUE_URL: ref('aws_sqs_queue.capture_notify_queue.url'),
    DELIVERY_STREAM: ref('aws_kinesis_firehose_delivery_stream.lake_firehose_stream.name'),
    NOTIFICATION_PREFIX: 'monitor/notification/',
    INCIDENT_PREFIX: 'incident/',
    CAUSE_PREFIX: 'cause/',
    SILENCE_PREFIX: 'silence/',
    SECRET_ID: ref('aws_secretsmanager_secret.alert_secret.arn'),
  },
};

describe.each(functionNames)('the function %s', (name) => {
  const made = resourceOf(stack, 'aws_lambda_function', `process_${name}_function`);

  it('runs its entry point of the one image, by digest', () => {
    const { environment, depends_on, ...rest } = made;

    expect(rest).toEqual({
      function_name: `datalake-monitoring-${name}`,
      package_type: 'Image',
      image_uri: ref('data.aws_ecr_image.process_image.image_uri'),
      image_config: { command: [`index.${name}`] },
      architectures: ['arm64'],
      role: ref(`aws_iam_role.process_${name}_role.arn`),
      timeout: 60,
      memory_size: 512,
    });
  });

  it('has time for its last call and some to spare, and hides its messages for six times as long', () => {
    const milliseconds = Number(made['timeout']) * 1_000;
    const mapping = resourceOf(stack, 'aws_lambda_event_source_mapping', `process_${name}_mapping`);
    const hidden = resourceOf(stack, 'aws_sqs_queue', `capture_${name}_queue`)['visibility_timeout_seconds'];

    expect(milliseconds).toBeGreaterThanOrEqual(Math.max(...Object.values(budgets)) + longestCall);
    expect(hidden).toBe(6 * Number(made['timeout']) + Number(mapping['maximum_batching_window_in_seconds']));
  });

  it('gets exactly the variables that it reads', () => {
    const { variables: given } = made['environment'] as { variables: Record<string, string> };

    expect(Object.keys(given).sort()).toEqual(wantedBy(name).sort());
    expect(given).toEqual(Object.fromEntries(wantedBy(name).map((variable) => [variable, settled[name][variable]])));
  });

  it('writes a log that is kept for as long as the configuration says', () => {
    expect(resourceOf(stack, 'aws_cloudwatch_log_group', `process_${name}_log`)).toMatchObject({
      name: `/aws/lambda/datalake-monitoring-${name}`,
      retention_in_days: 90,
    });
  });

  it('waits for its permissions', () => {
    expect(made['depends_on']).toContain(`aws_iam_role_policy.process_${name}_role_policy`);
  });
});

describe('the image', () => {
  it('is found by the tag of this checkout', () => {
    expect(stack.data?.['aws_ecr_image']?.['process_image']).toMatchObject({
      repository_name: 'datalake-monitoring',
      image_tag: imageTag(),
    });
  });
});

describe('the queues are read', () => {
  it('in batches that suit Firehose and Slack, whose failed messages are reported one by one', () => {
    expect(resourcesOf(stack, 'aws_lambda_event_source_mapping')).toEqual({
      process_persist_mapping: {
        event_source_arn: ref('aws_sqs_queue.capture_persist_queue.arn'),
        function_name: ref('aws_lambda_function.process_persist_function.arn'),
        function_response_types: ['ReportBatchItemFailures'],
        batch_size: 500,
        maximum_batching_window_in_seconds: 10,
      },
      process_notify_mapping: {
        event_source_arn: ref('aws_sqs_queue.capture_notify_queue.arn'),
        function_name: ref('aws_lambda_function.process_notify_function.arn'),
        function_response_types: ['ReportBatchItemFailures'],
        batch_size: 1000,
        maximum_batching_window_in_seconds: 5,
        scaling_config: { maximum_concurrency: 2 },
      },
    });
  });
});

describe('the schedule', () => {
  const rule = resourceOf(stack, 'aws_cloudwatch_event_rule', 'process_tick_rule');
  const target = resourceOf(stack, 'aws_cloudwatch_event_target', 'process_tick_target');

  it('calls notify every minute with what notify takes for a tick', () => {
    expect(rule).toMatchObject({ name: 'datalake-monitoring-every_minute', schedule_expression: 'rate(1 minute)' });
    expect(rule).not.toHaveProperty('event_pattern');
    expect(target).toMatchObject({
      rule: ref('aws_cloudwatch_event_rule.process_tick_rule.name'),
      arn: ref('aws_lambda_function.process_notify_function.arn'),
    });
    expect(isTick(JSON.parse(String(target['input'])))).toBe(true);
  });

  it('tries no tick again, neither in EventBridge nor in Lambda: the next one does its work', () => {
    const never = { maximum_event_age_in_seconds: 60, maximum_retry_attempts: 0 };

    expect(target['retry_policy']).toEqual(never);
    expect(resourcesOf(stack, 'aws_lambda_function_event_invoke_config')).toEqual({
      process_tick_invoked: {
        function_name: ref('aws_lambda_function.process_notify_function.function_name'),
        ...never,
      },
    });
  });

  it('has a name that no rule of a source can have', () => {
    const names = namesOf({ name: 'datalake-monitoring', account: '111122223333', region: 'eu-central-1' });

    expect(names.rule('every_minute')).not.toBe(names.tick);
    expect(names.tick).toBe(rule['name']);
  });
});

describe('the roles', () => {
  const queue = (name: FunctionName) => [
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
    [ref(`aws_sqs_queue.capture_${name}_queue.arn`)],
  ];
  const log = (name: FunctionName) => [
    ['logs:CreateLogStream', 'logs:PutLogEvents'],
    [`${ref(`aws_cloudwatch_log_group.process_${name}_log.arn`)}:*`],
  ];
  const bucket = ref('aws_s3_bucket.lake_bucket.arn');
  const settings = [['s3:GetObject'], [`${bucket}/settings/*`]];
  const glue = [['glue:GetJobRun', 'glue:GetJob'], ['arn:aws:glue:eu-central-1:111122223333:job/*']];

  it('let persist do no more than read its queue and settings, ask Glue, write rows, quarantine and its log', () => {
    expect(permissionsOf('process_persist_role_policy')).toEqual([
      queue('persist'),
      log('persist'),
      settings,
      [['s3:PutObject'], [`${bucket}/quarantine/*`]],
      [['firehose:PutRecordBatch'], [ref('aws_kinesis_firehose_delivery_stream.lake_firehose_stream.arn')]],
      glue,
    ]);
  });

  it('let notify do no more than read its queue, settings, secret and silences, ask Glue, keep what it told, write rows anew, and write its log', () => {
    expect(permissionsOf('process_notify_role_policy')).toEqual([
      queue('notify'),
      log('notify'),
      settings,
      [['firehose:PutRecordBatch'], [ref('aws_kinesis_firehose_delivery_stream.lake_firehose_stream.arn')]],
      [['secretsmanager:GetSecretValue'], [ref('aws_secretsmanager_secret.alert_secret.arn')]],
      [
        ['s3:GetObject', 's3:PutObject'],
        [`${bucket}/monitor/notification/*`, `${bucket}/incident/*`, `${bucket}/cause/*`],
      ],
      [['s3:GetObject'], [`${bucket}/silence/*`]],
      [['s3:ListBucket'], [bucket]],
      glue,
    ]);
  });

  it('name what they are for, never everything', () => {
    const policies = Object.values(resourcesOf(stack, 'aws_iam_role_policy')).flatMap(({ policy }) =>
      statementsOf(policy),
    );

    const broad = policies.filter((it) =>
      [...listOf(it.Resource), ...listOf(it.Action)].some((text) => /^\*$|:\*$/.test(text)),
    );

    expect(policies.filter((it) => it.Resource === undefined)).toEqual([]);
    expect(broad.filter((it) => !listOf(it.Action).includes('logs:PutLogEvents'))).toEqual([]);
  });

  it('can be taken on by their service only', () => {
    const trusted = Object.values(resourcesOf(stack, 'aws_iam_role')).map((role) => [
      role['name'],
      statementsOf(role['assume_role_policy'])[0]?.Principal,
    ]);

    expect(trusted).toEqual([
      ['datalake-monitoring-firehose-eu-central-1', { Service: 'firehose.amazonaws.com' }],
      ['datalake-monitoring-notify-eu-central-1', { Service: 'lambda.amazonaws.com' }],
      ['datalake-monitoring-persist-eu-central-1', { Service: 'lambda.amazonaws.com' }],
    ]);
  });

  function permissionsOf(id: string) {
    const { policy } = resourceOf(stack, 'aws_iam_role_policy', id);
    return statementsOf(policy).map((it) => [listOf(it.Action), listOf(it.Resource)]);
  }
});

function wantedBy(name: FunctionName): string[] {
  return Object.entries(variables)
    .filter(([, { functions }]) => (functions as readonly string[]).includes(name))
    .map(([variable]) => variable);
}
