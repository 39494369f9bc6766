import { tickEvent } from '../../handler/event/tick';
import { notificationColumns } from '../../handler/record/notification';
import { columns } from '../../handler/record/schema';

type Json = Record<string, unknown>;
/** Terraform in JSON, by type and name of resource. */
export interface TerraformJson {
  readonly provider: Json;
  readonly resource: Record<string, Record<string, Json>>;
}

/** A reference as Terraform writes it. */
export function ref(target: string): string {
  return `\${${target}}`;
}

const parquetPackage = 'org.apache.hadoop.hive.ql.io.parquet';

/** A small stack by hand, in the shape that CDKTF writes: one rule, one topic, both functions, a stream and its table. */
export function smallStack(): TerraformJson {
  return {
    provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['123456789012'] }] },
    resource: { ...capture(), ...functions(), ...lake(), ...permissions() },
  };
}

function capture(): TerraformJson['resource'] {
  return {
    aws_cloudwatch_event_rule: {
      glue: {
        name: 'glue-job',
        event_pattern: '{"source":["aws.glue"],"detail-type":["Glue Job State Change"]}',
      },
      tick: { name: 'tick', schedule_expression: 'rate(1 minute)' },
    },
    aws_cloudwatch_event_target: {
      glue: {
        rule: ref('aws_cloudwatch_event_rule.glue.name'),
        arn: ref('aws_sns_topic.main.arn'),
        dead_letter_config: { arn: ref('aws_sqs_queue.undelivered.arn') },
      },
      tick: {
        rule: ref('aws_cloudwatch_event_rule.tick.name'),
        arn: ref('aws_lambda_function.notify.arn'),
        input: JSON.stringify(tickEvent),
      },
    },
    aws_sns_topic: { main: { name: 'dl-monitor-sns' }, alarms: { name: 'alarms' } },
    aws_sns_topic_subscription: {
      persist: subscription('persist'),
      notify: subscription('notify'),
      mail: { topic_arn: ref('aws_sns_topic.alarms.arn'), protocol: 'email', endpoint: 'on-call@example.com' },
    },
    aws_sqs_queue: { ...queue('persist'), ...queue('notify'), undelivered: { name: 'undelivered' } },
  };
}

function subscription(name: string): Json {
  return {
    topic_arn: ref('aws_sns_topic.main.arn'),
    protocol: 'sqs',
    endpoint: ref(`aws_sqs_queue.${name}.arn`),
    raw_message_delivery: true,
    redrive_policy: `{"deadLetterTargetArn":"${ref('aws_sqs_queue.undelivered.arn')}"}`,
  };
}

function queue(name: string): Record<string, Json> {
  return {
    [name]: {
      name,
      visibility_timeout_seconds: 370,
      message_retention_seconds: 1_209_600,
      redrive_policy: `{"deadLetterTargetArn":"\${aws_sqs_queue.${name}_dead.arn}","maxReceiveCount":3}`,
    },
    [`${name}_dead`]: { name: `${name}-dead` },
  };
}

function functions(): TerraformJson['resource'] {
  return {
    aws_lambda_function: {
      persist: lambda('persist', {
        DELIVERY_STREAM: ref('aws_kinesis_firehose_delivery_stream.state.name'),
        QUARANTINE_PREFIX: 'quarantine/',
      }),
      notify: lambda('notify', {
        DELIVERY_STREAM: ref('aws_kinesis_firehose_delivery_stream.state.name'),
        SECRET_ID: ref('aws_secretsmanager_secret.slack.arn'),
        NOTIFICATION_PREFIX: 'monitor/notification/',
        INCIDENT_PREFIX: 'incident/',
        CAUSE_PREFIX: 'cause/',
        SILENCE_PREFIX: 'silence/',
      }),
    },
    aws_lambda_permission: {
      tick: {
        function_name: ref('aws_lambda_function.notify.function_name'),
        action: 'lambda:InvokeFunction',
        principal: 'events.amazonaws.com',
        source_arn: ref('aws_cloudwatch_event_rule.tick.arn'),
      },
    },
    aws_lambda_function_event_invoke_config: {
      tick: { function_name: ref('aws_lambda_function.notify.function_name'), maximum_retry_attempts: 0 },
    },
    aws_lambda_event_source_mapping: { persist: mapping('persist'), notify: mapping('notify') },
    aws_secretsmanager_secret: { slack: { name: 'datalake-monitoring' } },
  };
}

