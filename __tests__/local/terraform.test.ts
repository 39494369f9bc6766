import { verbatim } from '../../infra/verbatim';
import { readDeployment } from '../../local/terraform';
import { monitoringOf } from '../infra/stacks';
import { ref, smallStack, withChange } from './terraform-fixture';

test('the way of an event is read from the Terraform, with every reference followed', () => {
  const deployment = readDeployment(smallStack());

  expect(deployment.topic).toEqual({
    name: 'dl-monitor-sns',
    arn: 'arn:aws:sns:eu-west-1:123456789012:dl-monitor-sns',
  });
  expect(deployment.subscriptions.map(({ queueArn, raw }) => [queueArn, raw])).toEqual([
    ['arn:aws:sqs:eu-west-1:123456789012:persist', true],
    ['arn:aws:sqs:eu-west-1:123456789012:notify', true],
  ]);
  expect(deployment.functions[0]).toEqual({
    name: 'datalake-monitoring-persist',
    entry: 'persist',
    timeoutMs: 60_000,
    queueArn: 'arn:aws:sqs:eu-west-1:123456789012:persist',
    variables: {
      BUCKET: '123456789012-eu-west-1-monitor',
      SETTINGS_KEY: 'settings/1.json',
      QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/persist',
      METRICS_NAMESPACE: 'datalake-monitoring',
      LOG_LEVEL: 'INFO',
      DELIVERY_STREAM: 'datalake-monitoring-state',
      QUARANTINE_PREFIX: 'quarantine/',
    },
  });
});

test('a text is read as Terraform reads it: what was written not to be a template is plain text', () => {
  const plain = `costs $5 or 5%, \${not.a.reference}, %{ if } and $\${twice}`;

  const [object] = readDeployment(withChange('aws_s3_object/settings/content', verbatim(plain))).objects;

  expect(object?.content).toBe(plain);
});

test('a queue is read with its mapping and its dead letters', () => {
  const [persist] = readDeployment(smallStack()).queues;

  expect(persist).toEqual({
    name: 'persist',
    arn: 'arn:aws:sqs:eu-west-1:123456789012:persist',
    url: 'https://sqs.eu-west-1.amazonaws.com/123456789012/persist',
    visibilitySeconds: 370,
    retentionSeconds: 1_209_600,
    maximumBytes: 262_144,
    maxReceiveCount: 3,
    deadLetterArn: 'arn:aws:sqs:eu-west-1:123456789012:persist-dead',
    mapping: { batchSize: 100, windowSeconds: 5, maximumConcurrency: 2 },
  });
});

test('other partitions have other ARNs', () => {
  const china = { ...smallStack(), provider: { aws: { region: 'cn-north-1' } } };

  expect(readDeployment(china).topic.arn).toEqual('arn:aws-cn:sns:cn-north-1:123456789012:dl-monitor-sns');
});

test.each([
  'cn-north-1',
  'us-gov-west-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
  'eusc-de-east-1',
])('the stack of %s is read like any other', (REGION) => {
  const { text } = monitoringOf({}, { ACCOUNT: '123456789012', REGION });

  expect(() => readDeployment(JSON.parse(text))).not.toThrow();
});

test('a resource with a count of 0 is none', () => {
  const json = smallStack();
  json.resource['aws_cloudwatch_event_rule'] = {
    ...json.resource['aws_cloudwatch_event_rule'],
    none: { name: 'none', count: 0 },
  };

  expect(readDeployment(json).rules.map(({ name }) => name)).toEqual(['glue-job']);
});

