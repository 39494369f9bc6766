/** The days of `dt` that Trino says it reads of a table; null where nothing narrows them. */
export function daysRead(explained: string, table: string): readonly string[] | null {
  const { inputTableColumnInfos } = JSON.parse(explained) as Explained;
  const readings = inputTableColumnInfos.filter((it) => it.table.schemaTable.table === table);
  const days = readings.map(({ constraint }) => {
    if (constraint.none) return [];
    const { domain } = constraint.columnConstraints.find(({ columnName }) => columnName === 'dt') ?? {};
    return domain === undefined ? null : domain.ranges.flatMap(({ low, high }) => daysBetween(low.value, high.value));
  });
  if (days.length === 0 || days.includes(null)) return null;
  return [...new Set(days.flatMap((some) => some ?? []))].sort();
}

/** The answer of `EXPLAIN (TYPE IO)`, as far as it is read here. */
interface Explained {
  readonly inputTableColumnInfos: readonly {
    readonly table: { readonly schemaTable: { readonly table: string } };
    readonly constraint: {
      /** Whether nothing at all is read. */
      readonly none: boolean;
      readonly columnConstraints: readonly {
        readonly columnName: string;
        readonly domain: { readonly ranges: readonly { readonly low: Bound; readonly high: Bound }[] };
      }[];
    };
  }[];
}

interface Bound {
  readonly value: string;
}

const dayMs = 86_400_000;

/** All days from one to the other, both included. */
export function daysBetween(first: string, last: string): readonly string[] {
  const count = (Date.parse(last) - Date.parse(first)) / dayMs + 1;
  return Array.from({ length: count }, (_, day) => dayOf(Date.parse(first) + day * dayMs));
}

/** The days that a question about the last days needs: a day more on both sides, for what arrives late or early. */
export function daysAskedFor(question: string, now: number): readonly string[] {
  const [said, count = '1'] = /\blast (?:(\d+) days|day)\b/.exec(question) ?? [];
  if (said === undefined) throw new Error(`"${question}" does not say which days it asks for, as "the last 7 days"`);
  return daysBetween(dayOf(now - (Number(count) + 1) * dayMs), dayOf(now + dayMs));
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