function lambda(name: string, own: Record<string, string>): Json {
  const shared = {
    BUCKET: ref('aws_s3_bucket.lake.bucket'),
    SETTINGS_KEY: ref('aws_s3_object.settings.key'),
    QUEUE_URL: ref(`aws_sqs_queue.${name}.url`),
    METRICS_NAMESPACE: 'datalake-monitoring',
    LOG_LEVEL: 'INFO',
  };
  return {
    function_name: `datalake-monitoring-${name}`,
    role: ref(`aws_iam_role.${name}.arn`),
    image_config: { command: [`index.${name}`] },
    timeout: 60,
    environment: { variables: { ...shared, ...own } },
  };
}

function mapping(name: string): Json {
  return {
    event_source_arn: ref(`aws_sqs_queue.${name}.arn`),
    function_name: ref(`aws_lambda_function.${name}.arn`),
    batch_size: 100,
    maximum_batching_window_in_seconds: 5,
    scaling_config: { maximum_concurrency: 2 },
    function_response_types: ['ReportBatchItemFailures'],
  };
}

function lake(): TerraformJson['resource'] {
  return {
    aws_s3_bucket: { lake: { bucket: '123456789012-eu-west-1-monitor' } },
    aws_s3_object: {
      settings: { bucket: ref('aws_s3_bucket.lake.bucket'), key: 'settings/1.json', content: '{"alertOn":["failed"]}' },
    },
    aws_glue_catalog_table: {
      state: {
        database_name: 'monitor',
        name: 'state',
        table_type: 'EXTERNAL_TABLE',
        parameters: projection,
        partition_keys: [{ name: 'dt', type: 'string' }],
        storage_descriptor: {
          location: `s3://${ref('aws_s3_bucket.lake.bucket')}/monitor/state/`,
          input_format: `${parquetPackage}.MapredParquetInputFormat`,
          output_format: `${parquetPackage}.MapredParquetOutputFormat`,
          ser_de_info: { serialization_library: `${parquetPackage}.serde.ParquetHiveSerDe` },
          columns: stateColumns,
        },
      },
      notification: {
        database_name: 'monitor',
        name: 'notification',
        table_type: 'EXTERNAL_TABLE',
        parameters: projection,
        partition_keys: [{ name: 'dt', type: 'string' }],
        storage_descriptor: {
          location: `s3://${ref('aws_s3_bucket.lake.bucket')}/monitor/notification/`,
          input_format: 'org.apache.hadoop.mapred.TextInputFormat',
          output_format: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          ser_de_info: { serialization_library: 'org.openx.data.jsonserde.JsonSerDe' },
          columns: notificationColumns.map(({ name, type }) => ({ name, type })),
        },
      },
      failures: viewOf('failures', "SELECT service_name AS service_name FROM state WHERE event_type = 'failed'", [
        'service_name',
      ]),
    },
    aws_kinesis_firehose_delivery_stream: { state: stream() },
    aws_athena_named_query: {
      reliability: {
        name: 'reliability',
        query: 'SELECT service_name AS service_name, count(*) AS runs FROM state GROUP BY service_name',
      },
    },
  };
}

const projection = {
  'projection.enabled': 'true',
  'projection.dt.type': 'date',
  'projection.dt.format': 'yyyy-MM-dd',
  'projection.dt.range': 'NOW-3YEARS,NOW+1DAY',
};

/** All that rows hold, so that Firehose drops nothing. */
const stateColumns = columns.map(({ name, type }) => ({ name, type }));

function viewOf(name: string, originalSql: string, columns: readonly string[]): Json {
  const declared = columns.map((column) => ({ name: column, type: 'varchar' }));
  const definition = { originalSql, catalog: 'awsdatacatalog', schema: 'monitor', columns: declared };
  return {
    database_name: 'monitor',
    name,
    table_type: 'VIRTUAL_VIEW',
    parameters: { presto_view: 'true', comment: 'Presto View' },
    view_original_text: `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`,
    storage_descriptor: { columns: columns.map((column) => ({ name: column, type: 'string' })) },
  };
}

function stream(): Json {
  const conversion = {
    input_format_configuration: { deserializer: { open_x_json_ser_de: {} } },
    output_format_configuration: { serializer: { parquet_ser_de: {} } },
    schema_configuration: {
      database_name: ref('aws_glue_catalog_table.state.database_name'),
      table_name: ref('aws_glue_catalog_table.state.name'),
      role_arn: ref('aws_iam_role.firehose.arn'),
    },
  };
  return {
    name: 'datalake-monitoring-state',
    extended_s3_configuration: {
      bucket_arn: ref('aws_s3_bucket.lake.arn'),
      role_arn: ref('aws_iam_role.firehose.arn'),
      buffering_size: 128,
      buffering_interval: 300,
      prefix: 'monitor/state/dt=!{timestamp:yyyy-MM-dd}/',
      error_output_prefix: 'firehose-errors/!{firehose:error-output-type}/',
      data_format_conversion_configuration: conversion,
    },
  };
}

