/** What our queries use and Trino calls otherwise than DuckDB, or means otherwise by the same name; settings first. */
export const trinoOnDuckDb: readonly string[] = [
  "SET TimeZone = 'UTC'",
  'SET integer_division = true',
  `CREATE MACRO date_format(t, f) AS strftime(t, ${strftimeFormat('f')})`,
  'CREATE MACRO date_diff(u, a, b) AS date_sub(u, a::timestamp, b::timestamp)',
  `CREATE MACRO approx_percentile(x, p) AS
     list_sort(list(x) FILTER (WHERE x IS NOT NULL))[least(count(x), floor(count(x) * p)::bigint + 1)]`,
];

/** The two names for the present that shared SQL may use, set to an instant (milliseconds since the epoch). */
export function presentOf(instant: number): readonly string[] {
  const iso = new Date(instant).toISOString();
  return [`CREATE MACRO now() AS TIMESTAMPTZ '${iso}'`, `CREATE MACRO current_date() AS DATE '${iso.slice(0, 10)}'`];
}

/** MySQL's format letters, which Trino's `date_format` takes, as those of `strftime`; the order keeps `%M` and `%i` apart. */
function strftimeFormat(format: string): string {
  const letters = [
    ['%h', '%I'],
    ['%M', '%B'],
    ['%i', '%M'],
    ['%s', '%S'],
    ['%W', '%A'],
    ['%T', '%H:%M:%S'],
    ['%k', '%-H'],
    ['%e', '%-d'],
    ['%c', '%-m'],
  ];
  return letters.reduce((sql, [trino, duckDb]) => `replace(${sql}, '${trino}', '${duckDb}')`, format);
}
