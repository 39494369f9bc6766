/** What Trino answered to a statement. */
export interface TrinoAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  /** What `now()` said in it, milliseconds since the epoch. */
  readonly askedAt: number;
}

interface Statement {
  readonly catalogue: string;
  readonly database: string;
  readonly sql: string;
}

interface Page {
  readonly id: string;
  readonly nextUri?: string;
  readonly columns?: TrinoAnswer['columns'];
  readonly data?: TrinoAnswer['rows'];
  readonly error?: { readonly errorName: string; readonly message: string };
}

const user = {
  'X-Trino-User': 'suite',
  'X-Trino-Time-Zone': 'UTC',
  // Else it says timestamp for every precision.
  'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
};

/**
 * Runs one statement by Trino's protocol: the first answer names the next, until there is none.
 * @throws Error `NAME: message` as Trino tells it.
 */
export async function askTrino(url: string, { catalogue, database, sql }: Statement): Promise<TrinoAnswer> {
  const headers = { ...user, 'X-Trino-Catalog': catalogue, 'X-Trino-Schema': database };
  let page = await fetchJson<Page>(`${url}/v1/statement`, { method: 'POST', headers, body: sql });
  let columns: TrinoAnswer['columns'] = [];
  const rows: (readonly unknown[])[] = [];
  for (;;) {
    if (page.error !== undefined) throw new Error(`${page.error.errorName}: ${page.error.message}`);
    columns = page.columns ?? columns;
    rows.push(...(page.data ?? []));
    if (page.nextUri === undefined) break;
    page = await fetchJson<Page>(page.nextUri, { headers: user });
  }
  const query = await fetchJson<{ readonly session: { readonly start: string } }>(`${url}/v1/query/${page.id}`, {
    headers: user,
  });
  return { columns, rows, askedAt: toMillisecond(query.session.start) };
}

/** Trino rounds the present to milliseconds, where `Date` cuts. */
function toMillisecond(instant: string): number {
  const [, fraction = '0'] = /(\.\d+)Z$/.exec(instant) ?? [];
  return Date.parse(instant.replace(/(\.\d+)?Z$/, 'Z')) + Math.round(Number(fraction) * 1_000);
}

async function fetchJson<T>(url: string, request: RequestInit): Promise<T> {
  const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(60_000) });
  if (!answer.ok) throw new Error(`Trino answered ${answer.status} at ${new URL(url).pathname}`);
  return (await answer.json()) as T;
}
