import type { JsonObject } from '../event/json';
import { limits } from '../record/schema';
import { cut } from './text';

/** Keys that hold the business's own data, wherever they stand in a detail. */
const payloads: ReadonlySet<string> = new Set(['input', 'output', 'environment', 'overrides', 'requestPayload']);

/**
 * A detail as compact JSON for the record: without payloads unless they are to be kept (a failure's
 * `responsePayload` is its error and stays), and within the column's limit; a longer one becomes
 * `{"cut":true,"text":…}` with its beginning.
 */
export function detailText(detail: JsonObject, options: { keepPayloads: boolean; succeeded: boolean }): string {
  const kept = options.keepPayloads ? detail : withoutPayloads(detail, options.succeeded);
  const text = JSON.stringify(kept);
  return text.length <= limits.detail ? text : cutDetail(text);
}

function withoutPayloads(detail: JsonObject, succeeded: boolean): JsonObject {
  const kept = strip(detail);
  if (!succeeded || !Object.hasOwn(kept, 'responsePayload')) {
    return kept;
  }
  const { responsePayload: _, ...rest } = kept;
  return rest;
}

/** The value without payloads at any depth; what holds none is returned as it is, not copied. */
function strip<T>(value: T): T {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    const kept = value.map(strip);
    return (kept.some((element, at) => element !== value[at]) ? kept : value) as T;
  }
  let copied: [string, unknown][] | null = null;
  for (const key in value) {
    const kept = payloads.has(key) ? undefined : strip(value[key]);
    if (kept !== value[key]) {
      copied ??= Object.entries(value);
      copied = copied.flatMap((entry) => (entry[0] !== key ? [entry] : kept === undefined ? [] : [[key, kept]]));
    }
  }
  return copied === null ? value : (Object.fromEntries(copied) as T);
}

/** JSON's own escapes lengthen the text again, so the beginning is halved until the whole fits. */
function cutDetail(text: string): string {
  for (let length: number = limits.detail; length > 1_000; length = Math.floor(length / 2)) {
    const whole = JSON.stringify({ cut: true, text: cut(text, length) });
    if (whole.length <= limits.detail) {
      return whole;
    }
  }
  return JSON.stringify({ cut: true });
}
