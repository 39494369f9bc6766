import { sources } from '../../handler/normalise/sources.generated';
import { everything } from './installations';
import { monitoringOf, registryOf, type Stack } from './stacks';

const afterBothPolicies = [
  'aws_sns_topic_policy.capture_topic_policy',
  'aws_sqs_queue_policy.capture_rules_undelivered_policy',
];

/** What each resource waits for, besides what it refers to. */
const order: Readonly<Record<string, readonly string[]>> = {
  // EventBridge may call it, and nothing would try a tick again, before the first one comes.
  'aws_cloudwatch_event_target.process_tick_target': [
    'aws_lambda_permission.process_tick_permission',
    'aws_lambda_function_event_invoke_config.process_tick_invoked',
  ],
  'aws_glue_catalog_table.lake_view_monitor': [
    'aws_glue_catalog_database.lake_database',
    'aws_glue_catalog_table.lake_state',
  ],
  'aws_glue_catalog_table.lake_view_run': [
    'aws_glue_catalog_database.lake_database',
    'aws_glue_catalog_table.lake_state',
    'aws_glue_catalog_table.lake_view_monitor',
  ],
  'aws_kinesis_firehose_delivery_stream.lake_firehose_stream': ['aws_iam_role_policy.lake_firehose_role_policy'],
  'aws_lambda_function.process_notify_function': [
    'aws_iam_role_policy.process_notify_role_policy',
    'aws_cloudwatch_log_group.process_notify_log',
  ],
  'aws_lambda_function.process_persist_function': [
    'aws_iam_role_policy.process_persist_role_policy',
    'aws_cloudwatch_log_group.process_persist_log',
  ],
  'aws_s3_bucket_lifecycle_configuration.lake_bucket_lifecycle': ['aws_s3_bucket_versioning.lake_bucket_versioning'],
  'aws_s3_bucket_policy.lake_bucket_policy': ['aws_s3_bucket_public_access_block.lake_bucket_public_access'],
  'aws_sns_topic_subscription.capture_notify_subscription': [
    'aws_sqs_queue_policy.capture_notify_queue_policy',
    'aws_sqs_queue_policy.capture_notify_undelivered_policy',
  ],
  'aws_sns_topic_subscription.capture_persist_subscription': [
    'aws_sqs_queue_policy.capture_persist_queue_policy',
    'aws_sqs_queue_policy.capture_persist_undelivered_policy',
  ],
};

test('everything is made after what it needs', () => {
  const captured = sources.filter(({ onRequest }) => onRequest !== true).map(({ name }) => name);

  expect(waitingIn(monitoringOf())).toEqual({ ...order, ...afterPolicies(captured) });
});

test('Firehose also waits until Lake Formation lets it see the table', () => {
  const captured = sources.filter(({ name, onRequest }) => onRequest !== true && name !== 'glue_crawler');

  expect(waitingIn(monitoringOf(everything))).toEqual({
    ...order,
    ...afterPolicies(captured.map(({ name }) => name)),
    'aws_kinesis_firehose_delivery_stream.lake_firehose_stream': [
      'aws_iam_role_policy.lake_firehose_role_policy',
      'aws_lakeformation_permissions.lake_firehose_sees_database',
      'aws_lakeformation_permissions.lake_firehose_sees_table',
    ],
  });
});

test('the registry needs no order of its own', () => {
  expect(waitingIn(registryOf())).toEqual({});
});

/** A rule sends as soon as it has a target, so the topic and the dead-letter queue must take from it before. */
function afterPolicies(rules: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    rules.map((name) => [`aws_cloudwatch_event_target.capture_rules_${name}_to_topic`, afterBothPolicies]),
  );
}

function waitingIn(stack: Stack): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(stack.resource).flatMap(([type, resources]) =>
      Object.entries(resources)
        .filter(([, resource]) => resource['depends_on'] !== undefined)
        .map(([id, resource]) => [`${type}.${id}`, resource['depends_on']]),
    ),
  );
}
