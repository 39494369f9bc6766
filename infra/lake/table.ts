import type { GlueCatalogDatabase } from '@cdktf/provider-aws/lib/glue-catalog-database';
import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import type { Construct } from 'constructs';
import { notificationColumns } from '../../handler/record/notification';
import { type Column, columns } from '../../handler/record/schema';
import { prefixes, tableNames } from '../names';
import { tableColumns } from './columns';

const hadoop = 'org.apache.hadoop';
const parquet = `${hadoop}.hive.ql.io.parquet`;

interface TableProps {
  readonly database: GlueCatalogDatabase;
  readonly bucketName: string;
  readonly retentionDays: number;
}

/** What one table is, besides where it stands. */
interface Shape {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** Where its files lie; ends in a slash. */
  readonly prefix: string;
  /** What its partitions are. */
  readonly day: string;
  readonly format: Format;
}

interface Format {
  readonly classification: string;
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serde: string;
}

const asParquet: Format = {
  classification: 'parquet',
  inputFormat: `${parquet}.MapredParquetInputFormat`,
  outputFormat: `${parquet}.MapredParquetOutputFormat`,
  serde: `${parquet}.serde.ParquetHiveSerDe`,
};

const asJsonLines: Format = {
  classification: 'json',
  inputFormat: `${hadoop}.mapred.TextInputFormat`,
  outputFormat: `${hadoop}.hive.ql.io.HiveIgnoreKeyTextOutputFormat`,
  serde: 'org.openx.data.jsonserde.JsonSerDe',
};

/** The table of the rows: Parquet, which Firehose writes by its columns. */
export function createRowTable(scope: Construct, id: string, props: TableProps): GlueCatalogTable {
  return createTable(scope, id, props, {
    name: tableNames.rows,
    description: 'One row per state change of a run',
    columns,
    prefix: prefixes.rows,
    day: 'Day of arrival, UTC, yyyy-MM-dd',
    format: asParquet,
  });
}

/** The table over the ledger: each object of it is one line of JSON, and one row. */
export function createNotificationTable(scope: Construct, id: string, props: TableProps): GlueCatalogTable {
  return createTable(scope, id, props, {
    name: tableNames.notifications,
    description: 'One row per alert, recovery or reminder, with what became of it',
    columns: notificationColumns,
    prefix: prefixes.notifications,
    day: 'Day of event_time, UTC, yyyy-MM-dd',
    format: asJsonLines,
  });
}

/** One partition per day, which Athena works out and nobody has to add. */
function createTable(scope: Construct, id: string, props: TableProps, shape: Shape): GlueCatalogTable {
  const location = `s3://${props.bucketName}/${shape.prefix}`;
  const { classification, inputFormat, outputFormat, serde } = shape.format;
  return new GlueCatalogTable(scope, id, {
    name: shape.name,
    databaseName: props.database.name,
    description: shape.description,
    tableType: 'EXTERNAL_TABLE',
    partitionKeys: [{ name: 'dt', type: 'string', comment: shape.day }],
    parameters: {
      EXTERNAL: 'TRUE',
      classification,
      'projection.enabled': 'true',
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy-MM-dd',
      // In days, because not every reader knows other units; a day ahead, for clocks that are.
      'projection.dt.range': `NOW-${props.retentionDays}DAYS,NOW+1DAY`,
      'storage.location.template': `${location}dt=$\${dt}/`,
    },
    storageDescriptor: {
      location,
      inputFormat,
      outputFormat,
      serDeInfo: { serializationLibrary: serde, parameters: { 'serialization.format': '1' } },
      columns: tableColumns(shape.columns),
    },
  });
}
