import { notificationColumns, statuses } from '../../handler/record/notification';
import { type Column, columns, eventTypes } from '../../handler/record/schema';
import { type Query, readQueries, readViews } from '../../queries/read';
import { code, page, table } from './markdown';

/** `docs/record.md`: both tables, the views, and the named queries. */
export function recordPage(): string {
  return page(
    '# The record',
    'The table `monitor.state` holds one row per state change of a run. Types are those of Athena and Glue; ● marks ' +
      'columns that may be null. Columns are only ever appended.',
    columnTable(columns),
    `\`event_type\` is one of ${eventTypes.map(code).join(', ')}.`,
    'The partition column `dt` (text, `yyyy-MM-dd`) is the day, in UTC, on which the row arrived: filter on it, ' +
      'a day wider on both sides than the `event_time` you ask for, and Athena reads those days only. A change that ' +
      'was delivered twice is in the table twice, with the same `event_id`; the views tell it once.',
    '## The table `notification`',
    'The table `monitor.notification` holds one row per thing that was to be told: an alert, a recovery or a reminder, ' +
      'with what became of it. It is a table over the ledger of alerts, objects of JSON in the bucket, so a row changes ' +
      'while an alert is worked on and stays when it is settled. "Was anyone told?" is a question to it.',
    columnTable(notificationColumns),
    `\`status\` is one of ${statuses.map(code).join(', ')}; all but \`claimed\` are how it ended.`,
    'The partition column `dt` (text, `yyyy-MM-dd`) is the day of `event_time`, in UTC: not that of arrival, as in `state`.',
    '## Views',
    ...readViews().flatMap(viewSection),
    '## Named queries',
    'They are in the Athena workgroup under these names, and in `queries/` as files.',
    ...readQueries().flatMap(viewSection),
  );
}

function columnTable(all: readonly Column[]): string {
  return table(
    ['column', 'type', 'null', 'meaning'],
    all.map(({ name, type, nullable, description }) => [code(name), type, nullable ? '●' : '', description]),
  );
}

function viewSection({ name, question, columns }: Query): readonly string[] {
  return [
    `### ${code(name)}`,
    question,
    table(
      ['column', 'type', 'meaning'],
      columns.map((column) => [code(column.name), column.type, column.meaning]),
    ),
  ];
}
