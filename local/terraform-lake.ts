import { objectOf } from '../handler/event/json';
import { type GlueColumn, glueTypes, type NamedQuery, type Stream, type Table, type View } from './deployment';
import { evaluatePrefix } from './firehose-prefix';
import { fault, numberAt, type Resource, refuseUnknown, valueAt } from './terraform-json';
import type { Terraform } from './terraform-references';

const parquetReader = 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe';
const megabyte = 1024 * 1024;

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

function ofTableType(terraform: Terraform, tableType: string): readonly Resource[] {
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
  if (parameters['projection.enabled'] !== 'true' || !valueAtKey(resource, `projection.${name}.type`)) {
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

function valueAtKey(resource: Resource, parameter: string): unknown {
  return objectOf(valueAt(resource, 'parameters'))?.[parameter];
}

/** The views that Athena opens, in the order of the Terraform. @throws Error when Athena would take one for a table. */
export function readViews(terraform: Terraform): readonly View[] {
  return ofTableType(terraform, 'VIRTUAL_VIEW').map((resource) => {
    if (valueAtKey(resource, 'presto_view') !== 'true' || valueAtKey(resource, 'comment') !== 'Presto View') {
      throw fault(resource, 'parameters', 'must hold presto_view = "true" and comment = "Presto View"');
    }
    refuseUnknown(resource, ['description']);
    const text = terraform.text(resource, 'view_original_text');
    const encoded = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(text)?.[1];
    const definition = objectOf(encoded ? parse(Buffer.from(encoded, 'base64').toString('utf8')) : null);
    const sql = definition?.['originalSql'];
    const columns = definition?.['columns'];
    if (typeof sql !== 'string' || !Array.isArray(columns)) {
      throw fault(
        resource,
        'view_original_text',
        'must be "/* Presto View: BASE64 */" of JSON with originalSql and columns',
      );
    }
    const names = columns.map((column) => String(objectOf(column)?.['name']));
    refuseOtherColumns(resource, names);
    return { name: terraform.text(resource, 'name'), sql, columns: names };
  });
}

function refuseOtherColumns(resource: Resource, names: readonly string[]): void {
  const declared = valueAt(resource, 'storage_descriptor.columns');
  const glueNames = Array.isArray(declared) ? declared.map((column) => String(objectOf(column)?.['name'])) : [];
  if (glueNames.join() !== names.join()) {
    throw fault(
      resource,
      'storage_descriptor.columns',
      `are ${glueNames.join(', ')}, but the view says ${names.join(', ')}`,
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The Firehose streams. @throws Error for one that AWS would refuse, or that writes where its table does not look. */
export function readStreams(terraform: Terraform, tables: readonly Table[]): readonly Stream[] {
  return terraform.ofType('aws_kinesis_firehose_delivery_stream').map((resource) => {
    const at = (path: string) => `extended_s3_configuration.${path}`;
    refuseUnknown(resource, [at('dynamic_partitioning_configuration'), at('processing_configuration')]);
    const table = readStreamTable(terraform, resource, tables);
    const megabytes = numberAt(resource, at('buffering_size'), 5);
    if (megabytes < 64 || megabytes > 128) {
      throw fault(resource, at('buffering_size'), `must be 64 to 128 MB with conversion, but is ${megabytes}`);
    }
    const bucketArn = terraform.text(resource, at('bucket_arn'));
    return {
      name: terraform.text(resource, 'name'),
      arn: terraform.arn(resource),
      bucket: bucketArn.replace(/^.*:::/, ''),
      prefix: readPrefix(terraform, resource, table),
      errorPrefix: readErrorPrefix(terraform, resource),
      bufferBytes: megabytes * megabyte,
      bufferSeconds: numberAt(resource, at('buffering_interval'), 300),
      table,
    };
  });
}

function readStreamTable(terraform: Terraform, resource: Resource, tables: readonly Table[]): Table {
  const conversion = 'extended_s3_configuration.data_format_conversion_configuration';
  for (const block of [
    'input_format_configuration.deserializer.open_x_json_ser_de',
    'output_format_configuration.serializer.parquet_ser_de',
  ]) {
    if (valueAt(resource, `${conversion}.${block}`) === undefined) {
      throw fault(resource, `${conversion}.${block}`, 'is missing, so the rows would not be Parquet');
    }
  }
  const database = terraform.text(resource, `${conversion}.schema_configuration.database_name`);
  const name = terraform.text(resource, `${conversion}.schema_configuration.table_name`);
  const table = tables.find((it) => it.database === database && it.name === name);
  if (!table) {
    throw fault(
      resource,
      `${conversion}.schema_configuration`,
      `names the table ${database}.${name}, which is not there`,
    );
  }
  return table;
}

/** The prefix must continue the table's location with `key=` for each partition key, as Hive-style partitions do. */
function readPrefix(terraform: Terraform, resource: Resource, table: Table): string {
  const prefix = terraform.text(resource, 'extended_s3_configuration.prefix');
  const folders = prefix.slice(table.prefix.length).split('/').slice(0, -1);
  const isHiveStyle = table.partitionKeys.every((key, at) => folders[at]?.startsWith(`${key}=`));
  if (!prefix.startsWith(table.prefix) || !isHiveStyle || folders.length !== table.partitionKeys.length) {
    const right = `${table.prefix}${table.partitionKeys.map((key) => `${key}=…/`).join('')}`;
    throw fault(resource, 'extended_s3_configuration.prefix', `is ${prefix}, but the table looks in ${right}`);
  }
  evaluatePrefix(prefix, { arrivedAt: 0, errorType: '' });
  return prefix;
}

function readErrorPrefix(terraform: Terraform, resource: Resource): string {
  const prefix = terraform.text(resource, 'extended_s3_configuration.error_output_prefix');
  if (!prefix.includes('!{firehose:error-output-type}')) {
    throw fault(resource, 'extended_s3_configuration.error_output_prefix', 'must hold !{firehose:error-output-type}');
  }
  return prefix;
}

/** The named queries of Athena. */
export function readNamedQueries(terraform: Terraform): readonly NamedQuery[] {
  return terraform.ofType('aws_athena_named_query').map((resource) => ({
    name: terraform.text(resource, 'name'),
    sql: terraform.text(resource, 'query'),
  }));
}
