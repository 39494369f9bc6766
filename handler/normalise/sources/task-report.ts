import type { CapturedEvent } from '../../event/captured-event';
import { type JsonObject, textOf } from '../../event/json';
import { readError } from '../error-text';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';
import { wholeNumberOf } from '../text';
import { readTime } from '../time';

/** What docs/task-reports.md promises: our own event types, and the words of schedulers for them; any case. */
const words = {
  started: ['started', 'start', 'starting', 'running', 'run', 'begin', 'in_progress', 'restarting'],
  succeeded: [
    'succeeded',
    'success',
    'completed',
    'complete',
    'done',
    'finished',
    'end',
    'ok',
    'pass',
    'passed',
    'warn',
  ],
  failed: ['failed', 'failure', 'error', 'upstream_failed', 'crashed', 'fail'],
  timeout: ['timeout', 'timed_out', 'timedout'],
  stopped: ['stopped', 'cancelled', 'canceled', 'aborted', 'killed'],
  retrying: ['retrying', 'up_for_retry', 'awaiting_retry', 'awaitingretry'],
  delayed: ['delayed', 'late'],
  overdue: ['overdue', 'sla_missed'],
} as const;

const states: States = new Map(
  Object.entries(words).flatMap(([type, all]) => all.map((word) => [word, type as keyof typeof words] as const)),
);
const intermediate = [
  ...['queued', 'scheduled', 'pending', 'deferred', 'skipped', 'none', 'created', 'not_started', 'preparing'],
  ...['waiting', 'paused', 'up_for_reschedule', 'stopping', 'cancelling', 'canceling'],
];

const source: Source = {
  name: 'task_report',
  title: 'Task report, sent by a program of yours',
  pattern: {
    source: [{ 'anything-but': { prefix: 'aws.' } }],
    'detail-type': ['Data Lake Task State Change'],
    // A report without a state is taken, so that quarantine says what it lacks.
    detail: { state: [{ 'anything-but': { 'equals-ignore-case': intermediate } }, { exists: false }] },
  },
  filters: { names: { path: ['detail', 'task'] } },
  normalise,
};

export default source;

/** The sender is part of the name: two programs may well have a task of the same one. */
function normalise({ source: sender, detail }: CapturedEvent): SourceFields {
  const task = requireText(detail, 'task');
  const state = requireText(detail, 'state');
  const type = eventTypeOf(states, state.toLowerCase());
  return {
    service_name: `${sender}/${task}`,
    service_request_id: textOf(detail['run']) ?? wholeNumberOf(detail['run'])?.toString() ?? null,
    event_type: type,
    source_state: state,
    ...(type === 'succeeded' || type === 'started' ? {} : errorOf(detail)),
    retry_attempts: wholeNumberOf(detail['attempt']),
    started_at: readTime(detail['started_at']),
    ended_at: readTime(detail['ended_at']),
    console_url: pageOf(detail['url']),
    logs_url: pageOf(detail['logs_url']),
  };
}

/** `error` is the class of the error beside a `message`, or its whole text. */
function errorOf(detail: JsonObject): Partial<SourceFields> {
  const [error, message] = [textOf(detail['error']), textOf(detail['message'])];
  if (error === null || message === null) {
    const said = error ?? message;
    return said === null ? {} : readError(said);
  }
  return /^\S{1,200}$/.test(error) ? readError(message, error) : { ...readError(message), exception_details: error };
}

function pageOf(url: unknown): string | null {
  return typeof url === 'string' && /^https?:\/\//.test(url) ? url : null;
}
