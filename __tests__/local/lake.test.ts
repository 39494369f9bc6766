import { type Lake, openLake } from '../../local/lake';
import { trinoOnDuckDb } from '../../local/lake-macros';
import { readQueries, readViews } from '../../queries/read';

const state = {
  database: 'monitor',
  name: 'state',
  prefix: 'monitor/state/',
  format: 'parquet' as const,
  partitionKeys: [{ name: 'dt', format: 'yyyy-MM-dd', range: ['2026-01-01', 'NOW+1DAY'] as const }],
  columns: [{ name: 'service_name', type: 'string' as const }],
};
const pathOf = () => '/nowhere';
let lake: Lake | null = null;
afterEach(() => lake?.close());

async function openWith(views: readonly { name: string; sql: string; columns: readonly string[] }[]): Promise<Lake> {
  const queries = [{ name: 'names', sql: 'SELECT service_name AS name FROM state' }];
  lake = await openLake({ deployment: { tables: [state], views, queries }, pathOf, now: Date.UTC(2026, 2, 1, 12, 30) });
  return lake;
}

test('views may select from views that stand behind them', async () => {
  const names = { name: 'names', sql: 'SELECT service_name AS name FROM tasks', columns: ['name'] };
  const tasks = { name: 'tasks', sql: 'SELECT service_name AS service_name FROM state', columns: ['service_name'] };

  const { rows } = await (await openWith([names, tasks])).query('SELECT * FROM names');

  expect(rows).toEqual([]);
});

test.each([
  ['a column that is not there', 'SELECT task AS task FROM state', /view broken: .*task/],
  [
    'other columns than it declares',
    'SELECT service_name AS name FROM state',
    /it is stale: its SQL returns name, but it declares task/,
  ],
])('a view with %s is told by its name', async (_what, sql, message) => {
  await expect(openWith([{ name: 'broken', sql, columns: ['task'] }])).rejects.toThrow(message);
});

test('the present of SQL is that of the virtual clock', async () => {
  const { rows } = await (await openWith([])).query(
    "SELECT CAST(now() AS timestamp) AS n, current_date - interval '1' day AS y",
  );

  expect(rows).toEqual([['2026-03-01 12:30:00', '2026-02-28 00:00:00']]);
});

test.each([
  ["date_format(TIMESTAMP '2026-03-01 09:05:07', '%Y-%m-%d %H:%i:%s')", '2026-03-01 09:05:07'],
  ["date_diff('hour', TIMESTAMP '2026-03-01 09:59:00', TIMESTAMP '2026-03-01 10:01:00')", '0'],
  ['7 / 2', 3],
])('%s is what Trino says', async (expression, expected) => {
  const { rows } = await (await openWith([])).query(`SELECT ${expression} AS value`);

  expect(rows).toEqual([[expected]]);
});

test('what is translated for DuckDB is used by a query or a view', () => {
  const names = trinoOnDuckDb.flatMap((statement) => /^CREATE MACRO (\w+)/.exec(statement)?.[1] ?? []);
  const sql = [...readQueries(), ...readViews()].map((query) => query.sql).join('\n');

  expect(names.filter((name) => !sql.includes(`${name}(`))).toEqual([]);
});

test('a named query is found by its name; another is told, with those that there are', async () => {
  const opened = await openWith([]);

  expect((await opened.run('names')).columns).toEqual(['name']);
  await expect(opened.run('worst')).rejects.toThrow('there is no aws_athena_named_query worst; there are names');
});
