import { objectOf } from '../handler/event/json';
import { type GlueColumn, glueTypes, type Table } from './deployment';
import { fault, type Resource, valueAt } from './terraform-json';
import type { Terraform } from './terraform-references';

const parquetReader = 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe';

/** The Parquet tables of the catalogue. */
export function readTables(terraform: Terraform): readonly Table[] {
  return ofTableType(terraform, 'EXTERNAL_TABLE').map((resource) => {
    const reader = valueAt(resource, 'storage_descriptor.ser_de_info.serialization_library');
    if (reader !== parquetReader) {
      throw fault(resource, 'storage_descriptor.ser_de_info.serialization_library', `must be ${parquetReader}`);
    }
    const [, prefix] = /^s3:\/\/[^/]+\/(.+?)\/?$/.exec(terraform.text(resource, 'storage_descriptor.location')) ?? [];
    if (prefix === undefined) {
      throw fault(resource, 'storage_descriptor.location', 'must be s3://BUCKET/PREFIX/');
    }
    return {
      database: terraform.text(resource, 'database_name'),
      name: terraform.text(resource, 'name'),
      prefix: `${prefix}/`,
      columns: readColumns(resource, 'storage_descriptor.columns'),
      partitionKeys: readColumns(resource, 'partition_keys').map((column) => projected(terraform, resource, column)),
    };
  });
}

/** The entries of the catalogue of one type, `EXTERNAL_TABLE` or `VIRTUAL_VIEW`. */
export function ofTableType(terraform: Terraform, tableType: string): readonly Resource[] {
  return terraform.ofType('aws_glue_catalog_table').filter((table) => valueAt(table, 'table_type') === tableType);
}

function readColumns(resource: Resource, path: string): readonly GlueColumn[] {
  const columns = valueAt(resource, path);
  if (!Array.isArray(columns) || columns.length === 0) {
    throw fault(resource, path, 'must list one column or more');
  }
  return columns.map((column: unknown, at) => {
    const { name, type } = objectOf(column) ?? {};
    const glueType = glueTypes.find((known) => known === type);
    if (typeof name !== 'string' || !/^[a-z][a-z0-9_]*$/.test(name)) {
      throw fault(
        resource,
        `${path}[${at}].name`,
        `must be lower case letters, digits and _, but is ${JSON.stringify(name)}`,
      );
    }
    if (!glueType) {
      throw fault(
        resource,
        `${path}[${at}].type`,
        `of ${name} must be ${glueTypes.join(', ')}, but is ${JSON.stringify(type)}`,
      );
    }
    return { name, type: glueType };
  });
}

/** Without a projection of every partition key, Athena refuses the query (partition projection, Athena user guide). */
function projected(terraform: Terraform, resource: Resource, { name, type }: GlueColumn): string {
  const parameters = terraform.texts(resource, 'parameters');
  if (parameters['projection.enabled'] !== 'true' || !parameterOf(resource, `projection.${name}.type`)) {
    throw fault(
      resource,
      'parameters',
      `must project the partition key: projection.enabled and projection.${name}.type`,
    );
  }
  if (type !== 'string') {
    throw fault(resource, 'partition_keys', `${name} must be a string, but is ${type}`);
  }
  return name;
}

/** A table's parameter; its name may hold dots. */
export function parameterOf(resource: Resource, parameter: string): unknown {
  return objectOf(valueAt(resource, 'parameters'))?.[parameter];
}
