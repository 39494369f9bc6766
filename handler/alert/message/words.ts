import type { EventType, StateRecord } from '../../record/schema';
import type { Alert } from '../decide';

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

/** What happened, in one clause: `Glue job orders_daily failed`. */
export function headline({ record, eventType }: Alert): string {
  return `${serviceWords(record)} ${record.service_name} ${verbs[eventType]}`;
}

/** The error in a line, or what the service said when it gave none. */
export function reason(record: StateRecord): string {
  return record.error_message ?? `${record.source_state}, and ${serviceWords(record)} gives no reason`;
}

/** A duration as people say it: `850 ms`, `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function durationWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (milliseconds < 1_000) {
    return `${milliseconds} ms`;
  }
  if (seconds < 60) {
    return `${seconds} s`;
  }
  return seconds < 3_600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

/** Words that are written otherwise than with a capital at the beginning of the whole. */
const spelled: ReadonlyMap<string, string> = new Map(
  ['ECS', 'EMR', 'EKS', 'DMS', 'SageMaker', 'DataBrew', 'DataSync', 'AppFlow'].map((word) => [
    word.toLowerCase(),
    word,
  ]),
);

/** `glue_job` as `Glue job`, `emr_on_eks` as `EMR on EKS`. */
function serviceWords(record: StateRecord): string {
  const words = record.service_type.split('_').map((word) => spelled.get(word) ?? word);
  const [first = '', ...rest] = words;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
}
