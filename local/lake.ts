import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Deployment, View } from './deployment';
import { presentOf, trinoOnDuckDb } from './lake-macros';
import { type TableFiles, tableSql } from './lake-table';

/** The answer to a statement: values as DuckDB writes them in JSON, big integers and times as text. */
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** The tables and views of the Terraform over the local files, asked in Athena's SQL. */
export interface Lake {
  readonly query: (sql: string) => Promise<Answer>;
  /** Runs a named query of the Terraform. @throws Error naming those that there are when there is none of that name. */
  readonly run: (name: string) => Promise<Answer>;
  readonly close: () => void;
}

/** What a lake is opened over. */
export interface LakeOptions extends TableFiles {
  readonly deployment: Pick<Deployment, 'tables' | 'views' | 'queries'>;
}

/** Small on purpose: beyond its memory DuckDB writes to disk, so a large lake does not need a large machine. */
const limits = {
  memory_limit: '256MB',
  threads: '2',
  preserve_insertion_order: 'false',
  temp_directory: join(tmpdir(), `datalake-monitoring-${process.pid}`),
};

/** Opens the lake. @throws Error naming the view that cannot be created or whose columns are not as declared. */
export async function openLake({ deployment, pathOf, now }: LakeOptions): Promise<Lake> {
  const instance = await DuckDBInstance.create(':memory:', limits);
  const connection = await instance.connect();
  for (const statement of [
    ...trinoOnDuckDb,
    ...presentOf(now),
    ...deployment.tables.map((it) => tableSql(it, { pathOf, now })),
  ]) {
    await connection.run(statement);
  }
  await createViews(connection, deployment.views);
  const query = (sql: string) => ask(connection, sql);
  return {
    query,
    run: async (name) => query(findQuery(deployment, name)),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function ask(connection: DuckDBConnection, sql: string): Promise<Answer> {
  const reader = await connection.runAndReadAll(sql);
  return { columns: reader.columnNames(), rows: reader.getRowsJson() };
}

function findQuery({ queries }: LakeOptions['deployment'], name: string): string {
  const query = queries.find((it) => it.name === name);
  if (!query) {
    throw new Error(
      `Terraform: there is no aws_athena_named_query ${name}; there are ${queries.map((it) => it.name).join(', ')}`,
    );
  }
  return query.sql;
}

/** Views may select from each other, in any order: what cannot be created yet is tried again after the others. */
async function createViews(connection: DuckDBConnection, views: readonly View[]): Promise<void> {
  let waiting = views;
  let reasons: string[] = [];
  while (waiting.length > 0) {
    const failed: View[] = [];
    reasons = [];
    for (const view of waiting) {
      try {
        await createView(connection, view);
      } catch (error) {
        failed.push(view);
        reasons.push(`view ${view.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    if (failed.length === waiting.length) {
      throw new Error(`Terraform: ${reasons.join('; ')}`);
    }
    waiting = failed;
  }
}

async function createView(connection: DuckDBConnection, view: View): Promise<void> {
  await connection.run(`CREATE OR REPLACE VIEW "${view.name}" AS ${view.sql}`);
  const { rows } = await ask(connection, `DESCRIBE "${view.name}"`);
  const names = rows.map(([name]) => String(name));
  if (names.join() !== view.columns.join()) {
    throw new Error(`it is stale: its SQL returns ${names.join(', ')}, but it declares ${view.columns.join(', ')}`);
  }
}
