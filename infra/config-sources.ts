import * as v from 'valibot';
import type { Source } from '../handler/normalise/source';
import { type EventType, eventTypes } from '../handler/record/schema';
import type { Globs } from './capture/narrowing';
import { listOfTold, toldTypes } from './config-alerts';
import { text } from './config-values';
import { longestSourceName } from './names';

/** What `config.ts` says of a built-in source: on, off, or which of its events are wanted and which are told. */
export type SourceSetting =
  | boolean
  | {
      readonly alertOn?: readonly EventType[] | undefined;
      readonly [filter: string]: Globs | readonly EventType[] | undefined;
    };

const glob = v.pipe(v.string(), v.nonEmpty());
const globs = v.pipe(
  v.strictObject({
    include: v.exactOptional(v.pipe(v.array(glob), v.minLength(1))),
    exclude: v.exactOptional(v.pipe(v.array(glob), v.minLength(1))),
  }),
  v.check(({ include, exclude }) => include !== undefined || exclude !== undefined),
);

/** An event bus, which Terraform takes by its name or its ARN. */
const eventBus = /^(arn:aws[a-z-]*:events:[a-z\d-]+:\d{12}:event-bus\/)?[\w./-]{1,256}$/;

/** What the description of a rule (512 characters) leaves for the title in it. */
const longestTitle = 400;

/** The key of a source: a switch, or an object with its filters and what it tells. */
export function sourceSetting({ filters = {}, onRequest, title }: Source) {
  const words = Object.keys(filters);
  const entries = { ...Object.fromEntries(words.map((word) => [word, v.exactOptional(globs)])) };
  const narrowed = v.strictObject({ ...entries, alertOn: v.exactOptional(listOfTold) });
  const schema = v.lazy((input) => (typeof input === 'object' && !Array.isArray(input) ? narrowed : v.boolean()));
  const parts = [...words.map((word) => `${word}: { include, exclude }`), 'alertOn: [event types]'];
  const asked = onRequest === true ? '; only where asked for' : '';
  return v.optional(
    v.pipe(
      schema as v.GenericSchema<SourceSetting>,
      v.title(`true, false or { ${parts.join(', ')} }`),
      v.description(`Whether a rule captures: ${title}${asked}`),
    ),
    onRequest !== true,
  );
}

/** The columns that a source of the user's own may read, besides the name of the task and its state. */
const ownColumns = [
  'service_request_id',
  'event_time',
  'error_type',
  'error_message',
  'exception_details',
  'retry_attempts',
  'resource_arn',
  'started_at',
  'ended_at',
  'duration_ms',
  'caused_by_request_id',
  'console_url',
  'logs_url',
] as const;

const path = (meaning: string) => text('JSON path of one place in the event, such as $.detail.pipeline', meaning);

/** A source that the user declares. What no single value can tell is checked by `own-sources.ts`. */
const ownSource = v.strictObject({
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/),
    v.maxLength(longestSourceName),
    v.title(`lower case letters, digits and single underscores, a letter first, at most ${longestSourceName}`),
    v.description('A source of your own: `service_type` of its rows'),
  ),
  title: v.pipe(
    v.string(),
    v.nonEmpty(),
    v.maxLength(longestTitle),
    v.title(`text of at most ${longestTitle} characters`),
    v.description('What people call it'),
  ),
  pattern: v.pipe(
    v.record(v.string(), v.unknown()),
    v.title('event pattern of EventBridge'),
    v.description('Which events are its own; an overlap with another source is an error'),
  ),
  fields: v.strictObject({
    service_name: path('Where an event names the task'),
    state: path('Where it tells the state'),
    ...Object.fromEntries(
      ownColumns.map((column) => [column, v.exactOptional(path(`Where it tells \`${column}\`, see docs/record.md`))]),
    ),
  }),
  states: v.pipe(
    v.record(v.string(), v.picklist(eventTypes)),
    v.check((states) => Object.keys(states).length > 0),
    v.title(`object of the service's states, each with one of ${eventTypes.join(', ')}`),
    v.description('What its states mean; a state that is not here is told by the words in it'),
  ),
  eventBus: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(eventBus),
      v.title('name or ARN of an event bus'),
      v.description('The bus of its events; left out, the default one'),
    ),
  ),
  alertOn: v.exactOptional(
    v.pipe(
      listOfTold,
      v.title(`list of ${toldTypes.join(', ')}`),
      v.description('The types of its events that are told in Slack; left out, those of the installation'),
    ),
  ),
  replaces: v.exactOptional(text('name of a source of ours', 'The source whose place it takes')),
});

/** Sources of the user's own. */
export const ownSources = v.array(ownSource);

/** A source of the user's own, as `config.ts` declares it. */
export type OwnSourceInput = v.InferOutput<typeof ownSource>;
