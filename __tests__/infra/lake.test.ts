import { notificationColumns } from '../../handler/record/notification';
import { columns } from '../../handler/record/schema';
import { readQueries, readViews } from '../../queries/read';
import { monitoringOf, type Resource, ref, resourceOf, resourcesOf, statementsOf } from './stacks';

const stack = monitoringOf();

interface Descriptor {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly location?: string;
}

describe('the table state', () => {
  const table = resourceOf(stack, 'aws_glue_catalog_table', 'lake_state');

  it('has the columns of the record, in their order', () => {
    const { columns: made } = table['storage_descriptor'] as Descriptor;

    expect(made.map(({ name, type }) => ({ name, type }))).toEqual(columns.map(({ name, type }) => ({ name, type })));
  });

  it('describes each column within the 255 characters that Glue takes', () => {
    expect(columns.filter(({ description }) => description.length > 255)).toEqual([]);
  });

  it('works its partitions out by day, a day ahead, as far back as rows are kept', () => {
    const shorter = resourceOf(monitoringOf({ retention: { rows: 30 } }), 'aws_glue_catalog_table', 'lake_state');

    expect(table['partition_keys']).toEqual([expect.objectContaining({ name: 'dt', type: 'string' })]);
    expect(table['parameters']).toMatchObject({
      'projection.enabled': 'true',
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy-MM-dd',
      'projection.dt.range': 'NOW-1095DAYS,NOW+1DAY',
      'storage.location.template': 's3://111122223333-eu-central-1-monitor/monitor/state/dt=$${dt}/',
    });
    expect(shorter['parameters']).toMatchObject({ 'projection.dt.range': 'NOW-30DAYS,NOW+1DAY' });
  });

  it('reads Parquet', () => {
    expect(table['storage_descriptor']).toMatchObject({
      location: 's3://111122223333-eu-central-1-monitor/monitor/state/',
      input_format: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      ser_de_info: { serialization_library: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    });
  });
});

describe('the table notification', () => {
  const table = resourceOf(stack, 'aws_glue_catalog_table', 'lake_notification');

  it('has the columns of the ledger, in their order, described as Glue takes it', () => {
    const { columns: made } = table['storage_descriptor'] as Descriptor;

    expect(made.map(({ name, type }) => ({ name, type }))).toEqual(
      notificationColumns.map(({ name, type }) => ({ name, type })),
    );
    expect(notificationColumns.filter(({ description }) => description.length > 255)).toEqual([]);
  });

  it('is found by the day of the event, where notify writes, as far back as rows are kept', () => {
    const shorter = resourceOf(
      monitoringOf({ retention: { rows: 30 } }),
      'aws_glue_catalog_table',
      'lake_notification',
    );
    const { environment } = resourceOf(stack, 'aws_lambda_function', 'process_notify_function') as {
      readonly environment: { readonly variables: Readonly<Record<string, string>> };
    };

    expect(table).toMatchObject({
      name: 'notification',
      database_name: ref('aws_glue_catalog_database.lake_database.name'),
      table_type: 'EXTERNAL_TABLE',
      partition_keys: [{ name: 'dt', type: 'string', comment: 'Day of event_time, UTC, yyyy-MM-dd' }],
      parameters: {
        classification: 'json',
        'projection.enabled': 'true',
        'projection.dt.type': 'date',
        'projection.dt.format': 'yyyy-MM-dd',
        'projection.dt.range': 'NOW-1095DAYS,NOW+1DAY',
        'storage.location.template': `s3://111122223333-eu-central-1-monitor/${environment.variables['NOTIFICATION_PREFIX']}dt=$\${dt}/`,
      },
    });
    expect(shorter['parameters']).toMatchObject({ 'projection.dt.range': 'NOW-30DAYS,NOW+1DAY' });
  });

  it('reads lines of JSON', () => {
    expect(table['storage_descriptor']).toMatchObject({
      location: 's3://111122223333-eu-central-1-monitor/monitor/notification/',
      input_format: 'org.apache.hadoop.mapred.TextInputFormat',
      output_format: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      ser_de_info: { serialization_library: 'org.openx.data.jsonserde.JsonSerDe' },
    });
  });
});

describe('Firehose', () => {
  const stream = resourceOf(stack, 'aws_kinesis_firehose_delivery_stream', 'lake_firehose_stream');
  const delivery = stream['extended_s3_configuration'] as Resource;

  it('turns JSON into Parquet by the columns of the table', () => {
    expect(delivery['data_format_conversion_configuration']).toEqual({
      input_format_configuration: { deserializer: { open_x_json_ser_de: {} } },
      output_format_configuration: { serializer: { parquet_ser_de: { compression: 'SNAPPY' } } },
      schema_configuration: {
        database_name: ref('aws_glue_catalog_table.lake_state.database_name'),
        table_name: ref('aws_glue_catalog_table.lake_state.name'),
        role_arn: ref('aws_iam_role.lake_firehose_role.arn'),
      },
    });
    expect(delivery).not.toHaveProperty('compression_format');
  });

  it('writes where the table looks, and what it refuses somewhere else', () => {
    const { data_format_conversion_configuration, ...rest } = delivery;

    expect(rest).toEqual({
      bucket_arn: ref('aws_s3_bucket.lake_bucket.arn'),
      role_arn: ref('aws_iam_role.lake_firehose_role.arn'),
      prefix: 'monitor/state/dt=!{timestamp:yyyy-MM-dd}/',
      error_output_prefix: 'firehose-errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/',
      buffering_size: 128,
      buffering_interval: 300,
      cloudwatch_logging_options: {
        enabled: true,
        log_group_name: ref('aws_cloudwatch_log_group.lake_firehose_log.name'),
        log_stream_name: ref('aws_cloudwatch_log_stream.lake_firehose_log_stream.name'),
      },
    });
  });

  it('logs into a group of its own', () => {
    expect(resourceOf(stack, 'aws_cloudwatch_log_group', 'lake_firehose_log')).toEqual({
      name: '/aws/kinesisfirehose/datalake-monitoring-state',
      retention_in_days: 90,
    });
    expect(resourceOf(stack, 'aws_cloudwatch_log_stream', 'lake_firehose_log_stream')).toEqual({
      name: 'delivery',
      log_group_name: ref('aws_cloudwatch_log_group.lake_firehose_log.name'),
    });
  });

  it('waits for its permissions, and may do no more than it needs', () => {
    const { policy } = resourceOf(stack, 'aws_iam_role_policy', 'lake_firehose_role_policy');
    const { assume_role_policy } = resourceOf(stack, 'aws_iam_role', 'lake_firehose_role');
    const bucket = ref('aws_s3_bucket.lake_bucket.arn');

    expect(stream['depends_on']).toEqual(['aws_iam_role_policy.lake_firehose_role_policy']);
    expect(statementsOf(policy).map(({ Resource }) => Resource)).toEqual([
      bucket,
      [`${bucket}/monitor/state/*`, `${bucket}/firehose-errors/*`],
      [
        'arn:aws:glue:eu-central-1:111122223333:catalog',
        'arn:aws:glue:eu-central-1:111122223333:database/monitor',
        ref('aws_glue_catalog_table.lake_state.arn'),
      ],
      `${ref('aws_cloudwatch_log_group.lake_firehose_log.arn')}:log-stream:${ref('aws_cloudwatch_log_stream.lake_firehose_log_stream.name')}`,
    ]);
    expect(statementsOf(assume_role_policy)[0]?.Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': '111122223333' },
    });
  });
});

