import type { States } from './states';

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

/** What each word of a report means. */
export const states: States = new Map(
  Object.entries(words).flatMap(([type, all]) => all.map((word) => [word, type as keyof typeof words] as const)),
);
/** States on the way, which change nothing. */
export const intermediateStates = [
  ...['queued', 'scheduled', 'pending', 'deferred', 'skipped', 'none', 'created', 'not_started', 'preparing'],
  ...['waiting', 'paused', 'up_for_reschedule', 'stopping', 'cancelling', 'canceling'],
];
