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
  const kept = holdsPayload(detail) ? (strip(detail) as JsonObject) : detail;
  if (!succeeded || !Object.hasOwn(kept, 'responsePayload')) {
    return kept;
  }
  const { responsePayload: _, ...rest } = kept;
  return rest;
}

/** Most details hold no payload, and looking is cheaper than copying. */
function holdsPayload(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return Array.isArray(value)
    ? value.some(holdsPayload)
    : Object.entries(value).some(([key, field]) => payloads.has(key) || holdsPayload(field));
}

function strip(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(strip);
  }
  const kept = Object.entries(value).filter(([key]) => !payloads.has(key));
  return Object.fromEntries(kept.map(([key, field]) => [key, strip(field)]));
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
