import { monitoringOf, ref, registryOf, resourceOf, resourcesOf } from './stacks';

const own = monitoringOf({ encryption: 'customer-managed' });
const ofAws = monitoringOf();
const key = ref('aws_kms_key.key.arn');

/** Where each type of resource that keeps something names its key, and how many of them there are. */
const keyed = [
  ['aws_sns_topic', 'kms_master_key_id', 2],
  ['aws_sqs_queue', 'kms_master_key_id', 7],
  ['aws_cloudwatch_log_group', 'kms_key_id', 3],
  ['aws_lambda_function', 'kms_key_arn', 2],
  ['aws_secretsmanager_secret', 'kms_key_id', 1],
  ['aws_s3_object', 'kms_key_id', 1],
  [
    'aws_s3_bucket_server_side_encryption_configuration',
    'rule.0.apply_server_side_encryption_by_default.kms_master_key_id',
    1,
  ],
  ['aws_kinesis_firehose_delivery_stream', 'server_side_encryption.key_arn', 1],
  ['aws_athena_workgroup', 'configuration.result_configuration.encryption_configuration.kms_key_arn', 1],
] as const;

describe('with `encryption: "customer-managed"`', () => {
  it.each(keyed)('every %s names the one key, at %s', (type, path, count) => {
    const named = Object.fromEntries(
      Object.entries(resourcesOf(own, type)).map(([id, resource]) => [id, valueAt(resource, path)]),
    );

    expect(Object.keys(named)).toHaveLength(count);
    expect(named).toEqual(Object.fromEntries(Object.keys(named).map((id) => [id, key])));
  });

  it('the ways of encryption fit the key', () => {
    expect({
      bucket: valueAt(
        resourceOf(own, 'aws_s3_bucket_server_side_encryption_configuration', 'lake_bucket_encryption'),
        'rule.0',
      ),
      stream: resourceOf(own, 'aws_kinesis_firehose_delivery_stream', 'lake_firehose_stream')['server_side_encryption'],
      workgroup: valueAt(
        resourceOf(own, 'aws_athena_workgroup', 'lake_workgroup'),
        'configuration.result_configuration.encryption_configuration.encryption_option',
      ),
      queues: Object.values(resourcesOf(own, 'aws_sqs_queue')).filter((queue) => 'sqs_managed_sse_enabled' in queue),
    }).toEqual({
      bucket: {
        bucket_key_enabled: true,
        apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: key },
      },
      stream: { enabled: true, key_type: 'CUSTOMER_MANAGED_CMK', key_arn: key },
      workgroup: 'SSE_KMS',
      // SQS takes either, and Terraform refuses both.
      queues: [],
    });
  });

  it('the key turns every year, can be found by name, and leaves a month to think again', () => {
    expect(resourcesOf(own, 'aws_kms_key')).toEqual({
      key: expect.objectContaining({ enable_key_rotation: true, deletion_window_in_days: 30 }),
    });
    expect(resourcesOf(own, 'aws_kms_alias')).toEqual({
      key_alias: { name: 'alias/datalake-monitoring', target_key_id: ref('aws_kms_key.key.id') },
    });
  });

  it.each(['keep', 'delete'] as const)(
    'the key is kept or deleted as what it protects, with onDestroy: %s',
    (onDestroy) => {
      const stack = monitoringOf({ encryption: 'customer-managed', onDestroy });
      const kept = (type: string, id: string) => valueAt(resourceOf(stack, type, id), 'lifecycle.prevent_destroy');

      expect({
        key: kept('aws_kms_key', 'key'),
        bucket: kept('aws_s3_bucket', 'lake_bucket'),
        secret: kept('aws_secretsmanager_secret', 'alert_secret'),
      }).toEqual({ key: onDestroy === 'keep', bucket: onDestroy === 'keep', secret: onDestroy === 'keep' });
    },
  );

  it('CloudWatch Logs is let in for the log groups that there are', () => {
    const policy = String(resourceOf(own, 'aws_kms_key', 'key')['policy']);
    const groups = Object.values(resourcesOf(own, 'aws_cloudwatch_log_group')).map(({ name }) => String(name));

    expect(groups.filter((name) => !policy.includes(`:log-group:${name}"`))).toEqual([]);
  });

  it('CloudWatch Logs has its other name in China', () => {
    const china = monitoringOf({ encryption: 'customer-managed' }, { ACCOUNT: '111122223333', REGION: 'cn-north-1' });

    expect(resourceOf(china, 'aws_kms_key', 'key')['policy']).toContain('"logs.cn-north-1.amazonaws.com.cn"');
  });

  it.each(['us-iso-east-1', 'eusc-de-east-1'])('a key is refused where nobody knows that name: %s', (REGION) => {
    const here = { ACCOUNT: '111122223333', REGION };

    expect(() => monitoringOf({ encryption: 'customer-managed' }, here)).toThrow(
      `config.ts: encryption is "customer-managed"; in ${REGION} it must be "aws", because`,
    );
    expect(() => monitoringOf({}, here)).not.toThrow();
  });

  it('the registry stays as it is', () => {
    expect(registryOf({ encryption: 'customer-managed' }).text).toBe(registryOf().text);
  });
});

describe('with `encryption: "aws"`, the default', () => {
  it('there is no key, and nothing names one', () => {
    const deleted = monitoringOf({ onDestroy: 'delete' });
    const { aws_kms_key, ...others } = ofAws.resource;

    expect(Object.values(aws_kms_key ?? {}).map(({ count }) => count)).toEqual([0]);
    expect(JSON.stringify(others)).not.toMatch(/kms/i);
    expect(deleted.text).not.toMatch(/kms/i);
  });

  it('Terraform refuses to delete a key that was there before, at its own address', () => {
    expect(Object.keys(resourcesOf(ofAws, 'aws_kms_key'))).toEqual(Object.keys(resourcesOf(own, 'aws_kms_key')));
    expect(resourceOf(ofAws, 'aws_kms_key', 'key')).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  it('AWS encrypts all the same', () => {
    expect(
      valueAt(
        resourceOf(ofAws, 'aws_kinesis_firehose_delivery_stream', 'lake_firehose_stream'),
        'server_side_encryption',
      ),
    ).toEqual({ enabled: true, key_type: 'AWS_OWNED_CMK' });
    expect(Object.values(resourcesOf(ofAws, 'aws_sqs_queue')).map((queue) => queue['sqs_managed_sse_enabled'])).toEqual(
      Array.from({ length: 7 }, () => true),
    );
    expect(
      valueAt(
        resourceOf(ofAws, 'aws_s3_bucket_server_side_encryption_configuration', 'lake_bucket_encryption'),
        'rule',
      ),
    ).toEqual([{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }]);
  });
});

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], value);
}
