import type { PartitionKey } from './deployment';
import { fault, type Resource } from './terraform-json';

/** How the parts of a day are read, by the letters of Java's DateTimeFormatter. */
const parts: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  dd: '(?<day>\\d{2})',
};

const present = /^\s*NOW\s*(?:([+-])\s*(\d+)\s*(YEAR|MONTH|WEEK|DAY)S?\s*)?$/;

/**
 * Reads how a partition key of days is projected ("Supported types for partition projection", Athena user guide).
 * @throws Error for what Athena would refuse or what is no day; it would look into folders that nobody fills.
 */
export function readProjection(
  resource: Resource,
  name: string,
  parameters: Readonly<Record<string, string>>,
): PartitionKey {
  const at = (property: string) => `projection.${name}.${property}`;
  const wrong = (property: string, right: string) =>
    fault(
      resource,
      `parameters.${at(property)}`,
      `must be ${right}, but is ${JSON.stringify(parameters[at(property)])}`,
    );
  if (parameters['projection.enabled'] !== 'true' || !parameters[at('type')]) {
    throw fault(
      resource,
      'parameters',
      `must project the partition key: projection.enabled and projection.${name}.type`,
    );
  }
  const format = parameters[at('format')] ?? '';
  const [first = '', last = '', more] = (parameters[at('range')] ?? '').split(',');
  const key: PartitionKey = { name, format, range: [first.trim(), last.trim()] };
  if (parameters[at('type')] !== 'date') throw wrong('type', 'date');
  const letters = [...format.matchAll(/([A-Za-z])\1*/g)].map(([run]) => run).sort();
  if (letters.join() !== 'MM,dd,yyyy') throw wrong('format', 'made of yyyy, MM and dd');
  if (more !== undefined || key.range.some((bound) => boundOf(key, bound, 0) === null)) {
    throw wrong('range', `two days as ${format} or NOW±nDAYS (WEEKS, MONTHS, YEARS)`);
  }
  if ((parameters[at('interval')] ?? '1') !== '1') throw wrong('interval', '1');
  if (!/^DAYS?$/.test(parameters[at('interval.unit')] ?? 'DAYS')) throw wrong('interval.unit', 'DAYS');
  return key;
}

/** Whether Athena looks into the partition of a value; `now` is the query's, milliseconds since the epoch. */
export function isProjected(key: PartitionKey, value: string, now: number): boolean {
  const [day, from, to] = [dayOf(key, value), boundOf(key, key.range[0], now), boundOf(key, key.range[1], now)];
  return day !== null && from !== null && to !== null && from <= day && day <= to;
}

/** A bound as `yyyy-MM-dd`, both ends inclusive. */
function boundOf(key: PartitionKey, bound: string, now: number): string | null {
  const [isNow, sign, count = '0', unit] = present.exec(bound) ?? [];
  if (isNow === undefined) {
    return dayOf(key, bound);
  }
  const steps = Number(`${sign ?? ''}${count}`);
  const date = new Date(now);
  if (unit === 'YEAR' || unit === 'MONTH') date.setUTCMonth(date.getUTCMonth() + steps * (unit === 'YEAR' ? 12 : 1));
  else date.setUTCDate(date.getUTCDate() + steps * (unit === 'WEEK' ? 7 : 1));
  return date.toISOString().slice(0, 10);
}

/** A value in the key's format as `yyyy-MM-dd`; null for one that is no day. */
function dayOf({ format }: PartitionKey, value: string): string | null {
  const pattern = format.replace(
    /([A-Za-z])\1*|[^A-Za-z]/g,
    (piece) => parts[piece] ?? piece.replace(/[^\w\s-]/, '\\$&'),
  );
  const { year, month, day } = new RegExp(`^${pattern}$`).exec(value)?.groups ?? {};
  const text = `${year}-${month}-${day}`;
  return new Date(`${text}T00:00:00Z`).getTime() >= 0 ? text : null;
}
