import { enrich } from '../enrich';
import { retryPause } from '../enrich/retries';
import type { StateRecord } from '../record/schema';
import { correct } from './correct';
import { type Alert, alertOf, isNeverRetried, type Judged, judge } from './decide';
import { awaitRetry } from './decide/incident';
import { tell } from './tell';
import { count, settle, type Telling } from './telling';

/** Tells what the state changes of a batch come to. */
export async function tellOfBatch(records: readonly StateRecord[], telling: Telling): Promise<void> {
  if (records.length === 0) return;
  const isListed = await settle(records, telling, async () => {
    await telling.incidents.refresh(telling.ports);
    return true;
  });
  if (isListed === null) return;
  const { asked, original } = await askGlue(records, telling);
  const judged = judge(asked).map((run) => ({ ...run, changes: run.changes.flatMap((it) => original.get(it) ?? []) }));
  for (const run of judged.filter(isRetried)) await waitForRetry(run, telling);
  const alerts = judged.map((run) => alertOf(run, telling.settings)).filter((it): it is Alert => it !== null);
  const successes = judged.filter(({ eventType }) => eventType === 'succeeded');
  await tell(alerts, successes, telling);
  await correct(
    judged.filter(({ record }) => isNeverRetried(record)),
    telling,
  );
}

/** Asks Glue about what failed, and about what works again where something is remembered of the task. */
async function askGlue(records: readonly StateRecord[], telling: Telling) {
  const { incidents, glue, log, settings } = telling;
  const isOfInterest = (record: StateRecord) =>
    record.event_type !== 'succeeded' || incidents.has(incidents.keyOf(record));
  const wanted = records.filter(isOfInterest);
  const enriched = await enrich(wanted, { ports: glue, log, settings });
  count('GlueUnanswered', enriched.unanswered, telling);
  const byOriginal = new Map(wanted.map((record, at) => [record, enriched.records[at] ?? record]));
  const asked = records.map((record) => byOriginal.get(record) ?? record);
  return { asked, original: new Map(asked.map((it, at) => [it, records[at] ?? it])) };
}

/** A failed attempt after which Glue makes another. */
function isRetried({ eventType, record }: Judged): boolean {
  return eventType === 'retrying' && record.event_type === 'failed';
}

/** Remembers to look, after ten minutes, whether the retry came. */
async function waitForRetry({ record, changes }: Judged, telling: Telling): Promise<void> {
  const { incidents, ports } = telling;
  const due_at = new Date(Date.parse(record.event_time) + retryPause).toISOString();
  const retry = { record: { ...record, detail: null }, due_at };
  await settle(changes, telling, () =>
    incidents.update(
      incidents.keyOf(record),
      (before) => ({ incident: awaitRetry(before, retry), result: null }),
      ports,
    ),
  );
}
