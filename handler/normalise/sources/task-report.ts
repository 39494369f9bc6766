import type { CapturedEvent } from '../../event/captured-event';
import { type JsonObject, textOf } from '../../event/json';
import { linkOf } from '../console';
import { readError } from '../error-text';
import { intermediateStates, states } from '../report-words';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, tellsError } from '../states';
import { wholeNumberOf } from '../text';
import { readTime } from '../time';

const source: Source = {
  name: 'task_report',
  title: 'Task report, sent by a program of yours',
  pattern: {
    source: [{ 'anything-but': { prefix: 'aws.' } }],
    'detail-type': ['Data Lake Task State Change'],
    // A report without a state is taken, so that quarantine says what it lacks.
    detail: { state: [{ 'anything-but': { 'equals-ignore-case': intermediateStates } }, { exists: false }] },
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
    ...(tellsError(type) ? errorOf(detail) : {}),
    retry_attempts: wholeNumberOf(detail['attempt']),
    started_at: readTime(detail['started_at']),
    ended_at: readTime(detail['ended_at']),
    console_url: linkOf(detail['url']),
    logs_url: linkOf(detail['logs_url']),
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
