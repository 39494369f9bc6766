import { DuckDBInstance } from '@duckdb/node-api';
import { type Notification, notificationColumns } from '../../handler/record/notification';
import { type Column, columns, type LogicalType, type StateRecord } from '../../handler/record/schema';
import { presentOf, trinoOnDuckDb } from '../../local/lake-macros';
import { readViews } from '../../queries/read';

const duckDbTypes: Readonly<Record<LogicalType, string>> = {
  string: 'VARCHAR',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
};

/** Small `state` and `notification` tables with our views above them; `now` is the time of their queries. */
export async function openStateTable(now = '2025-03-10T12:00:00.000Z') {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const statement of [...trinoOnDuckDb, ...presentOf(Date.parse(now))]) await connection.run(statement);
  for (const [table, declared] of [
    ['state', columns],
    ['notification', notificationColumns],
  ] as const) {
    const typed = declared.map(({ name, type }) => `${name} ${duckDbTypes[type]}`);
    await connection.run(`CREATE TABLE ${table} (${typed.join(', ')}, dt VARCHAR)`);
  }
  const replace = async (table: string, rows: readonly string[]) => {
    await connection.run(`DELETE FROM ${table}`);
    if (rows.length > 0) await connection.run(`INSERT INTO ${table} VALUES ${rows.join(', ')}`);
  };
  for (const view of readViews()) await connection.run(`CREATE VIEW ${view.name} AS ${view.sql}`);
  return {
    /** Replaces the rows of `state`, each in the partition of the day on which it was recorded, and empties the ledger. */
    async fill(rows: readonly StateRecord[]): Promise<void> {
      await replace(
        'state',
        rows.map((row) => literals(columns, row, row.recorded_at)),
      );
      await replace('notification', []);
    },
    /** Replaces the rows of `notification`, each in the partition of the day of its state change. */
    fillLedger: async (rows: readonly Notification[]): Promise<void> =>
      replace(
        'notification',
        rows.map((row) => literals(notificationColumns, row, row.event_time)),
      ),
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

function literals<N extends string>(
  declared: readonly (Column & { readonly name: N })[],
  row: Readonly<Record<N, string | number | boolean | null>>,
  time: string,
): string {
  const values = declared.map(({ name }) => literal(row[name]));
  return `(${[...values, literal(time.slice(0, 10))].join(', ')})`;
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

/** What the ledger says of an alert for a state change; what a test does not say has a plain value. */
export function notification(record: StateRecord, said: Partial<Notification> = {}): Notification {
  const nothing = Object.fromEntries(notificationColumns.map(({ name }) => [name, null]));
  const shared = Object.fromEntries(
    Object.entries(record).filter(([name]) => notificationColumns.some((column) => column.name === name)),
  );
  return {
    ...nothing,
    ...shared,
    alert_id: `alert of ${record.event_id}`,
    kind: 'alert',
    status: 'sent',
    route: 'default',
    channel: 'slack_webhook',
    severity: 'error',
    tries: 1,
    claimed_by: 'somebody',
    claimed_at: record.recorded_at,
    lease_until: record.recorded_at,
    record: '{}',
    ...said,
  } as Notification;
}
