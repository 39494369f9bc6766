import { objectOf } from '../handler/event/json';
import { type GlueColumn, glueTypes, type PartitionKey, type Table, type TableFormat } from './deployment';
import { readProjection } from './projection';
import { fault, type Resource, valueAt } from './terraform-json';
import type { Terraform } from './terraform-references';

const parquet = {
  input_format: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  output_format: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  'ser_de_info.serialization_library': 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
};

const jsonLines = {
  input_format: 'org.apache.hadoop.mapred.TextInputFormat',
  output_format: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  'ser_de_info.serialization_library': 'org.openx.data.jsonserde.JsonSerDe',
};

/** What Athena needs to read each format, by what writes its files. */
const formats: Readonly<Record<TableFormat, Readonly<Record<string, string>>>> = {
  parquet,
  'json-lines': jsonLines,
};

/** The tables of the catalogue. */
export function readTables(terraform: Terraform): readonly Table[] {
  return ofTableType(terraform, 'EXTERNAL_TABLE').map((resource) => {
    const [, prefix] = /^s3:\/\/[^/]+\/(.+?)\/?$/.exec(terraform.text(resource, 'storage_descriptor.location')) ?? [];
    if (prefix === undefined) {
      throw fault(resource, 'storage_descriptor.location', 'must be s3://BUCKET/PREFIX/');
    }
    return {
      database: terraform.text(resource, 'database_name'),
      name: terraform.text(resource, 'name'),
      prefix: `${prefix}/`,
      format: readFormat(resource),
      columns: readColumns(resource, 'storage_descriptor.columns'),
      partitionKeys: readPartitionKeys(terraform, resource),
    };
  });
}

/** The format is that of which most is there, and the rest must fit it. */
function readFormat(resource: Resource): TableFormat {
  const isThere = ([name, right]: readonly [string, string]) =>
    valueAt(resource, `storage_descriptor.${name}`) === right;
  const format = Object.entries(jsonLines).filter(isThere).length > 1 ? 'json-lines' : 'parquet';
  for (const [name, right] of Object.entries(formats[format])) {
    const value = valueAt(resource, `storage_descriptor.${name}`);
    if (value !== right) {
      throw fault(resource, `storage_descriptor.${name}`, `must be ${right}, but is ${JSON.stringify(value)}`);
    }
  }
  return format;
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

/**
 * The partition keys. Without a projection of each, Athena refuses the query, and with a template of their location that
 * leads elsewhere it finds nothing (partition projection, Athena user guide).
 */
function readPartitionKeys(terraform: Terraform, resource: Resource): readonly PartitionKey[] {
  const parameters = terraform.texts(resource, 'parameters');
  const keys = readColumns(resource, 'partition_keys').map(({ name, type }) => {
    if (type !== 'string') {
      throw fault(resource, 'partition_keys', `${name} must be a string, but is ${type}`);
    }
    return readProjection(resource, name, parameters);
  });
  const location = terraform.text(resource, 'storage_descriptor.location').replace(/\/?$/, '/');
  const right = `${location}${keys.map(({ name }) => `${name}=\${${name}}/`).join('')}`;
  const template = parameters['storage.location.template'] ?? right;
  if (template !== right) {
    throw fault(resource, 'parameters.storage.location.template', `must be ${right}, but is ${template}`);
  }
  return keys;
}

/** A table's parameter; its name may hold dots. */
export function parameterOf(resource: Resource, parameter: string): unknown {
  return objectOf(valueAt(resource, 'parameters'))?.[parameter];
}
