import { readFileSync } from 'node:fs';
import { objectOf } from '../../../../handler/event/json';
import type { GlueColumn } from '../../../../local/deployment';
import { fault, valueAt } from '../../../../local/terraform-json';
import { readTerraform } from '../../../../local/terraform-references';
import { readStreams } from '../../../../local/terraform-stream';
import { readTables } from '../../../../local/terraform-table';

/** How the delivery stream reads JSON: the columns of its Glue table, and the properties of its SerDe. */
export interface StreamFormat {
  readonly columns: readonly GlueColumn[];
  readonly properties: Readonly<Record<string, string>>;
}

const deserializer =
  'extended_s3_configuration.data_format_conversion_configuration.input_format_configuration.deserializer';

/**
 * The format of the one stream in the Terraform of the monitoring stack.
 * @throws Error naming resource and attribute of what AWS would refuse, or when there is not exactly one stream.
 */
export function streamFormat(path: string): StreamFormat {
  const terraform = readTerraform(JSON.parse(readFileSync(path, 'utf8')));
  const resources = terraform.ofType('aws_kinesis_firehose_delivery_stream');
  const [stream] = readStreams(terraform, readTables(terraform));
  const [resource] = resources;
  if (!stream || !resource || resources.length > 1) {
    throw new Error(`Terraform: one aws_kinesis_firehose_delivery_stream is right, but there are ${resources.length}`);
  }
  const options = objectOf(valueAt(resource, `${deserializer}.open_x_json_ser_de`));
  if (!options) throw fault(resource, `${deserializer}.open_x_json_ser_de`, 'is missing');
  return { columns: stream.table.columns, properties: propertiesOf(options) };
}

/** Firehose's names of the SerDe's properties. */
function propertiesOf(options: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const mappings = Object.entries(objectOf(options['column_to_json_key_mappings']) ?? {});
  return {
    'case.insensitive': String(options['case_insensitive'] ?? true),
    'dots.in.keys': String(options['convert_dots_in_json_keys_to_underscores'] ?? false),
    ...Object.fromEntries(mappings.map(([column, key]) => [`mapping.${column}`, String(key)])),
  };
}
