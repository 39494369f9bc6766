import { taskIdentity } from '../../record/identity';
import type { Notice } from '../decide/notice';
import { code, mrkdwn } from './mrkdwn';
import { cut, oneLine } from './printable';
import { briefly } from './sentences';
import { linkTo } from './sequence';
import { sign, urgency } from './sign';
import { counted, serviceWords, verb } from './words';

/** A task that something is told of, however often. */
export interface TaskLine {
  /** The first of its notices, which is the worst. */
  readonly notice: Notice;
  readonly count: number;
  /** How often it did what. */
  readonly verbs: ReadonlyMap<string, number>;
  /** Runs that failed because of these and are told with them. */
  readonly folded: number;
}

/** One link of a line may have so many UTF-16 units; a longer one is left out. */
const longestLink = 400;

const doubts = {
  final: '',
  unknown: ' _Retries are unknown._',
  'never-retried': ' _The retry did not start._',
} as const;

/** So many names stand in a notification. */
const mostNames = 3;

/** Tasks with what is told of them, in the order of the notices; of equally bad ones first those with more. */
export function taskLines(notices: readonly Notice[]): readonly TaskLine[] {
  const tasks = new Map<string, [Notice, ...Notice[]]>();
  for (const notice of notices) {
    const key = `${notice.kind} ${taskIdentity(notice.record)}`;
    const known = tasks.get(key);
    if (known) known.push(notice);
    else tasks.set(key, [notice]);
  }
  const lines = [...tasks.values()].map(lineOf);
  const places = new Map<string, number>();
  for (const { notice } of lines) if (!places.has(classOf(notice))) places.set(classOf(notice), places.size);
  const placeOf = ({ notice }: TaskLine) => places.get(classOf(notice)) ?? 0;
  return lines.sort((a, b) => placeOf(a) - placeOf(b) || b.count - a.count);
}

/** Each as one line of mrkdwn; account and region where they differ. */
export function linesOf(tasks: readonly TaskLine[]): readonly string[] {
  const isElsewhere = new Set(tasks.map(({ notice }) => placeWords(notice))).size > 1;
  return tasks.map((task) => textOf(task, isElsewhere));
}

/** The first names, unescaped: `orders_daily ×20, customers and 10 more`. */
export function namesOf(tasks: readonly TaskLine[]): string {
  const names = tasks.slice(0, mostNames).map(({ notice, count }) => {
    const name = cut(oneLine(notice.record.service_name), 60);
    return count > 1 ? `${name} ×${count}` : name;
  });
  const more = tasks.length > mostNames ? ` and ${tasks.length - mostNames} more` : '';
  return names.join(', ') + more;
}

/** Notices of one class are equally bad. */
function classOf(notice: Notice): string {
  return `${notice.kind} ${sign(notice)} ${urgency(notice)}`;
}

function lineOf(notices: readonly [Notice, ...Notice[]]): TaskLine {
  const [notice] = notices;
  const verbs = new Map<string, number>();
  for (const it of notices) verbs.set(verb(it), (verbs.get(verb(it)) ?? 0) + 1);
  const folded = notices.reduce((sum, it) => sum + (it.kind === 'alert' ? it.folded.length : 0), 0);
  return { notice, count: notices.length, verbs, folded };
}

function textOf({ notice, verbs, folded }: TaskLine, isElsewhere: boolean): string {
  const { record, route, kind } = notice;
  const did = [...verbs].slice(0, 4).map(([word, count]) => (count > 1 ? `${word} ×${count}` : word));
  const what = `${mrkdwn(serviceWords(record), 60)} ${code(oneLine(record.service_name), 130)} ${did.join(', ')}`;
  const where = isElsewhere ? ` (${mrkdwn(oneLine(placeWords(notice)), 60)})` : '';
  const why = mrkdwn(briefly(notice).replace(/\s+/g, ' '), 140);
  const doubt = kind === 'alert' ? doubts[notice.finality] : '';
  const over = kind === 'alert' && notice.overtaken?.hasFailedSince === false ? ' _It has worked again._' : '';
  const inside = folded > 0 ? ` (and ${counted(folded, 'run')} that failed because of it)` : '';
  const links = [linkTo(record.console_url, 'open'), linkTo(route.runbook, 'runbook')].filter(
    (link) => link !== null && link.length <= longestLink,
  );
  const mark = urgency(notice) === '' ? '' : '*CRITICAL* ';
  return [`${sign(notice)} ${mark}${what}${where}${inside}${why}${doubt}${over}`, ...links].join('  ');
}

function placeWords({ record }: Notice): string {
  return `${record.account_id} ${record.region}`;
}
