import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { columns, type LogicalType } from '../../../../handler/record/schema';
import { prefixes } from '../../../../infra/names';
import type { AwsCall } from '../emulator/aws';

/** A row as it lies in the bucket; times as ISO 8601, big integers as numbers. */
export type Row = Readonly<Record<string, unknown>>;

/** The Parquet files that the stream wrote into the bucket. */
export interface DeliveredRows {
  /** All rows that are there by now. */
  readonly read: () => Promise<readonly Row[]>;
  /** Names and types of the columns of the files, in order. */
  readonly columnTypes: () => Promise<readonly (readonly [string, string])[]>;
  readonly close: () => void;
}

/** DuckDB's type for each logical type of a column. */
export const duckdbTypes: Readonly<Record<LogicalType, string>> = {
  string: 'VARCHAR',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
};

/** Opens the rows of a bucket; files are fetched once each. */
export async function openDeliveredRows(call: AwsCall, bucket: string): Promise<DeliveredRows> {
  const folder = mkdtempSync(join(tmpdir(), 'rows-'));
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  const known = new Set<string>();
  const files = `read_parquet('${folder}/**/*', hive_partitioning = true, hive_types_autocast = false)`;
  const fetch = async () => {
    const keys = await keysBelow(call, bucket, prefixes.rows);
    for (const key of keys.filter((it) => !known.has(it))) {
      mkdirSync(dirname(join(folder, key)), { recursive: true });
      writeFileSync(join(folder, key), await bytesOf(call, bucket, key));
      known.add(key);
    }
    return known.size > 0;
  };
  return {
    read: async () => ((await fetch()) ? rowsOf(connection, `SELECT * FROM ${files}`) : []),
    columnTypes: async () => {
      if (!(await fetch())) throw new Error(`No file lies below ${prefixes.rows} in ${bucket}`);
      const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${files}`);
      return described.getRows().map(([name, type]) => [String(name), String(type)] as const);
    },
    close: () => {
      connection.closeSync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The keys of the objects below a prefix. */
export async function keysBelow(call: AwsCall, bucket: string, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let token: unknown;
  do {
    const page = await call('s3', 'ListObjectsV2', { Bucket: bucket, Prefix: prefix, ContinuationToken: token });
    keys.push(...((page['Contents'] ?? []) as { readonly Key: string }[]).map(({ Key }) => Key));
    token = page['NextContinuationToken'];
  } while (token !== undefined);
  return keys;
}

/** The text of an object. */
export async function textOf(call: AwsCall, bucket: string, key: string): Promise<string> {
  return Buffer.from(await bytesOf(call, bucket, key)).toString();
}

async function bytesOf(call: AwsCall, bucket: string, key: string): Promise<Uint8Array> {
  const { Body } = await call('s3', 'GetObject', { Bucket: bucket, Key: key });
  return (Body as { readonly transformToByteArray: () => Promise<Uint8Array> }).transformToByteArray();
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly Row[]> {
  const result = await connection.runAndReadAll(sql);
  const types = new Map<string, LogicalType>(columns.map(({ name, type }) => [name, type]));
  return result
    .getRowObjectsJson()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, read(value, types.get(name))])));
}

function read(value: unknown, type: LogicalType | undefined): unknown {
  if (value === null) return null;
  if (type === 'bigint') return Number(value);
  if (type === 'timestamp') return new Date(`${String(value).replace(' ', 'T')}Z`).toISOString();
  return value;
}
