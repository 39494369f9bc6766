import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogStream } from '@cdktf/provider-aws/lib/cloudwatch-log-stream';
import type { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import {
  KinesisFirehoseDeliveryStream,
  type KinesisFirehoseDeliveryStreamExtendedS3Configuration as S3Delivery,
} from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Construct } from 'constructs';
import type { Installation } from '../config';
import { type Keyed, mayUseKey } from '../key';
import { createLogGroup } from '../log-group';
import { prefixes } from '../names';
import type { Statement } from '../policy';
import { ServiceRole } from '../service-role';
import { grantColumns } from './grants';

interface StreamProps {
  readonly bucket: S3Bucket;
  readonly table: GlueCatalogTable;
}

/** Firehose, which turns rows of JSON into Parquet by the table's columns; what does not fit goes to its error prefix. */
export class Stream extends Construct {
  readonly stream: KinesisFirehoseDeliveryStream;

  constructor(scope: Construct, id: string, installation: Keyed, props: StreamProps) {
    super(scope, id);
    const { account, config, keyArn, names } = installation;
    const log = createLogGroup(this, 'firehose', installation);
    const logStream = new CloudwatchLogStream(this, 'log_stream', { name: 'delivery', logGroupName: log.name });
    const role = new ServiceRole(this, 'role', installation, {
      name: names.role('firehose'),
      service: 'firehose.amazonaws.com',
      only: { StringEquals: { 'aws:SourceAccount': account } },
      may: [
        ...writesRows(props.bucket),
        readsColumns(installation, props.table),
        writesLog(log, logStream),
        ...mayUseKey(installation, 'read', 'write'),
      ],
    });
    this.stream = new KinesisFirehoseDeliveryStream(this, 'stream', {
      name: names.deliveryStream,
      destination: 'extended_s3',
      serverSideEncryption: encryptedBy(keyArn),
      extendedS3Configuration: {
        ...whereTo(props.bucket, role.arn),
        cloudwatchLoggingOptions: { enabled: true, logGroupName: log.name, logStreamName: logStream.name },
        dataFormatConversionConfiguration: toParquet(props.table, role.arn),
      },
      dependsOn: [role.policy, ...grantColumns(this, props.table, { config, principal: role.arn })],
    });
  }
}

function encryptedBy(keyArn: string | null) {
  return keyArn === null
    ? { enabled: true, keyType: 'AWS_OWNED_CMK' }
    : { enabled: true, keyType: 'CUSTOMER_MANAGED_CMK', keyArn };
}

function whereTo(bucket: S3Bucket, roleArn: string) {
  return {
    roleArn,
    bucketArn: bucket.arn,
    prefix: `${prefixes.rows}dt=!{timestamp:yyyy-MM-dd}/`,
    errorOutputPrefix: `${prefixes.firehoseErrors}!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/`,
    bufferingSize: 128,
    bufferingInterval: 300,
  } satisfies S3Delivery;
}

function toParquet(table: GlueCatalogTable, roleArn: string) {
  return {
    inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
    outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
    schemaConfiguration: { roleArn, databaseName: table.databaseName, tableName: table.name },
  } satisfies S3Delivery['dataFormatConversionConfiguration'];
}

function writesRows(bucket: S3Bucket): readonly Statement[] {
  return [
    {
      Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
      Resource: bucket.arn,
    },
    {
      Action: ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload'],
      Resource: [`${bucket.arn}/${prefixes.rows}*`, `${bucket.arn}/${prefixes.firehoseErrors}*`],
    },
  ];
}

function readsColumns({ partition, region, account, names }: Installation, table: GlueCatalogTable): Statement {
  const glue = `arn:${partition}:glue:${region}:${account}`;
  return {
    Action: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
    Resource: [`${glue}:catalog`, `${glue}:database/${names.database}`, table.arn],
  };
}

function writesLog(log: CloudwatchLogGroup, stream: CloudwatchLogStream): Statement {
  return { Action: 'logs:PutLogEvents', Resource: `${log.arn}:log-stream:${stream.name}` };
}
