import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The Trino types that our columns may have; each reader of {@link Query} maps exactly these. */
const trinoTypes = ['varchar', 'bigint', 'double', 'boolean', 'timestamp(3)', 'date'] as const;

/** One of {@link trinoTypes}. */
export type TrinoType = (typeof trinoTypes)[number];

/** One column that a query returns. */
export interface QueryColumn {
  readonly name: string;
  readonly type: TrinoType;
  readonly meaning: string;
}

/** One file of SQL: the question it answers, the columns it returns in order, and the statement itself. */
export interface Query {
  /** The file's name without `.sql`; of a view also its name in the database. */
  readonly name: string;
  readonly question: string;
  readonly columns: readonly QueryColumn[];
  /** A SELECT statement that Athena and DuckDB both run, without a closing semicolon. */
  readonly sql: string;
}

const namePattern = /^[a-z][a-z0-9_]*$/;

/**
 * Reads the named queries, by name.
 * @throws Error with file and line when a file breaks the grammar.
 */
export function readQueries(folder = __dirname): readonly Query[] {
  return readFolder(folder);
}

/**
 * Reads the views, each after the views that it selects from.
 * @throws Error with file and line when a file breaks the grammar, or naming the views that select from each other.
 */
export function readViews(folder = join(__dirname, 'views')): readonly Query[] {
  return inDependencyOrder(readFolder(folder));
}

function readFolder(folder: string): readonly Query[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => parseQuery(relative(process.cwd(), join(folder, file)), readFileSync(join(folder, file), 'utf8')));
}

/**
 * Reads one file: `-- question: …`, then `-- column: name trino_type meaning` lines, then the statement.
 * @throws Error `FILE:LINE: what is wrong`.
 */
export function parseQuery(file: string, text: string): Query {
  const name = file.replace(/^.*[\\/]/, '').replace(/\.sql$/, '');
  const lines = text.split(/\r?\n/);
  if (!namePattern.test(name)) refuse(file, 1, 'the file name must be lower case letters, digits and _, then .sql');
  const question = /^-- question: (\S.*)$/.exec(lines[0] ?? '')?.[1];
  if (question === undefined) refuse(file, 1, 'expected "-- question: …", the question that the query answers');
  const bodyAt = lines.findIndex((line, index) => index > 0 && !line.startsWith('-- column:'));
  const columns = lines.slice(1, bodyAt).map((line, index) => parseColumn(file, index + 2, line));
  if (columns.length === 0) refuse(file, 2, 'expected "-- column: name trino_type meaning", one line per column');
  refuseDoubles(file, columns);
  return { name, question, columns, sql: parseBody(file, bodyAt + 1, lines.slice(bodyAt)) };
}

function parseColumn(file: string, line: number, text: string): QueryColumn {
  const [, name, type, meaning] = /^-- column: (\S+) (\S+) (\S.*)$/.exec(text) ?? [];
  if (name === undefined || type === undefined || meaning === undefined) {
    refuse(file, line, 'expected "-- column: name trino_type meaning", parted by single spaces');
  }
  if (!namePattern.test(name)) refuse(file, line, `column "${name}" must be lower case letters, digits and _`);
  const known = trinoTypes.find((candidate) => candidate === type);
  if (known === undefined) refuse(file, line, `type "${type}" is none of ${trinoTypes.join(', ')}`);
  return { name, type: known, meaning };
}

function refuseDoubles(file: string, columns: readonly QueryColumn[]): void {
  const names = columns.map((column) => column.name);
  const double = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (double >= 0) refuse(file, double + 2, `column "${names[double]}" is declared twice`);
}

function parseBody(file: string, firstLine: number, lines: readonly string[]): string {
  const stray = lines.findIndex((line) => /^\s*--\s*(question|column)\s*:/i.test(line));
  if (stray >= 0) refuse(file, firstLine + stray, 'a header line must stand above the statement, with no gap');
  const sql = lines.join('\n').trim();
  if (!/^(select|with)\b/i.test(sql)) refuse(file, firstLine, 'expected a statement that begins with SELECT or WITH');
  if (sql.endsWith(';')) refuse(file, firstLine + lines.length - 1, 'the statement must not end in a semicolon');
  return sql;
}

function inDependencyOrder(views: readonly Query[]): readonly Query[] {
  const ordered: Query[] = [];
  let waiting = views;
  while (waiting.length > 0) {
    const ready = waiting.filter((view) => !waiting.some((other) => other !== view && selectsFrom(view, other.name)));
    if (ready.length === 0) {
      throw new Error(`These views select from each other: ${waiting.map((view) => view.name).join(', ')}`);
    }
    ordered.push(...ready);
    waiting = waiting.filter((view) => !ready.includes(view));
  }
  return ordered;
}

function selectsFrom(view: Query, name: string): boolean {
  return new RegExp(`\\b(from|join)\\s+"?${name}\\b`, 'i').test(view.sql);
}

function refuse(file: string, line: number, problem: string): never {
  throw new Error(`${file}:${line}: ${problem}`);
}
