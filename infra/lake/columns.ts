import type { GlueCatalogTableStorageDescriptorColumns } from '@cdktf/provider-aws/lib/glue-catalog-table';
import type { Column, LogicalType } from '../../handler/record/schema';
import type { QueryColumn, TrinoType } from '../../queries/read';

/** What Glue calls each logical type; Firehose converts to it, and Athena reads by it. */
const hiveTypes = {
  string: 'string',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
} as const satisfies Record<LogicalType, string>;

/** What Glue calls each type that a view's column may have in Athena. */
const hiveTypesOfTrino = {
  varchar: 'string',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  'timestamp(3)': 'timestamp',
  date: 'date',
} as const satisfies Record<TrinoType, string>;

/** The columns of a table, as Glue lists them. */
export function tableColumns(columns: readonly Column[]): GlueCatalogTableStorageDescriptorColumns[] {
  return columns.map(({ name, type, description }) => ({ name, type: hiveTypes[type], comment: description }));
}

/** The columns of a view, as Glue lists them. */
export function viewColumns(declared: readonly QueryColumn[]): GlueCatalogTableStorageDescriptorColumns[] {
  return declared.map(({ name, type }) => ({ name, type: hiveTypesOfTrino[type] }));
}
