import { DuckDBInstance } from '@duckdb/node-api';
import { columns, type LogicalType, type StateRecord } from '../../handler/record/schema';
import { presentOf, trinoOnDuckDb } from '../../local/lake-macros';
import { readViews } from '../../queries/read';

const duckDbTypes: Readonly<Record<LogicalType, string>> = {
  string: 'VARCHAR',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
};

/** A small `state` table with our views above it; `now` is the time of its queries. */
export async function openStateTable(now = '2025-03-10T12:00:00.000Z') {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const statement of [...trinoOnDuckDb, ...presentOf(Date.parse(now))]) await connection.run(statement);
  const declared = columns.map(({ name, type }) => `${name} ${duckDbTypes[type]}`);
  await connection.run(`CREATE TABLE state (${declared.join(', ')}, dt VARCHAR)`);
  for (const view of readViews()) await connection.run(`CREATE VIEW ${view.name} AS ${view.sql}`);
  return {
    /** Replaces the table's rows, each in the partition of the day on which it was recorded. */
    async fill(rows: readonly StateRecord[]): Promise<void> {
      await connection.run('DELETE FROM state');
      if (rows.length > 0) await connection.run(`INSERT INTO state VALUES ${rows.map(literals).join(', ')}`);
    },
    /** The rows of a query, numbers as numbers and timestamps as ISO texts. */
    async rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
      const result = await connection.runAndReadAll(sql);
      return result.getRowObjectsJS().map((row) => Object.fromEntries(Object.entries(row).map(plain)));
    },
    close: () => connection.closeSync(),
  };
}

/** An open table of {@link openStateTable}. */
export type StateTable = Awaited<ReturnType<typeof openStateTable>>;

function literals(row: StateRecord): string {
  const values = columns.map(({ name }) => literal(row[name]));
  return `(${[...values, literal(row.recorded_at.slice(0, 10))].join(', ')})`;
}

function literal(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function plain([name, value]: [string, unknown]): [string, unknown] {
  if (typeof value === 'bigint') return [name, Number(value)];
  return [name, value instanceof Date ? value.toISOString() : value];
}

let written = 0;

/** A state change of the run `jr_1` of the Glue job `orders_daily`; what a test does not say has a plain value. */
export function change(said: Partial<StateRecord>): StateRecord {
  written += 1;
  const eventTime = said.event_time ?? '2025-03-10T06:00:00.000Z';
  const nothing = Object.fromEntries(columns.map(({ name }) => [name, null]));
  return {
    ...nothing,
    event_id: `event-${String(written).padStart(6, '0')}`,
    event_time: eventTime,
    service_type: 'glue_job',
    service_name: 'orders_daily',
    service_request_id: 'jr_1',
    event_type: 'succeeded',
    source_state: (said.event_type ?? 'succeeded').toUpperCase(),
    account_id: '111122223333',
    region: 'eu-west-1',
    captured_by: 'event',
    recorded_at: eventTime,
    ...said,
  } as StateRecord;
}
