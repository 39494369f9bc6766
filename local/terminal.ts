import { relative } from 'node:path';
import type { Answer } from './lake';
import { readableMessage } from './slack-text';
import type { Summary } from './summary';
import { harmless, harmlessLine } from './terminal-text';

/** Columns of the reliability table that fit beside each other on a terminal. */
const shownColumns = [
  'service_type',
  'service_name',
  'runs',
  'succeeded',
  'failed',
  'timeouts',
  'success_rate_percent',
];
const shownRows = 10;

/** What is shown at the end of a run. */
export interface Report {
  readonly summary: Summary;
  /** Null when its query failed, which is then among the problems. */
  readonly reliability: Answer | null;
  /** The latest bodies that Slack got. */
  readonly messages: readonly string[];
  readonly out: string;
}

/** The closing page of a run for the terminal. */
export function renderReport({ summary, reliability, messages, out }: Report): string {
  const folder = relative(process.cwd(), out) || '.';
  const sections = [
    ...(messages.length > 0
      ? [heading(`Slack would have got ${summary.messages} messages; the last ${messages.length}`)]
      : []),
    ...messages.map((body) => `${indent(readableMessage(body))}\n`),
    heading('What became of the events'),
    renderNumbers(summary),
    ...(reliability ? [heading('Reliability, worst first'), renderTable(reliability)] : []),
    heading('Where to look next'),
    renderHints(folder, summary),
    ...summary.problems.map((problem) => `\nNot right: ${problem}.`),
  ];
  return harmless(`${sections.join('\n')}\n`);
}

function heading(text: string): string {
  return `\n${text}\n${'─'.repeat(text.length)}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

function renderNumbers(summary: Summary): string {
  const lines: readonly (readonly [string, number, string])[] = [
    ['events read', summary.read, ''],
    ['dropped by the rules', summary.dropped, ''],
    ...counted(summary.dropped_by),
    ...Object.entries(summary.idle_rules).map(
      ([name, why]) => ['rule without events', 0, `${harmlessLine(name)}: ${why}`] as const,
    ),
    ['rows', summary.rows, 'distinct state changes'],
    ['duplicates', summary.duplicates, 'the same change delivered again; the views count it once'],
    ...(summary.corrected > 0
      ? [['corrected', summary.corrected, 'rows written anew: the retry that they tell of never came'] as const]
      : []),
    ['quarantined', summary.quarantined, 'nobody recognised them; each is kept with the reason'],
    ['alerts', summary.alerts, `told in ${summary.messages} messages, with what follows`],
    ['recoveries', summary.recoveries, 'what works again, with its down time'],
    ['reminders', summary.reminders, 'what still fails, with its count'],
    ['suppressed', summary.suppressed, 'repetitions of an alert that was told; each is in the ledger'],
    ['folded', summary.folded, 'failures that are told with their cause'],
    ...(summary.silenced > 0
      ? [['silenced', summary.silenced, 'kept back by a silence or a maintenance window'] as const]
      : []),
    ['dead letters', summary.dead_letters, ''],
    ...counted(summary.dead_letters_by),
  ];
  return lines
    .map(([name, count, note]) => `  ${name.padEnd(22)}${String(count).padStart(7)}   ${note}`.trimEnd())
    .join('\n');
}

/** Counts below the number that they make up, by what they count. */
function counted(counts: Readonly<Record<string, number>>): readonly (readonly [string, number, string])[] {
  return Object.entries(counts).map(([name, count]) => ['', count, harmlessLine(name)]);
}

/** A table with its columns aligned: numbers to the right, texts to the left. */
export function renderTable({ columns, rows }: Answer): string {
  const chosen = shownColumns.filter((column) => columns.includes(column));
  const cells = rows.slice(0, shownRows).map((row) => chosen.map((column) => cell(row[columns.indexOf(column)])));
  const widths = chosen.map((column, at) => Math.max(column.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const isNumeric = chosen.map((_, at) => cells.every((row) => /^[\d.]*$/.test(row[at] ?? '')));
  const line = (texts: readonly string[]) =>
    `  ${texts.map((text, at) => (isNumeric[at] ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0))).join('  ')}`.trimEnd();
  const rest = rows.length > shownRows ? [`  … and ${rows.length - shownRows} more`] : [];
  return rows.length === 0
    ? '  no run has ended in the seven days before the last event'
    : [line(chosen), ...cells.map(line), ...rest].join('\n');
}

function cell(value: unknown): string {
  return value === null || value === undefined ? '' : harmlessLine(String(value));
}

function renderHints(folder: string, summary: Summary): string {
  const hints = [
    ['rows, one Parquet file per delivery', `${folder}/lake/monitor/state/dt=…/`],
    ['every Slack message, exactly', `${folder}/slack.jsonl`],
    ['the messages as Slack shows them', `${folder}/slack.html`],
    ['what became of each alert', `${folder}/lake/monitor/notification/dt=…/`],
    ...(summary.quarantined > 0 ? [['what nobody recognised, and why', `${folder}/quarantine/`]] : []),
    ['what the functions logged', `${folder}/handler.log`],
    ['the Terraform that this ran on', `${folder}/terraform/`],
    ['your own events', 'npm start -- --events FILE_OR_FOLDER --out DIR'],
    ['one event as a record', 'npm run --silent normalise -- FILE'],
  ] as const;
  return hints.map(([what, where]) => `  ${(what ?? '').padEnd(38)}${where}`).join('\n');
}