function permissions(): TerraformJson['resource'] {
  const topic = ref('aws_sns_topic.main.arn');
  const bucket = ref('aws_s3_bucket.lake.arn');
  const shared = (name: string) => [
    allow(['sqs:*'], ref(`aws_sqs_queue.${name}.arn`)),
    allow('s3:GetObject', `${bucket}/settings/*`),
    allow(['glue:GetJobRun', 'glue:GetJob'], 'arn:*:glue:*:123456789012:job/*'),
  ];
  const below = (...names: readonly string[]) => names.map((name) => `${bucket}/${name}/*`);
  return {
    aws_sns_topic_policy: {
      main: {
        arn: topic,
        policy: policy([{ ...allow('sns:Publish', topic), Principal: { Service: 'events.amazonaws.com' } }]),
      },
    },
    aws_sqs_queue_policy: {
      persist: queuePolicy('persist', topic),
      notify: queuePolicy('notify', topic),
      undelivered: {
        queue_url: ref('aws_sqs_queue.undelivered.url'),
        policy: policy([{ ...allow('sqs:SendMessage', ref('aws_sqs_queue.undelivered.arn')), Principal: '*' }]),
      },
    },
    aws_iam_role: {
      persist: { name: 'persist', assume_role_policy: trust('lambda') },
      notify: { name: 'notify', path: '/monitor/', assume_role_policy: trust('lambda') },
      firehose: { name: 'firehose', assume_role_policy: trust('firehose') },
    },
    aws_iam_role_policy: {
      persist: rolePolicy('persist', [
        ...shared('persist'),
        allow('s3:PutObject', `${bucket}/quarantine/*`),
        allow('firehose:PutRecordBatch', ref('aws_kinesis_firehose_delivery_stream.state.arn')),
      ]),
      notify: rolePolicy('notify', [
        ...shared('notify'),
        allow('firehose:PutRecordBatch', ref('aws_kinesis_firehose_delivery_stream.state.arn')),
        allow('secretsmanager:GetSecretValue', ref('aws_secretsmanager_secret.slack.arn')),
        allow(['s3:GetObject', 's3:PutObject'], below('monitor/notification', 'incident', 'cause')),
        allow('s3:GetObject', below('silence')),
        {
          ...allow('s3:ListBucket', bucket),
          Condition: { StringLike: { 's3:prefix': ['incident/*', 'silence/*'] } },
        },
      ]),
      firehose: rolePolicy('firehose', [
        allow(['s3:*'], [bucket, `${bucket}/*`]),
        allow(['glue:GetTable', 'glue:GetTableVersion*'], '*'),
      ]),
    },
  };
}

function allow(action: string | readonly string[], resource: string | readonly string[]): Json {
  return { Effect: 'Allow', Action: action, Resource: resource };
}

/** The policy by which a service may take a role, as AWS's guides write it. */
export function trust(service: string): string {
  const condition = { StringEquals: { 'aws:SourceAccount': '123456789012' } };
  const principal = { Service: `${service}.amazonaws.com` };
  return policy([{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', Condition: condition }]);
}

/** A policy document as Terraform holds it: a text. */
export function policy(statements: readonly Json[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function queuePolicy(name: string, topic: string): Json {
  const queue = ref(`aws_sqs_queue.${name}.arn`);
  const condition = { ArnEquals: { 'aws:SourceArn': topic } };
  const send = {
    ...allow('sqs:SendMessage', queue),
    Principal: { Service: 'sns.amazonaws.com' },
    Condition: condition,
  };
  const tlsOnly = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource: queue,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return { queue_url: ref(`aws_sqs_queue.${name}.url`), policy: policy([send, tlsOnly]) };
}

function rolePolicy(name: string, statements: readonly Json[]): Json {
  return { role: ref(`aws_iam_role.${name}.id`), policy: policy(statements) };
}

/** The small stack with another value at a path such as `aws_sqs_queue/persist/name`; undefined takes away what is there. */
export function withChange(path: string, value: unknown): TerraformJson {
  const stack = structuredClone(smallStack());
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Json>(
    (node, key) => (Array.isArray(node) ? node[Number(key)] : node[key]) as Json,
    stack.resource,
  );
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return stack;
}
