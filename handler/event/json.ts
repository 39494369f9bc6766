/** A JSON object of unknown content. */
export type JsonObject = { readonly [key: string]: unknown };

/** The value as an object, or null when it is anything else (arrays and null too). */
export function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The value as a text, or null when it is anything else or empty. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

const surrogateEscape = /\\u[dD][89a-fA-F]/;

/** The text as JSON, or undefined when it is none. Half a surrogate pair, which is no character, becomes U+FFFD. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, surrogateEscape.test(text) ? wellFormed : undefined) as unknown;
  } catch {
    return undefined;
  }
}

function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** The object in a text that is JSON, nested no deeper than {@link deepestNesting}; null when it holds none. */
export function jsonObjectIn(text: string): JsonObject | null {
  const fields = text.trimStart().startsWith('{') ? objectOf(parseJson(text)) : null;
  return fields === null || isNestedDeeper(fields, deepestNesting) ? null : fields;
}

/** JSON nested deeper than this is no event or answer of a service, and walking it could exhaust the stack. */
export const deepestNesting = 100;

/** Whether objects and arrays stand inside each other more than so many levels (at least 1) deep. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  for (const element of Object.values(value)) {
    if (typeof element === 'object' && element !== null && (levels === 1 || isNestedDeeper(element, levels - 1))) {
      return true;
    }
  }
  return false;
}
