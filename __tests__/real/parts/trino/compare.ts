import type { TrinoAnswer } from './client';

/** A row as texts and numbers that every engine writes alike: bigints as numbers, times as ISO texts. */
export type PlainRow = Readonly<Record<string, unknown>>;

/** Rows by the types that Trino gave to their columns. */
export function plainRows(columns: TrinoAnswer['columns'], rows: readonly (readonly unknown[])[]): readonly PlainRow[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name, type }, at) => [name, plain(type, row[at])])));
}

function plain(type: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'bigint' || type === 'double') return Number(value);
  if (type.startsWith('timestamp')) return new Date(`${String(value).replace(' ', 'T')}Z`).toISOString();
  return value;
}

/** What differs between rows in any order: so many, and the first of those that only one side has. */
export function differenceOf(athena: readonly PlainRow[], local: readonly PlainRow[]): unknown {
  const [left, right] = [athena, local].map((rows) => rows.map((row) => JSON.stringify(row)).sort());
  const onlyAthena = without(left, right);
  const onlyLocal = without(right, left);
  if (onlyAthena.length + onlyLocal.length === 0) return null;
  const first = (texts: readonly string[]) => texts.slice(0, 2).map((text) => JSON.parse(text, cut) as unknown);
  return {
    rowsOfAthena: athena.length,
    rowsOfTheLocalRun: local.length,
    differing: Math.max(onlyAthena.length, onlyLocal.length),
    onlyInAthena: first(onlyAthena),
    onlyInTheLocalRun: first(onlyLocal),
  };
}

/** A failure should fit on a page. */
function cut(_name: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > 500
    ? `${value.slice(0, 500)} … (${value.length} characters)`
    : value;
}

/** The texts of one list that the other has not, each as often as it is there too many. */
function without(some: readonly string[] = [], others: readonly string[] = []): readonly string[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1);
  return some.filter((text) => {
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    return left <= 0;
  });
}
