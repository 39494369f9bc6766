import type { StateRecord } from '../../record/schema';
import type { AlertNotice, Notice, RecoveryNotice, ReminderNotice } from '../decide/notice';
import { code, mrkdwn } from './mrkdwn';
import { oneLine } from './printable';
import { linkTo } from './sequence';
import { isFailure, urgency } from './sign';
import { attemptsOf, counted, durationWords, headline, ordinal, reason, serviceWords } from './words';

/** Writes an instant, ISO 8601, for those who read the message. */
type Time = (instant: string) => string;

/** So many runs that failed because of this one are named. */
const mostFolded = 5;

/** What is told, in one unescaped line: for a notification, and in front of everything else. */
export function summary(notice: Notice): string {
  const line = `${urgency(notice)}${headline(notice)}${briefly(notice)}`;
  return notice.kind === 'reminder' ? `${line}. ${reason(notice.record)}` : line;
}

/** What follows on what a task did, unescaped: why, or how long, or how often. */
export function briefly(notice: Notice): string {
  switch (notice.kind) {
    case 'recovery':
      return ` after ${downTime(notice)}`;
    case 'reminder':
      return `: ${again(notice)} since ${notice.since.slice(0, 16).replace('T', ' ')} UTC`;
    default:
      return `: ${reason(notice.record)}`;
  }
}

/** What else there is to say, as mrkdwn, a sentence each; `time` writes an instant. */
export function sentences(notice: Notice, time: Time): readonly string[] {
  switch (notice.kind) {
    case 'recovery':
      return [
        notice.failures === 0
          ? `The trouble lasted ${durationWords(notice.downMs)}.`
          : `It was down for ${durationWords(notice.downMs)}, with ${counted(notice.failures, 'failure')}.`,
      ];
    case 'reminder':
      return [`${again(notice)} since ${time(notice.since)}.`, ...sinceWhen(notice, time)];
    default:
      return aboutFailure(notice, time);
  }
}

/** Those of the sentences that say what the summary does not. */
export function besideSummary(notice: Notice, time: Time): readonly string[] {
  switch (notice.kind) {
    case 'recovery':
      return [];
    case 'reminder':
      return sinceWhen(notice, time);
    default:
      return sentences(notice, time);
  }
}

function sinceWhen({ worksSince }: ReminderNotice, time: Time): readonly string[] {
  return worksSince === null ? [] : [`It has worked again since ${time(worksSince)}.`];
}

function overtakenSentence({ overtaken }: AlertNotice, time: Time): readonly string[] {
  if (overtaken === null) return [];
  const when = time(overtaken.by);
  return [
    overtaken.hasFailedSince
      ? `It worked again at ${when}, and has failed since.`
      : `It has worked again since ${when}.`,
  ];
}

function aboutFailure(notice: AlertNotice, time: Time): readonly string[] {
  const { record, eventType, finality, failures, folded } = notice;
  const attempts = attemptsOf(record);
  const inner = record.caused_by_request_id;
  return [
    ...overtakenSentence(notice, time),
    ...(attempts !== null && eventType !== 'failed' ? [`This was attempt ${attempts}.`] : []),
    ...(finality === 'unknown' ? ['Retries are unknown: Glue did not say whether it makes another attempt.'] : []),
    ...(finality === 'never-retried'
      ? ['Glue should have retried it, but the retry did not start within ten minutes.']
      : []),
    ...(failures > 1
      ? [`${ordinal(failures)} ${isFailure(eventType) ? 'failure' : 'time'} since it last worked.`]
      : []),
    ...(inner ? [`The cause is the run ${code(oneLine(inner), 200)} inside it.`] : []),
    ...(folded.length > 0 ? [`Failed because of it: ${foldedRuns(folded)}.`] : []),
  ];
}

function foldedRuns(folded: readonly StateRecord[]): string {
  const named = folded.slice(0, mostFolded).map((record) => {
    const link = linkTo(record.console_url, 'open');
    const name = `${mrkdwn(serviceWords(record), 60)} ${code(oneLine(record.service_name), 100)}`;
    return link !== null && link.length < 300 ? `${name} (${link})` : name;
  });
  return named.join(', ') + (folded.length > mostFolded ? ` and ${folded.length - mostFolded} more` : '');
}

function downTime({ downMs, failures }: RecoveryNotice): string {
  return durationWords(downMs) + (failures === 0 ? '' : ` and ${counted(failures, 'failure')}`);
}

function again({ eventType, failures }: ReminderNotice): string {
  return counted(failures, isFailure(eventType) ? 'more failure' : 'more time');
}
