import type { Notice } from '../decide/notice';
import { calling, restOf, timesOf, titleOf, whereAllIs } from './group';
import { linesOf, namesOf, taskLines } from './lines';
import { mrkdwn } from './mrkdwn';
import { oneLine } from './printable';
import { besideSummary, summary } from './sentences';
import { linkTarget, mentionsIn } from './sequence';

/** What a workflow's webhook takes: flat, and every value a text. The names are those of the old monitor's workflow. */
export interface WorkflowMessage {
  readonly service: string;
  readonly service_name: string;
  readonly service_id: string;
  readonly exception_details: string;
  readonly time_stamp: string;
}

const limit = 2_000;

/** What is told in the five fields that existing workflows know; what happened stands in front of the details. */
export function workflowMessage(notices: readonly Notice[]): WorkflowMessage {
  const [notice] = notices;
  if (notice === undefined) throw new TypeError('A message without a notice');
  return notices.length === 1 ? aboutOne(notice) : aboutMany(notices, notice);
}

function aboutOne(notice: Notice): WorkflowMessage {
  const { record, kind } = notice;
  const details = kind === 'recovery' ? null : record.exception_details;
  return {
    ...identityOf([notice]),
    service_name: mrkdwn(oneLine(record.service_name), limit),
    exception_details: fitted([
      `${front([notice])}${mrkdwn(summary(notice), 1_200)}`,
      ...besideSummary(notice, mrkdwnTime),
      ...asides([notice]),
      ...(details ? [{ rest: details }] : []),
    ]),
    time_stamp: mrkdwn(record.event_time, limit),
  };
}

function aboutMany(notices: readonly Notice[], worst: Notice): WorkflowMessage {
  const tasks = taskLines(notices);
  const lines = linesOf(tasks.slice(0, 20)).map((line) => line.replace(/ {2}<.*$/s, ''));
  const head = [`${front(notices)}${mrkdwn(titleOf(notices), 400)}`, timesOf(notices, mrkdwnTime), whereAllIs];
  const asided = asides(notices);
  let shown = lines.length;
  const text = () => [
    ...head,
    ...lines.slice(0, shown),
    ...(shown < tasks.length ? [restOf(tasks.slice(shown))] : []),
    ...asided,
  ];
  while (shown > 0 && text().join('\n').length > limit) shown--;
  return {
    ...identityOf(notices),
    service_name: mrkdwn(namesOf(tasks), limit),
    exception_details: fitted(text()),
    time_stamp: mrkdwn(worst.record.event_time, limit),
  };
}

function identityOf(notices: readonly Notice[]) {
  const services = [...new Set(notices.map(({ record }) => oneLine(record.service_type)))];
  const runs = [...new Set(notices.slice(0, 100).map(({ record }) => oneLine(record.service_request_id)))];
  return { service: mrkdwn(services.join(', '), limit), service_id: mrkdwn(runs.join(', '), limit) };
}

function front(notices: readonly Notice[]): string {
  const mentions = mentionsIn(calling(notices));
  return mentions === '' ? '' : `${mentions} `;
}

/** What else the reader should know, and where it is written what to do. */
function asides(notices: readonly Notice[]): readonly string[] {
  const notes = [...new Set(notices.flatMap(({ note }) => note ?? []))].slice(0, 2);
  const runbooks = [...new Set(notices.flatMap(({ route }) => linkTarget(route.runbook ?? '') ?? []))];
  return [
    ...notes.map((note) => mrkdwn(note, 200)),
    ...(runbooks.length === 1 && String(runbooks[0]).length <= 300 ? [`Runbook: ${runbooks[0]}`] : []),
  ];
}

function mrkdwnTime(instant: string): string {
  return mrkdwn(instant, 100);
}

/** Lines of mrkdwn in one text of the field's length: those that do not fit are left out, a rest is cut. */
function fitted(lines: readonly (string | { readonly rest: string })[]): string {
  let text = '';
  for (const line of lines) {
    const room = limit - text.length - (text === '' ? 0 : 1);
    const next = typeof line === 'string' ? line : room > 1 ? mrkdwn(line.rest, room) : '';
    if (next !== '' && next.length <= room) text += (text === '' ? '' : '\n') + next;
  }
  return text;
}
