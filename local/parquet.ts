import {
  Bool,
  type DataType,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { Compression, Table as WasmTable, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm';
import type { GlueColumn, GlueType } from './deployment';
import type { ParquetValue } from './openx';

/** The Arrow type of each Glue type; with millisecond timestamps, as Athena reads them. */
const arrowTypes: { readonly [T in GlueType]: DataType } = {
  string: new Utf8(),
  bigint: new Int64(),
  double: new Float64(),
  boolean: new Bool(),
  timestamp: new TimestampMillisecond(),
};

/** The rows of a file that is being put together, kept compactly by column. */
export interface ParquetRows {
  readonly add: (row: readonly ParquetValue[]) => void;
  readonly count: () => number;
  /** The whole file, compressed with Snappy. */
  readonly toFile: () => Uint8Array;
}

/** So many rows are turned into Arrow columns together; as JavaScript values they would take several times the memory. */
const chunkRows = 2_048;

/** Starts a file with the columns of a Glue table, all nullable. */
export function createParquetRows(columns: readonly GlueColumn[]): ParquetRows {
  const schema = new Schema(columns.map(({ name, type }) => new Field(name, arrowTypes[type], true)));
  const batches: RecordBatch[] = [];
  let rows: (readonly ParquetValue[])[] = [];

  function closeChunk(): void {
    batches.push(toBatch(schema, rows));
    rows = [];
  }

  return {
    add: (row) => {
      rows.push(row);
      if (rows.length === chunkRows) closeChunk();
    },
    count: () => rows.length + batches.reduce((sum, batch) => sum + batch.numRows, 0),
    toFile: () => {
      if (rows.length > 0) closeChunk();
      return compress(new Table(schema, batches));
    },
  };
}

function toBatch(schema: Schema, rows: readonly (readonly ParquetValue[])[]): RecordBatch {
  const children = schema.fields.map(
    (field, at) =>
      vectorFromArray(
        rows.map((row) => row[at] ?? null),
        field.type,
      ).data[0],
  );
  const data = makeData({
    type: new Struct(schema.fields),
    length: rows.length,
    nullCount: 0,
    children: children.filter((child) => child !== undefined),
  });
  return new RecordBatch(schema, data);
}

function compress(table: Table): Uint8Array {
  const properties = new WriterPropertiesBuilder().setCompression(Compression.SNAPPY).build();
  return writeParquet(WasmTable.fromIPCStream(tableToIPC(table, 'stream')), properties);
}
