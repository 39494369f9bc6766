/** The first instant that a Parquet timestamp text can no longer hold in four digits of a year. */
const endOfTime = Date.UTC(10_000, 0, 1);

/** The forms of EventBridge and of Lambda, by far the most frequent ones. */
const frequentForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/;

const epochText = /^-?\d+(?:\.\d+)?$/;
const isoText =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?\s*(Z|[+-]\d{2}:?\d{2})?(?:\[[\w/+-]+\])?$/i;

/**
 * Reads the forms in which AWS services write an instant: ISO 8601 with up to nine digits of a fraction, with `Z`,
 * an offset or `Z[UTC]`; epoch seconds or milliseconds as number or text; RFC 1123. A time without a zone is UTC.
 * @returns `Date.toISOString()` form, or null when it is none of them or lies outside the years 1970 to 9999.
 */
export function readTime(value: unknown): string | null {
  if (typeof value === 'string' && frequentForm.test(value)) {
    const iso = value.includes('.') ? value : `${value.slice(0, -1)}.000Z`;
    return isInstant(iso) && iso >= '1970' ? iso : null;
  }
  const milliseconds = typeof value === 'number' ? ofEpoch(value) : typeof value === 'string' ? ofText(value) : null;
  return milliseconds === null ? null : isoOf(milliseconds);
}

/** An instant in milliseconds since the epoch as ISO 8601 text, or null outside the years 1970 to 9999. */
export function isoOf(milliseconds: number): string | null {
  return milliseconds >= 0 && milliseconds < endOfTime ? new Date(milliseconds).toISOString() : null;
}

/** Milliseconds between two instants in ISO 8601; null when one is missing or they are in the wrong order. */
export function millisecondsBetween(start: string | null, end: string | null): number | null {
  const milliseconds = start === null || end === null ? Number.NaN : Date.parse(end) - Date.parse(start);
  return milliseconds >= 0 ? milliseconds : null;
}

/** Whether a text of `Date.toISOString()` form is a day and hour that exist: `Date` turns 30 February into 2 March. */
function isInstant(text: string): boolean {
  const milliseconds = Date.parse(text);
  return (
    !Number.isNaN(milliseconds) &&
    ((text.slice(8, 10) < '29' && text.slice(11, 13) < '24') || new Date(milliseconds).toISOString() === text)
  );
}

/** Numbers below 1e11 are seconds (the year 5138), others milliseconds. */
function ofEpoch(value: number): number | null {
  return Number.isFinite(value) ? Math.trunc(Math.abs(value) < 1e11 ? value * 1000 : value) : null;
}

function ofText(value: string): number | null {
  const text = value.trim();
  if (epochText.test(text)) {
    return ofEpoch(Number(text));
  }
  const iso = isoText.exec(text);
  if (iso) {
    const [, date, time, fraction = '', zone = 'Z'] = iso;
    return isInstant(`${date}T${time}.000Z`)
      ? Date.parse(`${date}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}${zoneOf(zone)}`)
      : null;
  }
  return /^[A-Z][a-z]{2}, /.test(text) ? numberOrNull(Date.parse(text)) : null;
}

function zoneOf(zone: string): string {
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
