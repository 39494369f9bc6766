import type { PipelineFigures } from './figures';
import type { Lake } from './lake';

/** The closing numbers of a run, as `summary.json` keeps them. */
export interface Summary {
  readonly read: number;
  readonly dropped: number;
  /** By "source: detail-type". */
  readonly dropped_by: Readonly<Record<string, number>>;
  /** Distinct state changes in the lake. */
  readonly rows: number;
  /** Rows beyond the first of a state change that was delivered more than once. */
  readonly duplicates: number;
  readonly quarantined: number;
  /** Messages that Slack would have got. */
  readonly alerts: number;
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
  counted: { read: number; alerts: number },
): Promise<Summary> {
  const answer = await lake.query('SELECT count(*) AS all_rows, count(DISTINCT event_id) AS distinct_rows FROM state');
  const [allRows = 0, rows = 0] = (answer.rows[0] ?? []).map(Number);
  const numbers = {
    read: counted.read,
    dropped: sum(figures.dropped),
    dropped_by: byCount(figures.dropped),
    rows,
    duplicates: allRows - rows,
    quarantined: figures.quarantined,
    alerts: counted.alerts,
    dead_letters: sum(figures.deadLetters),
    dead_letters_by: byCount(figures.deadLetters),
    refused_by: byCount(figures.refused),
    unconverted_records: figures.unconverted,
    values_without_column_by: byCount(figures.droppedKeys),
    failed_invocations: figures.faults,
  };
  return { ...numbers, problems: problemsOf(numbers, figures.expired) };
}

/** Every event must have become a row or a duplicate, be dropped by a rule or quarantined, and no letter may be dead. */
function problemsOf(numbers: Omit<Summary, 'problems'>, expired: number): readonly string[] {
  const { read, dropped, quarantined, rows, duplicates } = numbers;
  const found = dropped + quarantined + rows + duplicates;
  const sum = `read ${read}, but dropped ${dropped} + quarantined ${quarantined} + rows ${rows} + duplicates ${duplicates} = ${found}`;
  const counts: readonly (readonly [count: number, what: string])[] = [
    [read - found, `missing: ${sum}`],
    [found - read, `too many: ${sum}`],
    [numbers.dead_letters, 'in dead-letter queues'],
    ...Object.entries(numbers.refused_by).map(([reason, count]) => [count, `refused by the topic: ${reason}`] as const),
    [numbers.unconverted_records, 'refused by the conversion to Parquet; they lie under the error prefix'],
    ...Object.entries(numbers.values_without_column_by).map(
      ([key, count]) => [count, `values without a column in the Glue table, dropped by Firehose: ${key}`] as const,
    ),
    [expired, 'dropped by a queue after its whole retention'],
  ];
  return counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function byCount(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}