const stream = 'aws_kinesis_firehose_delivery_stream/state/extended_s3_configuration';
const parameters = 'aws_glue_catalog_table/state/parameters';
const faults: readonly (readonly [what: string, path: string, value: unknown, message: RegExp])[] = [
  [
    'a stream with days of another time zone',
    `${stream}/custom_time_zone`,
    'Europe/Berlin',
    /custom_time_zone is not imitated/,
  ],
  ['a rule without target', 'aws_cloudwatch_event_target', {}, /aws_cloudwatch_event_rule\.glue: target is missing/],
  [
    'a rule that nothing can match',
    'aws_cloudwatch_event_rule/glue/event_pattern',
    '{"source":[]}',
    /aws_cloudwatch_event_rule\.glue: event_pattern cannot be used/,
  ],
  ['a pattern that is not JSON', 'aws_cloudwatch_event_rule/glue/event_pattern', '{', /event_pattern is not JSON/],
  [
    'a target that is no topic',
    'aws_cloudwatch_event_target/glue/arn',
    'arn:aws:sns:eu-west-1:1:other',
    /aws_cloudwatch_event_target\.glue: arn is .*no topic/,
  ],
  [
    'a target that reshapes events',
    'aws_cloudwatch_event_target/glue/input_path',
    '$.detail',
    /input_path is not imitated/,
  ],
  [
    'a reference to nothing',
    'aws_cloudwatch_event_target/glue/arn',
    ref('aws_sns_topic.gone.arn'),
    /arn refers to \$\{aws_sns_topic\.gone\.arn\}/,
  ],
  [
    'a subscription of an unknown queue',
    'aws_sns_topic_subscription/persist/endpoint',
    'arn:aws:sqs:eu-west-1:1:x',
    /aws_sns_topic_subscription\.persist: endpoint is .*no queue/,
  ],
  [
    'a subscription of a queue that nobody reads',
    'aws_sns_topic_subscription/persist/endpoint',
    ref('aws_sqs_queue.persist_dead.arn'),
    /persist-dead is subscribed to dl-monitor-sns, but no function reads it/,
  ],
  [
    'a function that gets no events',
    'aws_sns_topic_subscription/notify',
    undefined,
    /datalake-monitoring-notify reads .*not subscribed/,
  ],
  [
    'a filter on a subscription',
    'aws_sns_topic_subscription/persist/filter_policy',
    '{}',
    /filter_policy is not imitated/,
  ],
  [
    'dead letters into nowhere',
    'aws_sqs_queue/persist/redrive_policy',
    '{"deadLetterTargetArn":"x"}',
    /aws_sqs_queue\.persist: redrive_policy names/,
  ],
  [
    'a function without mapping',
    'aws_lambda_event_source_mapping/notify',
    undefined,
    /aws_lambda_function\.notify: mapping is missing/,
  ],
  [
    'two functions on one queue',
    'aws_lambda_event_source_mapping/notify/event_source_arn',
    ref('aws_sqs_queue.persist.arn'),
    /another function reads/,
  ],
  [
    'a command that the image lacks',
    'aws_lambda_function/persist/image_config/command',
    ['index.store'],
    /image_config\.command must be one of \["index\.persist"\], \["index\.notify"\], but is \["index\.store"\]/,
  ],
  [
    'a variable that is missing',
    'aws_lambda_function/persist/environment/variables/DELIVERY_STREAM',
    undefined,
    /environment\.variables\.DELIVERY_STREAM is missing/,
  ],
  [
    'a stream that is not there',
    'aws_lambda_function/persist/environment/variables/DELIVERY_STREAM',
    'other',
    /DELIVERY_STREAM is other, but declared is datalake-monitoring-state/,
  ],
  [
    'the queue of another function',
    'aws_lambda_function/persist/environment/variables/QUEUE_URL',
    ref('aws_sqs_queue.notify.url'),
    /QUEUE_URL is .*notify, but declared is .*persist/,
  ],
  [
    'settings that are not there',
    'aws_lambda_function/persist/environment/variables/SETTINGS_KEY',
    'settings/2.json',
    /SETTINGS_KEY is settings\/2\.json/,
  ],
  [
    'a visibility below the timeout',
    'aws_lambda_function/persist/timeout',
    900,
    /timeout of 900 s is longer than the visibility of persist/,
  ],
  [
    'a batch that needs a window',
    'aws_lambda_event_source_mapping/persist/maximum_batching_window_in_seconds',
    0,
    /must be 1 or more/,
  ],
  [
    'partial failures that Lambda would ignore',
    'aws_lambda_event_source_mapping/persist/function_response_types',
    undefined,
    /must hold "ReportBatchItemFailures"/,
  ],
  [
    'a stream into a table that is not there',
    `${stream}/data_format_conversion_configuration/schema_configuration/table_name`,
    'gone',
    /names the table monitor\.gone/,
  ],
  ['a buffer that AWS refuses', `${stream}/buffering_size`, 5, /must be 64 to 128 MB/],
  [
    'rows where the table does not look',
    `${stream}/prefix`,
    'elsewhere/dt=!{timestamp:yyyy-MM-dd}/',
    /is elsewhere\/.*, but the table looks in monitor\/state\/dt=!\{timestamp:yyyy-MM-dd\}\//,
  ],
  [
    'a partition with another name',
    `${stream}/prefix`,
    'monitor/state/day=!{timestamp:yyyy-MM-dd}/',
    /the table looks in monitor\/state\/dt=!\{timestamp:yyyy-MM-dd\}\//,
  ],
  ['week years', `${stream}/prefix`, 'monitor/state/dt=!{timestamp:YYYY-MM-dd}/', /has YYYY; known are yyyy/],
  [
    'errors without their type',
    `${stream}/error_output_prefix`,
    'errors/',
    /must hold !\{firehose:error-output-type\}/,
  ],
  [
    'a column type that nobody writes',
    'aws_glue_catalog_table/state/storage_descriptor/columns/0/type',
    'varchar(9)',
    /type of event_id must be string, bigint/,
  ],
  [
    'a table read as JSON',
    'aws_glue_catalog_table/state/storage_descriptor/ser_de_info/serialization_library',
    'org.openx.data.jsonserde.JsonSerDe',
    /must be .*ParquetHiveSerDe/,
  ],
  [
    'a ledger read as Parquet',
    'aws_glue_catalog_table/notification/storage_descriptor/ser_de_info/serialization_library',
    'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    /notification: storage_descriptor.ser_de_info.serialization_library must be org.openx.data.jsonserde.JsonSerDe/,
  ],
  [
    'a ledger that lies where its table does not look',
    'aws_lambda_function/notify/environment/variables/NOTIFICATION_PREFIX',
    'notification/',
    /NOTIFICATION_PREFIX is notification\/, but declared is monitor\/notification\//,
  ],
  [
    'a stream that fills the ledger',
    'aws_kinesis_firehose_delivery_stream/state/extended_s3_configuration/data_format_conversion_configuration/schema_configuration/table_name',
    'notification',
    /names the table notification, whose files are no Parquet/,
  ],
  [
    'a partition that is not projected',
    'aws_glue_catalog_table/state/parameters',
    {},
    /must project the partition key/,
  ],
  [
    'rows that stay JSON',
    `${stream}/data_format_conversion_configuration/enabled`,
    false,
    /enabled is false, so the rows/,
  ],
  [
    'minutes for months',
    `${stream}/prefix`,
    'monitor/state/dt=!{timestamp:yyyy-mm-dd}/',
    /but the table looks in monitor\/state\/dt=!\{timestamp:yyyy-MM-dd\}\//,
  ],
  [
    'a folder for all days',
    `${stream}/prefix`,
    'monitor/state/dt=today/',
    /is monitor\/state\/dt=today\/, but the table looks in/,
  ],
  [
    'days that the table expects in another form',
    `${parameters}/projection.dt.format`,
    'yyyyMMdd',
    /looks in monitor\/state\/dt=!\{timestamp:yyyyMMdd\}/,
  ],
  [
    'days made of minutes',
    `${parameters}/projection.dt.format`,
    'yyyy-mm-dd',
    /projection\.dt\.format must be made of yyyy, MM and dd, but is "yyyy-mm-dd"/,
  ],
  [
    'a projection without range',
    `${parameters}/projection.dt.range`,
    undefined,
    /projection\.dt\.range must be two days as yyyy-MM-dd or NOW/,
  ],
  [
    'a range in another form',
    `${parameters}/projection.dt.range`,
    '20260101,NOW',
    /projection\.dt\.range must be two days/,
  ],
  ['a projection of months', `${parameters}/projection.dt.interval.unit`, 'MONTHS', /interval\.unit must be DAYS/],
  ['a projection of a list', `${parameters}/projection.dt.type`, 'enum', /projection\.dt\.type must be date/],
  [
    'partitions that are looked for elsewhere',
    `${parameters}/storage.location.template`,
    's3://other/$${dt}/',
    /storage\.location\.template must be s3:\/\/.*\/monitor\/state\/dt=\$\{dt\}\/, but is s3:\/\/other/,
  ],
  [
    'a table that is read as text',
    'aws_glue_catalog_table/state/storage_descriptor/input_format',
    'org.apache.hadoop.mapred.TextInputFormat',
    /input_format must be .*MapredParquetInputFormat, but is/,
  ],
  [
    'one function at a time',
    'aws_lambda_event_source_mapping/notify/scaling_config/maximum_concurrency',
    1,
    /maximum_concurrency must be at least 2, but is 1/,
  ],
  [
    'a function that never runs',
    'aws_lambda_function/notify/reserved_concurrent_executions',
    0,
    /aws_lambda_function\.notify: reserved_concurrent_executions is 0/,
  ],
  [
    'a redrive without count',
    'aws_sqs_queue/persist/redrive_policy',
    `{"deadLetterTargetArn":"${ref('aws_sqs_queue.undelivered.arn')}"}`,
    /redrive_policy must hold a maxReceiveCount/,
  ],
  [
    'a view that Athena takes for a table',
    'aws_glue_catalog_table/failures/parameters/comment',
    'A view',
    /must hold presto_view = "true"/,
  ],
  [
    'a view whose columns differ',
    'aws_glue_catalog_table/failures/storage_descriptor/columns',
    [{ name: 'name', type: 'string' }],
    /are name, but the view says service_name/,
  ],
  [
    'a number that is a text',
    'aws_sqs_queue/persist/visibility_timeout_seconds',
    '370',
    /aws_sqs_queue\.persist: visibility_timeout_seconds must be a number/,
  ],
];

test.each(faults)('%s is told with resource and attribute', (_what, path, value, message) => {
  const broken = withChange(path, value);

  expect(() => readDeployment(broken)).toThrow(message);
});

test('what is no Terraform is told', () => {
  expect(() => readDeployment([])).toThrow('Not Terraform in JSON');
});
