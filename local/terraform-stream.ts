import type { Stream, Table } from './deployment';
import { evaluatePrefix } from './firehose-prefix';
import { booleanAt, fault, numberAt, type Resource, refuseUnknown, valueAt } from './terraform-json';
import type { Terraform } from './terraform-references';

const megabyte = 1024 * 1024;

/** The Firehose streams. @throws Error for one that AWS would refuse, or that writes where its table does not look. */
export function readStreams(terraform: Terraform, tables: readonly Table[]): readonly Stream[] {
  return terraform.ofType('aws_kinesis_firehose_delivery_stream').map((resource) => {
    const at = (path: string) => `extended_s3_configuration.${path}`;
    // Days are those of UTC, in the rows as in the prefix.
    const unknown = ['custom_time_zone', 'dynamic_partitioning_configuration', 'processing_configuration'];
    refuseUnknown(resource, unknown.map(at));
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
  if (!booleanAt(resource, `${conversion}.enabled`, true)) {
    throw fault(resource, `${conversion}.enabled`, 'is false, so the rows would not be Parquet');
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
  if (table.format !== 'parquet') {
    throw fault(resource, `${conversion}.schema_configuration`, `names the table ${name}, whose files are no Parquet`);
  }
  return table;
}

/** The prefix must continue the table's location with `key=` and the day in the form in which the table projects it. */
function readPrefix(terraform: Terraform, resource: Resource, table: Table): string {
  const prefix = terraform.text(resource, 'extended_s3_configuration.prefix');
  evaluatePrefix(prefix, { arrivedAt: 0, errorType: '' });
  const right = `${table.prefix}${table.partitionKeys.map(({ name, format }) => `${name}=!{timestamp:${format}}/`).join('')}`;
  if (prefix !== right) {
    throw fault(resource, 'extended_s3_configuration.prefix', `is ${prefix}, but the table looks in ${right}`);
  }
  return prefix;
}

function readErrorPrefix(terraform: Terraform, resource: Resource): string {
  const prefix = terraform.text(resource, 'extended_s3_configuration.error_output_prefix');
  if (!prefix.includes('!{firehose:error-output-type}')) {
    throw fault(resource, 'extended_s3_configuration.error_output_prefix', 'must hold !{firehose:error-output-type}');
  }
  return prefix;
}
