import { type JsonObject, jsonObjectIn, objectOf, textOf } from '../event/json';
import { readTime } from './time';

/** What the sentence says in which EMR tells of a change: for steps the only place of its times. */
export interface EmrMessage {
  /** The sentence without the ids that differ from run to run. */
  readonly text: string;
  readonly startedAt: string | null;
  /** When the change happened that the sentence tells of; most to the minute. */
  readonly changedAt: string | null;
}

/** Which job run an event of EMR on EKS speaks of, and what became of it. */
export interface EmrJobRun extends EmrMessage {
  readonly id: string | null;
  readonly name: string | null;
  readonly cluster: string | null;
  readonly state: string | null;
  /** Why it, or the driver before, failed: told by a key or, with little, by the sentence. */
  readonly reason: string | null;
}

const time = String.raw`(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?`;
const startTime = new RegExp(`started running at ${time}`, 'i');
const changeTime = new RegExp(`(?<!started running) at ${time}`, 'i');

/** Ids of steps, clusters (`s-…`, `j-…`) and job runs, with the name in brackets that mostly follows. */
const ids = /(?:\b[js]{1,2}-[0-9A-Z]{10,32}|(?<=Job Run )[0-9a-z]{10,40})(?![\w-])(?: \((.{1,256}?)\)(?= ))? ?/g;
const jobRun = /Job Run ([0-9a-z]{10,40})(?: \((.{1,256}?)\)(?= ))?/i;
const virtualCluster = /virtual cluster ([0-9a-z]{10,40})/i;

/** What each sentence of EMR on EKS ends in, by the state that it tells of; the first that fits. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/ is now cancelled/i, 'CANCELLED'],
  [/ failed at /i, 'FAILED'],
  [/ completed at /i, 'COMPLETED'],
  [/ started running at /i, 'RUNNING'],
  [/ successfully submitted /i, 'SUBMITTED'],
];

/** Reads the times in a message of EMR. */
export function readEmrMessage(message: string): EmrMessage {
  return {
    text: message.replace(ids, (_, name?: string) => (name === undefined ? '' : `${name} `)).trim(),
    startedAt: timeIn(startTime.exec(message)),
    changedAt: timeIn(changeTime.exec(message)),
  };
}

/**
 * Reads an event of EMR on EKS. AWS documents the sentences of these events, not their keys: what no key tells is read
 * from the sentence.
 */
export function readEmrJobRun(detail: JsonObject): EmrJobRun {
  const message = textOf(detail['message']) ?? '';
  const [, id = null, name = null] = jobRun.exec(message) ?? [];
  const said = readEmrMessage(message);
  return {
    ...said,
    id: textOf(detail['id']) ?? textOf(detail['jobRunId']) ?? id,
    name: textOf(detail['name']) ?? textOf(detail['jobRunName']) ?? name,
    cluster: textOf(detail['virtualClusterId']) ?? virtualCluster.exec(message)?.[1] ?? null,
    state: textOf(detail['state']) ?? sentences.find(([end]) => end.test(message))?.[1] ?? null,
    reason: textOf(detail['previousDriverFailureMessage']) ?? textOf(detail['stateDetails']) ?? textOf(said.text),
  };
}

/** Code and message of EMR's `stateChangeReason`, an object or the JSON of one; an empty code is none. */
export function readReason(value: unknown): { readonly code: string | null; readonly message: string | null } {
  const reason = typeof value === 'string' ? jsonObjectIn(value) : objectOf(value);
  return { code: textOf(reason?.['code']), message: textOf(reason?.['message']) };
}

function timeIn(match: RegExpExecArray | null): string | null {
  const [, date, minute, second = ':00'] = match ?? [];
  return date === undefined ? null : readTime(`${date}T${minute}${second}Z`);
}
