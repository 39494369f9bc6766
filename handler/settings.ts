import * as v from 'valibot';
import { eventTypes } from './record/schema';

/**
 * What a running function reads of `config.ts`: one JSON object in the bucket, named by the hash of its content.
 * A value that another version wrote and this one cannot read falls back to its default; unknown keys are ignored.
 */
const schema = v.object({
  alertOn: v.fallback(v.array(v.picklist(eventTypes)), ['failed', 'timeout', 'delayed', 'overdue']),
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
