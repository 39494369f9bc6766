import type { Deployment } from './deployment';
import type { PipelineFigures } from './figures';
import type { Lake } from './lake';
import { countTold, type Told, untoldOf } from './told';
import { findWeaknesses } from './weaknesses';

/** The closing numbers of a run, as `summary.json` keeps them. */
export interface Summary extends Told {
  readonly read: number;
  readonly dropped: number;
  /** By "source: detail-type". */
  readonly dropped_by: Readonly<Record<string, number>>;
  /** Rules that match nothing, with the reason. */
  readonly idle_rules: Readonly<Record<string, string>>;
  /** Distinct state changes in the lake. */
  readonly rows: number;
  /** Rows beyond the first of a state change that was delivered more than once. */
  readonly duplicates: number;
  /** Rows of failed attempts that were written anew because their retry never came. */
  readonly corrected: number;
  readonly quarantined: number;
  /** Messages that Slack would have got; one may tell of many alerts. */
  readonly messages: number;
  readonly dead_letters: number;
  readonly dead_letters_by: Readonly<Record<string, number>>;
  /** What the topic refused, such as an event above its size limit, by reason. */
  readonly refused_by: Readonly<Record<string, number>>;
  readonly unconverted_records: number;
  /** Values of rows that no column of the table takes, by "table: key". */
  readonly values_without_column_by: Readonly<Record<string, number>>;
  readonly failed_invocations: number;
  /** Why the numbers do not fit; empty when they do. */
  readonly problems: readonly string[];
}

/** Counts rows in the lake and puts all numbers together. */
export async function summarise(
  lake: Lake,
  figures: PipelineFigures,
  counted: { read: number; messages: number; deployment: Deployment },
): Promise<Summary> {
  const answer = await lake.query('SELECT count(*) AS all_rows, count(DISTINCT event_id) AS distinct_rows FROM state');
  const [allRows = 0, rows = 0] = (answer.rows[0] ?? []).map(Number);
  const corrected = figures.metrics.RowsCorrected ?? 0;
  const numbers = {
    read: counted.read,
    dropped: sum(figures.dropped),
    dropped_by: byCount(figures.dropped),
    idle_rules: Object.fromEntries(
      counted.deployment.rules.flatMap(({ name, idle }) => (idle === null ? [] : [[name, idle] as const])),
    ),
    rows,
    duplicates: allRows - rows - corrected,
    corrected,
    quarantined: figures.quarantined,
    messages: counted.messages,
    ...(await countTold(lake, counted.deployment)),
    dead_letters: sum(figures.deadLetters),
    dead_letters_by: byCount(figures.deadLetters),
    refused_by: byCount(figures.refused),
    unconverted_records: figures.unconverted,
    values_without_column_by: byCount(figures.droppedKeys),
    failed_invocations: figures.faults,
  };
  const problems = [...problemsOf(numbers, figures), ...findWeaknesses(counted.deployment)];
  return { ...numbers, problems: [...problems, ...(await findBrokenSql(lake, counted.deployment))] };
}

/** Every event must have become a row or a duplicate, be dropped by a rule or quarantined, and no letter may be dead. */
function problemsOf(numbers: Omit<Summary, 'problems'>, { expired, undelivered }: PipelineFigures): readonly string[] {
  const { read, dropped, quarantined, rows, duplicates } = numbers;
  const found = dropped + quarantined + rows + duplicates;
  const sum = `read ${read}, but dropped ${dropped} + quarantined ${quarantined} + rows ${rows} + duplicates ${duplicates} = ${found}`;
  const counts: readonly (readonly [count: number, what: string])[] = [
    [read - found, `missing: ${sum}`],
    [found - read, `too many: ${sum}`],
    [numbers.dead_letters, 'in dead-letter queues'],
    ...Object.entries(numbers.refused_by).map(([reason, count]) => [count, `refused by the topic: ${reason}`] as const),
    ...[...undelivered].map(([reason, count]) => [count, `lost by the topic: ${reason}`] as const),
    [numbers.unconverted_records, 'refused by the conversion to Parquet; they lie under the error prefix'],
    ...Object.entries(numbers.values_without_column_by).map(
      ([key, count]) => [count, `values without a column in the Glue table, dropped by Firehose: ${key}`] as const,
    ),
    ...untoldOf(numbers),
    [expired, 'dropped by a queue after its whole retention'],
  ];
  return counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}

/** Asks every view and every named query once: on AWS nobody would until they are needed. */
async function findBrokenSql(lake: Lake, { views, queries }: Deployment): Promise<readonly string[]> {
  const statements = [
    // A hash reads every column of every row, and brings back one number.
    ...views.map(({ name }) => [`view ${name}`, `SELECT bit_xor(hash(v)) FROM "${name}" AS v`] as const),
    ...queries.map(({ name, sql }) => [`named query ${name}`, sql] as const),
  ];
  const broken: string[] = [];
  for (const [what, sql] of statements) {
    try {
      await lake.query(sql);
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
      broken.push(`the ${what} fails: ${reason}`);
    }
  }
  return broken;
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function byCount(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}