describe('the views', () => {
  /** By the documentation of Athena; it reads a view by the types of its definition and never looks at these. */
  const hive = new Map([
    ['varchar', 'string'],
    ['bigint', 'bigint'],
    ['double', 'double'],
    ['boolean', 'boolean'],
    ['timestamp(3)', 'timestamp'],
    ['date', 'date'],
  ]);

  it.each(readViews().map((view) => [view.name, view] as const))('%s is what Athena opens', (name, view) => {
    const made = resourceOf(stack, 'aws_glue_catalog_table', `lake_view_${name}`);

    expect(made).toMatchObject({
      name,
      database_name: 'monitor',
      table_type: 'VIRTUAL_VIEW',
      parameters: { presto_view: 'true', comment: 'Presto View' },
      view_expanded_text: '/* Presto View */',
    });
    expect(definitionOf(made)).toEqual({
      originalSql: view.sql,
      catalog: 'awsdatacatalog',
      schema: 'monitor',
      columns: view.columns.map(({ name: column, type }) => ({ name: column, type })),
      runAsInvoker: false,
      properties: {},
    });
  });

  it.each(readViews().map(({ name }) => name))(
    '%s tells other readers of the catalogue the types of its definition',
    (name) => {
      const made = resourceOf(stack, 'aws_glue_catalog_table', `lake_view_${name}`);

      expect((made['storage_descriptor'] as Descriptor).columns).toEqual(
        definitionOf(made).columns.map((column) => ({ name: column.name, type: hive.get(column.type) })),
      );
    },
  );

  it('have no description, which would silently make them tables', () => {
    const views = Object.values(resourcesOf(stack, 'aws_glue_catalog_table')).filter(
      (it) => it['table_type'] === 'VIRTUAL_VIEW',
    );

    expect(views.filter((view) => 'description' in view || 'owner' in view)).toEqual([]);
    expect(views.map((view) => view['name']).sort()).toEqual(
      readViews()
        .map((view) => view.name)
        .sort(),
    );
  });

  it('come after the table and the views that they select from', () => {
    const [first] = readViews();
    const made = resourceOf(stack, 'aws_glue_catalog_table', `lake_view_${first?.name}`);

    expect(made['depends_on']).toEqual([
      'aws_glue_catalog_database.lake_database',
      'aws_glue_catalog_table.lake_state',
    ]);
  });

  it('follow the database of the installation', () => {
    const made = resourceOf(monitoringOf({ name: 'team-a' }), 'aws_glue_catalog_table', 'lake_view_run');

    expect(definitionOf(made)).toMatchObject({ schema: 'team_a_monitor' });
  });

  function definitionOf(view: Resource): { readonly columns: Descriptor['columns'] } {
    const encoded = /^\/\* Presto View: (\S+) \*\/$/.exec(String(view['view_original_text']))?.[1] ?? '';
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as { readonly columns: Descriptor['columns'] };
  }
});

