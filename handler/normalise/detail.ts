import type { JsonObject } from '../event/json';
import { limits } from '../record/schema';
import { withoutPayloads } from './payloads';
import { cut } from './text';

/**
 * A detail as compact JSON for the record: without payloads unless they are to be kept (a failure's
 * `responsePayload` is its error and stays), and within the column's limit; a longer one becomes
 * `{"cut":true,"text":…}` with its beginning.
 */
export function detailText(detail: JsonObject, options: { keepPayloads: boolean; succeeded: boolean }): string {
  const kept = options.keepPayloads ? detail : keptOf(detail, options.succeeded);
  const text = JSON.stringify(kept);
  return text.length <= limits.detail ? text : cutDetail(text);
}

function keptOf(detail: JsonObject, succeeded: boolean): JsonObject {
  const kept = withoutPayloads(detail);
  if (!succeeded || !Object.hasOwn(kept, 'responsePayload')) {
    return kept;
  }
  const { responsePayload: _, ...rest } = kept;
  return rest;
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
