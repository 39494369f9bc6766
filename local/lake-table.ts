import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GlueType, PartitionKey, Table, TableFormat } from './deployment';
import { isProjected } from './projection';

/** Where the files of tables are, and when they are looked at. */
export interface TableFiles {
  /** The folder or file that stands for a key of the bucket. */
  readonly pathOf: (key: string) => string;
  /** What `now()` and `current_date` say, milliseconds since the epoch. */
  readonly now: number;
}

const duckDbTypes: { readonly [T in GlueType]: string } = {
  string: 'VARCHAR',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
};

/** Makes a table of the Terraform in DuckDB: it reads its files by name of column, as Athena does; without files it is empty. */
export function tableSql(table: Table, { pathOf, now }: TableFiles): string {
  const keys = table.partitionKeys.map(({ name }) => ({ name, type: 'string' as const }));
  const columns = [...table.columns, ...keys];
  const { ending } = formats[table.format];
  const folders = partitionFolders(pathOf(table.prefix.replace(/\/$/, '')), table.partitionKeys, { ending, now });
  if (folders.length === 0) {
    const declared = columns.map(({ name, type }) => `"${name}" ${duckDbTypes[type]}`);
    return `CREATE TABLE "${table.name}" (${declared.join(', ')})`;
  }
  const selected = columns.map(({ name, type }) => `CAST("${name}" AS ${duckDbTypes[type]}) AS "${name}"`);
  const files = folders.map((folder) => `'${folder.replace(/'/g, "''")}/*${ending}'`).join(', ');
  const { kind, source } = formats[table.format];
  return `CREATE ${kind} "${table.name}" AS SELECT ${selected.join(', ')} FROM ${source(`[${files}]`, table)}`;
}

const hive = 'hive_partitioning = true, hive_types_autocast = false';

/**
 * How DuckDB reads the files of each format. JSON lines, of which every object is a file of its own, are read once, as
 * texts first: a value that is none of its column's type is an error that names it, as in Athena.
 */
const formats: Readonly<
  Record<TableFormat, { ending: string; kind: string; source: (files: string, table: Table) => string }>
> = {
  parquet: { ending: '.parquet', kind: 'VIEW', source: (files) => `read_parquet(${files}, ${hive})` },
  'json-lines': {
    ending: '.json',
    kind: 'TABLE',
    source: (files, { columns }) => {
      const texts = columns.map(({ name }) => `"${name}": 'VARCHAR'`).join(', ');
      return `read_json(${files}, ${hive}, format = 'newline_delimited', columns = {${texts}})`;
    },
  },
};

/** The folders with files of the partitions that the table projects: Athena looks nowhere else. */
function partitionFolders(
  folder: string,
  keys: readonly PartitionKey[],
  only: { readonly ending: string; readonly now: number },
): readonly string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const [key, ...inner] = keys;
  if (!key) {
    return names.some((name) => name.endsWith(only.ending)) ? [folder] : [];
  }
  return names
    .filter((name) => name.startsWith(`${key.name}=`) && isProjected(key, name.slice(key.name.length + 1), only.now))
    .flatMap((name) => partitionFolders(join(folder, name), inner, only));
}
