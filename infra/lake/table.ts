import type { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import type { Construct } from 'constructs';
import { prefixes, tableName } from '../names';
import { tableColumns } from './columns';

const parquet = 'org.apache.hadoop.hive.ql.io.parquet';

interface TableProps {
  readonly database: GlueCatalogDatabase;
  readonly bucketName: string;
  readonly retentionDays: number;
}

/** The table of the rows: Parquet, one partition per day of arrival, which Athena works out and nobody has to add. */
export function createTable(scope: Construct, id: string, props: TableProps): GlueCatalogTable {
  return new GlueCatalogTable(scope, id, {
    name: tableName,
    databaseName: props.database.name,
    description: 'One row per state change of a run',
    tableType: 'EXTERNAL_TABLE',
    partitionKeys: [{ name: 'dt', type: 'string', comment: 'Day of arrival, UTC, yyyy-MM-dd' }],
    parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'projection.enabled': 'true',
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy-MM-dd',
      // In days, because not every reader knows other units; a day ahead, for clocks that are.
      'projection.dt.range': `NOW-${props.retentionDays}DAYS,NOW+1DAY`,
      'storage.location.template': `s3://${props.bucketName}/${prefixes.rows}dt=$\${dt}/`,
    },
    storageDescriptor: {
      location: `s3://${props.bucketName}/${prefixes.rows}`,
      inputFormat: `${parquet}.MapredParquetInputFormat`,
      outputFormat: `${parquet}.MapredParquetOutputFormat`,
      serDeInfo: {
        serializationLibrary: `${parquet}.serde.ParquetHiveSerDe`,
        parameters: { 'serialization.format': '1' },
      },
      columns: tableColumns(),
    },
  });
}
