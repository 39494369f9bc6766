import { longestSourceName } from '../../infra/names';

/** A file to begin with, from the root of the project. */
export interface Skeleton {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the name of a source as people write it: `bedrock-batch`, `bedrock_batch` or `Bedrock Batch`.
 * @returns its words, or null when it cannot name a source.
 */
export function wordsOf(name: string): readonly string[] | null {
  const words = name
    .trim()
    .toLowerCase()
    .split(/[\s_-]+/);
  const isSound = words.every((word) => /^[a-z0-9]+$/.test(word)) && /^[a-z]/.test(words[0] ?? '');
  return isSound && words.join('_').length <= longestSourceName ? words : null;
}

/** What a name must be, for those whose name was none. */
export const nameRule = `letters and digits in words joined by dashes, at most ${longestSourceName} characters, a letter first`;

/** What the samples of a new source show, by the name of the sample: a run, its state and type, and what is said. */
const cases = {
  succeeded: { run: 1, state: 'SUCCEEDED', type: 'succeeded', message: null },
  failed: { run: 2, state: 'FAILED', type: 'failed', message: 'Out of disk space' },
  'state-of-tomorrow': { run: 3, state: 'EVAPORATED', type: 'failed', message: 'The service learned a new word' },
} as const;

type Case = (typeof cases)[keyof typeof cases];

/** The files of a new source: the source itself, then sample events, each with the record that is expected of it. */
export function skeletons(words: readonly string[]): readonly Skeleton[] {
  const kebab = words.join('-');
  const snake = words.join('_');
  const samples = Object.entries(cases).flatMap(([name, sample]) => {
    const path = `__tests__/fixtures/events/${snake}/${name}`;
    return [
      { path: `${path}.json`, text: json(sampleEvent(words, sample)) },
      { path: `${path}.expected.json`, text: json(expectedRecord(snake, sample)) },
    ];
  });
  const queued = `__tests__/fixtures/events/${snake}/queued`;
  const leftOut = [
    { path: `${queued}.json`, text: json(sampleEvent(words, { run: 4, state: 'QUEUED', message: null })) },
    {
      path: `${queued}.expected.json`,
      text: json({ quarantine: `the pattern of ${snake} leaves it out: an intermediate state` }),
    },
  ];
  return [
    { path: `handler/normalise/sources/${kebab}.ts`, text: sourceText(snake, titleOf(words)) },
    ...samples,
    ...leftOut,
  ];
}

function titleOf(words: readonly string[]): string {
  const [first = '', ...others] = words;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...others].join(' ');
}

function sourceText(snake: string, title: string): string {
  return `import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { readError } from '../error-text';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';
import { readTime } from '../time';

const states: States = new Map([
  ['RUNNING', 'started'],
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'stopped'],
]);

const source: Source = {
  name: '${snake}',
  title: '${title}',
  pattern: {
    source: ['aws.${snake.replaceAll('_', '-')}'],
    'detail-type': ['${title} State Change'],
    detail: { state: [{ 'anything-but': ['PENDING', 'QUEUED'] }] },
  },
  filters: { names: { path: ['detail', 'name'] } },
  normalise,
};

export default source;

function normalise({ detail }: CapturedEvent): SourceFields {
  const state = textOf(detail['state']) ?? 'unknown';
  const type = eventTypeOf(states, state);
  const message = textOf(detail['message']);
  return {
    service_name: requireText(detail, 'name'),
    service_request_id: requireText(detail, 'runId'),
    event_type: type,
    source_state: state,
    ...(message !== null && type === 'failed' ? readError(message) : {}),
    started_at: readTime(detail['startTime']),
    ended_at: readTime(detail['endTime']),
  };
}
`;
}

function sampleEvent(
  words: readonly string[],
  { run, state, message }: { readonly run: number; readonly state: string; readonly message: string | null },
) {
  return {
    version: '0',
    id: `5e1d6f3a-0000-4000-8000-00000000000${run}`,
    'detail-type': `${titleOf(words)} State Change`,
    source: `aws.${words.join('-')}`,
    account: '111122223333',
    time: '2025-03-10T06:10:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: { name: 'orders-daily', runId: `run-${run}`, state, ...(message !== null && { message }) },
  };
}

function expectedRecord(snake: string, { run, state, type, message }: Case) {
  return {
    service_type: snake,
    service_name: 'orders-daily',
    service_request_id: `run-${run}`,
    event_type: type,
    source_state: state,
    error_message: message,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
