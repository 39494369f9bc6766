import * as v from 'valibot';
import { type EventType, eventTypes } from './record/schema';

/** Event types that this version knows. A list that holds only unknown ones is not read as "never alert". */
const knownTypes = v.pipe(
  v.array(v.unknown()),
  v.check((values) => values.length === 0 || eventTypes.some((type) => values.includes(type))),
  v.transform((values): EventType[] => eventTypes.filter((type) => values.includes(type))),
);

/** Where something stands in an event: the names and indexes that lead there from its root. */
export type Place = readonly (string | number)[];

/** An element that is neither leads nowhere. */
const place = v.pipe(
  v.array(v.unknown()),
  v.transform((steps) => steps as Place),
);

const ownSource = v.object({
  name: v.string(),
  pattern: v.record(v.string(), v.unknown()),
  fields: v.object({ service_name: place, state: place, others: v.record(v.string(), place) }),
  states: v.record(v.string(), v.string()),
  replaces: v.nullable(v.string()),
});

/** One element that another version wrote and this one cannot read costs that element, not the whole list. */
const ownSources = v.pipe(
  v.array(v.fallback(v.nullable(ownSource), null)),
  v.transform((all) => all.filter((it) => it !== null)),
);

/**
 * What a running function reads of `config.ts`: one JSON object in the bucket, named by the hash of its content.
 * A value that another version wrote and this one cannot read falls back to its default; unknown keys and event types
 * are ignored.
 */
const schema = v.object({
  alertOn: v.fallback(knownTypes, ['failed', 'timeout', 'delayed', 'overdue']),
  /** By `service_type`, where it is not as `alertOn` says. */
  alertOnOf: v.fallback(v.record(v.string(), v.fallback(v.nullable(knownTypes), null)), {}),
  ownSources: v.fallback(ownSources, []),
  keepPayloads: v.fallback(v.boolean(), false),
});

/**
 * The settings: which event types alert, the sources that the user declares, and whether `detail` keeps business
 * payloads.
 */
export type Settings = Readonly<v.InferOutput<typeof schema>>;

/** A source that the user declares in `config.ts`, its paths parsed. */
export type OwnSource = v.InferOutput<typeof ownSource>;

/** The settings of a default installation. */
export const defaultSettings: Settings = v.parse(schema, {});

/**
 * Reads the text of a settings object.
 * @returns the settings, or null when the text is not a JSON object at all.
 */
export function parseSettings(text: string): Settings | null {
  try {
    const value: unknown = JSON.parse(text);
    const result = v.safeParse(schema, value);
    return result.success && !Array.isArray(value) ? result.output : null;
  } catch {
    return null;
  }
}
