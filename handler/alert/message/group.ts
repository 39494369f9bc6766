import type { KnownBlock } from '@slack/types';
import type { Notice } from '../decide/notice';
import { linesOf, namesOf, type TaskLine, taskLines } from './lines';
import { plain } from './mrkdwn';
import { localTime, mentionsIn } from './sequence';
import { sign, urgency } from './sign';
import { noteBlocks } from './single';
import { limits, markdown } from './text';
import { counted } from './words';

/** A message of more is read by nobody, and Slack refuses one whose blocks are too long together. */
const most = { lines: 40, sections: 3 } as const;

/** Where all is to be found that a message only counts. */
export const whereAllIs =
  'All failures: the named query `failures` in Athena. What was told of each: the table `monitor.notification`.';

/** The blocks about several things: how many, the worst first with counts per task, and where all are. */
export function blocksOfMany(notices: readonly Notice[]): readonly KnownBlock[] {
  const tasks = taskLines(notices);
  const { sections, shown } = packed(linesOf(tasks.slice(0, most.lines)));
  const mentions = mentionsIn(calling(notices));
  const notes = [...new Set(notices.map(({ note }) => note))];
  return [
    { type: 'header', text: { type: 'plain_text', text: plain(titleOf(notices), limits.header) } },
    ...(mentions === '' ? [] : [section(mentions)]),
    ...sections.map(section),
    ...(shown < tasks.length ? [section(restOf(tasks.slice(shown)))] : []),
    { type: 'context', elements: [markdown(`${timesOf(notices, localTime)}  ·  ${whereAllIs}`)] },
    ...notes.slice(0, 5).flatMap(noteBlocks),
  ];
}

/** How many of what: `🔴 CRITICAL: 37 failures of 12 tasks, 2 recoveries`. */
export function titleOf(notices: readonly Notice[]): string {
  const [worst] = notices;
  const urgent = notices.map(urgency).find((it) => it !== '') ?? '';
  const numbers = [
    troubles(notices.filter(({ kind }) => kind === 'alert')),
    of(notices, 'reminder', 'reminder'),
    of(notices, 'recovery', 'recovery', 'recoveries'),
  ];
  return `${worst ? sign(worst) : ''} ${urgent}${numbers.filter((it) => it !== '').join(', ')}`;
}

/** The same with the first names, unescaped: what a notification shows. */
export function summaryOfMany(notices: readonly Notice[]): string {
  return `${titleOf(notices)}: ${namesOf(taskLines(notices))}`;
}

/** Who is called: good news call nobody. */
export function calling(notices: readonly Notice[]) {
  return notices.filter(({ kind }) => kind !== 'recovery').map(({ route }) => route);
}

/** `… and 25 more tasks (812 times)`. */
export function restOf(rest: readonly TaskLine[]): string {
  return `… and ${counted(rest.length, 'more task', 'more tasks')} (${counted(total(rest), 'time')})`;
}

function troubles(alerts: readonly Notice[]): string {
  if (alerts.length === 0) return '';
  const areFailures = alerts.every(({ eventType }) => eventType === 'failed' || eventType === 'timeout');
  return `${counted(alerts.length, areFailures ? 'failure' : 'alert')} of ${counted(taskLines(alerts).length, 'task')}`;
}

function of(notices: readonly Notice[], kind: Notice['kind'], one: string, many?: string): string {
  const { length } = notices.filter((it) => it.kind === kind);
  return length === 0 ? '' : counted(length, one, many);
}

function total(tasks: readonly TaskLine[]): number {
  return tasks.reduce((sum, { count }) => sum + count, 0);
}

/** As many lines as fit, in texts that each fit a section. */
function packed(lines: readonly string[]): { readonly sections: readonly string[]; readonly shown: number } {
  const sections: string[] = [];
  let shown = 0;
  for (const line of lines) {
    const last = sections.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= limits.section) {
      sections[sections.length - 1] = `${last}\n${line}`;
    } else if (sections.length < most.sections) {
      sections.push(line);
    } else {
      break;
    }
    shown++;
  }
  return { sections, shown };
}

/** Between which instants it happened. */
export function timesOf(notices: readonly Notice[], time: (instant: string) => string): string {
  const times = notices.map(({ record }) => record.event_time).sort();
  const [first = '', last = ''] = [times[0], times.at(-1)];
  return first === last ? time(first) : `${time(first)} to ${time(last)}`;
}

function section(text: string): KnownBlock {
  return { type: 'section', text: markdown(text) };
}
