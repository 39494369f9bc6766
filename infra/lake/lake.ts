import { AthenaNamedQuery } from '@cdktf/provider-aws/lib/athena-named-query';
import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup';
import { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import type { KinesisFirehoseDeliveryStream } from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { readQueries, readViews } from '../../queries/read';
import type { Keyed } from '../key';
import { prefixes } from '../names';
import { verbatim } from '../verbatim';
import { Bucket } from './bucket';
import { grantReaders } from './grants';
import { Stream } from './stream';
import { createNotificationTable, createRowTable } from './table';
import { createView } from './view';

/** Where the rows live and are asked about: bucket, Firehose, the database with its tables and views, Athena. */
export class Lake extends Construct {
  readonly bucket: S3Bucket;
  readonly stream: KinesisFirehoseDeliveryStream;

  constructor(scope: Construct, id: string, installation: Keyed) {
    super(scope, id);
    const { config, names } = installation;
    this.bucket = new Bucket(this, 'bucket', installation).bucket;
    const database = new GlueCatalogDatabase(this, 'database', {
      name: names.database,
      description: 'Every run of every pipeline of the data lake',
    });
    const tables = { database, bucketName: names.bucket, retentionDays: config.retention.rows };
    const table = createRowTable(this, 'state', tables);
    createNotificationTable(this, 'notification', tables);
    this.stream = new Stream(this, 'firehose', installation, { bucket: this.bucket, table }).stream;
    grantReaders(this, table, config);
    this.createViews(names.database, [database, table]);
    this.createQueries(database, this.createWorkgroup(installation));
  }

  private createViews(databaseName: string, base: readonly ITerraformDependable[]): void {
    const after = [...base];
    for (const view of readViews()) after.push(createView(this, `view_${view.name}`, { databaseName, view, after }));
  }

  private createWorkgroup({ keyArn, names }: Keyed): AthenaWorkgroup {
    return new AthenaWorkgroup(this, 'workgroup', {
      name: names.workgroup,
      description: 'Questions about the runs of the data lake',
      // It holds a history of queries and nothing else.
      forceDestroy: true,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${this.bucket.bucket}/${prefixes.athenaResults}`,
          encryptionConfiguration:
            keyArn === null ? { encryptionOption: 'SSE_S3' } : { encryptionOption: 'SSE_KMS', kmsKeyArn: keyArn },
        },
      },
    });
  }

  private createQueries(database: GlueCatalogDatabase, workgroup: AthenaWorkgroup): void {
    for (const { name, question, sql } of readQueries()) {
      new AthenaNamedQuery(this, `query_${name}`, {
        name,
        description: question,
        database: database.name,
        workgroup: workgroup.id,
        query: verbatim(sql),
      });
    }
  }
}
