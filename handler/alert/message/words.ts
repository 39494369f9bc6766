import type { EventType, StateRecord } from '../../record/schema';
import type { Notice } from '../decide/notice';
import { cut, oneLine } from './printable';

const verbs: Readonly<Record<EventType, string>> = {
  started: 'started',
  succeeded: 'succeeded',
  failed: 'failed',
  timeout: 'timed out',
  stopped: 'was stopped',
  retrying: 'is being retried',
  delayed: 'takes longer than expected',
  overdue: 'is overdue',
};

/** The same, again and again. */
const repeatedly: Readonly<Partial<Record<EventType, string>>> = {
  failed: 'keeps failing',
  timeout: 'keeps timing out',
  stopped: 'keeps being stopped',
  delayed: 'keeps taking longer than expected',
  overdue: 'is still overdue',
};

/** A name is cut to so many UTF-16 units, so that what happened to it always fits the line; the whole one is a field. */
const nameLength = 90;

/** What happened, in one clause: `Glue job orders_daily failed`. */
export function headline(notice: Notice): string {
  const { record } = notice;
  return `${serviceWords(record)} ${cut(oneLine(record.service_name), nameLength)} ${verb(notice)}`;
}

/** What a task did: `failed`, `failed 3 of 3`, `works again`, `keeps failing`, `failed again`. */
export function verb(notice: Notice): string {
  const { kind, record, eventType } = notice;
  if (kind === 'recovery') return 'works again';
  if (kind === 'reminder' && notice.worksSince !== null) return `${verbs[eventType]} again`;
  if (kind === 'reminder') return repeatedly[eventType] ?? verbs[eventType];
  const attempts = attemptsOf(record);
  return eventType === 'failed' && attempts !== null ? `failed ${attempts}` : verbs[eventType];
}

/** `3 of 3`, where the service makes more than one attempt. */
export function attemptsOf({ retry_attempts, max_attempts }: StateRecord): string | null {
  const attempt = (retry_attempts ?? 0) + 1;
  const isKnown = retry_attempts !== null && max_attempts !== null && max_attempts > 1 && attempt <= max_attempts;
  return isKnown ? `${attempt} of ${max_attempts}` : null;
}

/** The error in a line, or what the service said when it gave none. */
export function reason(record: StateRecord): string {
  return record.error_message?.trim() || `${record.source_state}, and ${serviceWords(record)} gives no reason`;
}

/** A duration as people say it: `850 ms`, `42 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`. */
export function durationWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return seconds < 172_800
    ? `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`
    : `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3_600)} h`;
}

/** A number and what it counts: `1 failure`, `12 failures`, `2 recoveries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `1st`, `2nd`, `3rd`, `11th`, `21st`. */
export function ordinal(number: number): string {
  const teen = Math.floor(number / 10) % 10 === 1;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

/** Words that are written otherwise than with a capital at the beginning of the whole. */
const spelled: ReadonlyMap<string, string> = new Map(
  ['ECS', 'EMR', 'EKS', 'DMS', 'SageMaker', 'DataBrew', 'DataSync', 'AppFlow'].map((word) => [
    word.toLowerCase(),
    word,
  ]),
);

/** Services whose own name has more capitals than its first. */
const named: ReadonlyMap<string, string> = new Map(
  ['Step Functions', 'Redshift Data', 'Glue Data Quality', 'Transfer Family'].map((name) => [
    name.toLowerCase().replaceAll(' ', '_'),
    name,
  ]),
);

/** `glue_job` as `Glue job`, `emr_on_eks` as `EMR on EKS`, `step_functions` as `Step Functions`. */
export function serviceWords({ service_type }: StateRecord): string {
  const words = service_type.split('_').map((word) => spelled.get(word) ?? word);
  const [first = '', ...rest] = words;
  const usual = [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
  return cut(oneLine(named.get(service_type) ?? usual), 40);
}
