import type { Lake } from './lake';
import type { PipelineFigures } from './pipeline';

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
    failed_invocations: figures.faults,
  };
  return { ...numbers, problems: problemsOf(numbers, figures.expired) };
}

/** Every event must have become a row or a duplicate, be dropped by a rule or quarantined, and no letter may be dead. */
function problemsOf(numbers: Omit<Summary, 'problems'>, expired: number): readonly string[] {
  const { read, dropped, quarantined, rows, duplicates, dead_letters, refused_by, unconverted_records } = numbers;
  const found = dropped + quarantined + rows + duplicates;
  const gap = Math.abs(read - found);
  const refused = Object.entries(refused_by);
  return [
    ...(gap > 0
      ? [
          `${gap} ${gap === 1 ? 'event is' : 'events are'} ${found < read ? 'missing' : 'too many'}: read ${read}, but ` +
            `dropped ${dropped} + quarantined ${quarantined} + rows ${rows} + duplicates ${duplicates} = ${found}`,
        ]
      : []),
    ...(dead_letters > 0 ? [`${dead_letters} messages ended in dead-letter queues`] : []),
    ...refused.map(([reason, count]) => `the topic refused ${count}: ${reason}`),
    ...(unconverted_records > 0 ? [`Firehose could not convert ${unconverted_records} records`] : []),
    ...(expired > 0 ? [`${expired} messages outlived the retention of their queue`] : []),
  ];
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function byCount(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}