describe('Athena', () => {
  it.each(readQueries().map((query) => [query.name, query] as const))(
    'offers the query %s under its question, in our database and workgroup',
    (name, { question, sql }) => {
      const { query, ...rest } = resourceOf(stack, 'aws_athena_named_query', `lake_query_${name}`);

      expect(rest).toEqual({
        name,
        description: question,
        database: ref('aws_glue_catalog_database.lake_database.name'),
        workgroup: ref('aws_athena_workgroup.lake_workgroup.id'),
      });
      expect(`${name}: ${query}`).toBe(`${name}: ${sql}`);
    },
  );

  it('offers no other query', () => {
    expect(Object.keys(resourcesOf(stack, 'aws_athena_named_query')).sort()).toEqual(
      readQueries()
        .map(({ name }) => `lake_query_${name}`)
        .sort(),
    );
  });

  it('puts results into the bucket, encrypted, whatever a client asks', () => {
    expect(resourceOf(stack, 'aws_athena_workgroup', 'lake_workgroup')).toEqual({
      name: 'datalake-monitoring',
      description: 'Questions about the runs of the data lake',
      force_destroy: true,
      configuration: {
        enforce_workgroup_configuration: true,
        publish_cloudwatch_metrics_enabled: true,
        engine_version: { selected_engine_version: 'Athena engine version 3' },
        result_configuration: {
          output_location: `s3://${ref('aws_s3_bucket.lake_bucket.bucket')}/athena-results/`,
          encryption_configuration: { encryption_option: 'SSE_S3' },
        },
      },
    });
  });
});

describe('the bucket', () => {
  it('is closed to the public, encrypted, versioned, and reached by TLS only', () => {
    const policy = resourceOf(stack, 'aws_s3_bucket_policy', 'lake_bucket_policy')['policy'];

    expect(resourceOf(stack, 'aws_s3_bucket_public_access_block', 'lake_bucket_public_access')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(statementsOf(policy)).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
    expect(resourceOf(stack, 'aws_s3_bucket_versioning', 'lake_bucket_versioning')).toMatchObject({
      versioning_configuration: { status: 'Enabled' },
    });
    expect(Object.keys(resourcesOf(stack, 'aws_s3_bucket_server_side_encryption_configuration'))).toHaveLength(1);
  });

  it('forgets each kind of object after the days that the configuration says', () => {
    const retention = { rows: 1, quarantine: 2, firehoseErrors: 3, athenaResults: 4 };

    const rules = resourceOf(
      monitoringOf({ retention }),
      'aws_s3_bucket_lifecycle_configuration',
      'lake_bucket_lifecycle',
    )['rule'];

    const expiring = (id: string, prefix: string, days: number) => ({
      id,
      status: 'Enabled',
      filter: [{ prefix }],
      expiration: [{ days }],
    });
    expect(rules).toEqual([
      expiring('rows', 'monitor/state/', 1),
      expiring('notifications', 'monitor/notification/', 1),
      { ...expiring('incidents', 'incident/', 90), noncurrent_version_expiration: [{ noncurrent_days: 1 }] },
      expiring('causes', 'cause/', 7),
      expiring('silences', 'silence/', 30),
      expiring('quarantine', 'quarantine/', 2),
      expiring('firehose-errors', 'firehose-errors/', 3),
      expiring('athena-results', 'athena-results/', 4),
      {
        id: 'leftovers',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        expiration: [{ expired_object_delete_marker: true }],
      },
    ]);
  });

  it('is not destroyed unless the configuration says so', () => {
    const kept = resourceOf(stack, 'aws_s3_bucket', 'lake_bucket');
    const deleted = resourceOf(monitoringOf({ onDestroy: 'delete' }), 'aws_s3_bucket', 'lake_bucket');

    expect(kept).toMatchObject({ force_destroy: false, lifecycle: { prevent_destroy: true } });
    expect(deleted).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
  });
});
