import * as v from 'valibot';
import { type EventType, eventTypes } from './record/schema';

/** Event types that this version knows. A list that holds only unknown ones is not read as "never alert". */
const knownTypes = v.pipe(
  v.array(v.unknown()),
  v.check((values) => values.length === 0 || eventTypes.some((type) => values.includes(type))),
  v.transform((values): EventType[] => eventTypes.filter((type) => values.includes(type))),
);

/**
 * What a running function reads of `config.ts`: one JSON object in the bucket, named by the hash of its content.
 * A value that another version wrote and this one cannot read falls back to its default; unknown keys and event types are ignored.
 */
const schema = v.object({
  alertOn: v.fallback(knownTypes, ['failed', 'timeout', 'delayed', 'overdue']),
  keepPayloads: v.fallback(v.boolean(), false),
});

/** The settings: which event types alert, and whether `detail` keeps business payloads. */
export type Settings = Readonly<v.InferOutput<typeof schema>>;

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
