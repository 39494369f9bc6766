import type { Deployment } from './deployment';
import type { Lake } from './lake';

/** What became of everything that was to be told, as the ledger says it. */
export interface Told {
  /** Alerts that Slack would have got, by themselves or in a message about many. */
  readonly alerts: number;
  readonly recoveries: number;
  readonly reminders: number;
  /** Alerts that repeat what was told already; they are counted. */
  readonly suppressed: number;
  /** Alerts that are told with their cause. */
  readonly folded: number;
  /** Alerts, recoveries and reminders that a silence or a maintenance window keeps back. */
  readonly silenced: number;
  /** The same for which no webhook was there. */
  readonly unconfigured: number;
  /** The same that could not be sent. */
  readonly failed: number;
  /** The same that were begun and never ended. */
  readonly unsettled: number;
}

/** Counts the rows of the ledger's table, which the Terraform declares where the function writes them. */
export async function countTold(lake: Lake, { tables, functions }: Deployment): Promise<Told> {
  const prefixes = functions.flatMap(({ variables }) => variables['NOTIFICATION_PREFIX'] ?? []);
  const ledger = tables.find(({ prefix }) => prefixes.includes(prefix));
  const sql = `SELECT kind, status, count(*) AS rows FROM "${ledger?.name}" GROUP BY kind, status`;
  const counts = (await lake.query(sql)).rows.map(([kind, status, rows]) => ({ kind, status, rows: Number(rows) }));
  const sum = (found: typeof counts) => found.reduce((total, { rows }) => total + rows, 0);
  const sent = (kind: string) => sum(counts.filter((it) => it.kind === kind && it.status === 'sent'));
  const of = (status: string) => sum(counts.filter((it) => it.status === status));
  return {
    alerts: sent('alert'),
    recoveries: sent('recovery'),
    reminders: sent('reminder'),
    suppressed: of('suppressed'),
    folded: of('folded'),
    silenced: of('silenced'),
    unconfigured: of('unconfigured'),
    failed: of('failed'),
    unsettled: of('claimed'),
  };
}

/** What nobody was told of, with the number of each kind. */
export function untoldOf({ unconfigured, failed, unsettled }: Told): readonly (readonly [number, string])[] {
  return [
    [unconfigured, 'in the ledger as unconfigured, though each channel has a webhook here'],
    [failed, 'in the ledger as failed'],
    [unsettled, 'in the ledger as claimed, so nobody may have been told'],
  ];
}
