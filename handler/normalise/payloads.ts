import { deepestNesting, isNestedDeeper, objectOf, parseJson } from '../event/json';

/** Keys that hold the business's own data, wherever they stand in a detail; in a `cause` they are capitalised. */
const payloads: ReadonlySet<string> = new Set(
  ['input', 'output', 'environment', 'overrides', 'requestPayload'].flatMap((key) => [
    key,
    key.replace(/^./, (letter) => letter.toUpperCase()),
  ]),
);

/** The value without payloads at any depth, in JSON inside its texts too; what holds none is returned as it is. */
export function withoutPayloads<T>(value: T): T {
  if (typeof value === 'string') {
    return textWithoutPayloads(value) as T & string;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    const kept = value.map(withoutPayloads);
    return (kept.some((element, at) => element !== value[at]) ? kept : value) as T;
  }
  let copied: [string, unknown][] | null = null;
  for (const key in value) {
    const kept = payloads.has(key) ? undefined : withoutPayloads(value[key]);
    if (kept !== value[key]) {
      copied ??= Object.entries(value);
      copied = copied.flatMap((entry) => (entry[0] !== key ? [entry] : kept === undefined ? [] : [[key, kept]]));
    }
  }
  return copied === null ? value : (Object.fromEntries(copied) as T);
}

/** A text; when it is a JSON object, as the `cause` of a state machine often is, without the payloads in it. */
export function textWithoutPayloads(text: string): string {
  const fields = /^\s*\{/.test(text) ? objectOf(parseJson(text)) : null;
  if (fields === null || isNestedDeeper(fields, deepestNesting)) {
    return text;
  }
  const kept = withoutPayloads(fields);
  return kept === fields ? text : JSON.stringify(kept);
}
