import { type FunctionName, functionNames, variables } from '../../handler/environment';
import { imageTag } from '../../infra/registry/image-tag';
import { listOf, monitoringOf, ref, resourceOf, resourcesOf, statementsOf } from './stacks';

const stack = monitoringOf();

describe.each(functionNames)('the function %s', (name) => {
  const made = resourceOf(stack, 'aws_lambda_function', `process_${name}_function`);

  it('runs its entry point of the one image, by digest', () => {
    expect(made).toMatchObject({
      function_name: `datalake-monitoring-${name}`,
      package_type: 'Image',
      image_uri: ref('data.aws_ecr_image.process_image.image_uri'),
      image_config: { command: [`index.${name}`] },
    });
    expect(made).not.toHaveProperty('runtime');
    expect(made).not.toHaveProperty('handler');
  });

  it('gets exactly the variables that it reads', () => {
    const { variables: given } = made['environment'] as { variables: Record<string, string> };

    expect(Object.keys(given).sort()).toEqual(wantedBy(name).sort());
    expect(Object.entries(given).filter(([, value]) => value === '')).toEqual([]);
  });

  it('writes a log that is kept for as long as the configuration says', () => {
    expect(resourceOf(stack, 'aws_cloudwatch_log_group', `process_${name}_log`)).toMatchObject({
      name: `/aws/lambda/datalake-monitoring-${name}`,
      retention_in_days: 90,
    });
  });

  it('reports the messages of a batch that failed one by one', () => {
    expect(resourceOf(stack, 'aws_lambda_event_source_mapping', `process_${name}_mapping`)).toMatchObject({
      event_source_arn: ref(`aws_sqs_queue.capture_${name}_queue.arn`),
      function_response_types: ['ReportBatchItemFailures'],
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
  it('in batches that suit Firehose and Slack', () => {
    expect(resourceOf(stack, 'aws_lambda_event_source_mapping', 'process_persist_mapping')).toMatchObject({
      batch_size: 500,
      maximum_batching_window_in_seconds: 10,
    });
    expect(resourceOf(stack, 'aws_lambda_event_source_mapping', 'process_notify_mapping')).toMatchObject({
      batch_size: 1000,
      maximum_batching_window_in_seconds: 5,
      scaling_config: { maximum_concurrency: 2 },
    });
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
  const settings = [['s3:GetObject'], [`${ref('aws_s3_bucket.lake_bucket.arn')}/settings/*`]];

  it('let persist do no more than read its queue and settings, write rows, quarantine and its log', () => {
    expect(permissionsOf('process_persist_role_policy')).toEqual([
      queue('persist'),
      log('persist'),
      settings,
      [['s3:PutObject'], [`${ref('aws_s3_bucket.lake_bucket.arn')}/quarantine/*`]],
      [['firehose:PutRecordBatch'], [ref('aws_kinesis_firehose_delivery_stream.lake_firehose_stream.arn')]],
    ]);
  });

  it('let notify do no more than read its queue, settings and secret, and write its log', () => {
    expect(permissionsOf('process_notify_role_policy')).toEqual([
      queue('notify'),
      log('notify'),
      settings,
      [['secretsmanager:GetSecretValue'], [ref('aws_secretsmanager_secret.alert_secret.arn')]],
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
