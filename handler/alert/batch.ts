import { enrich } from '../enrich';
import { mapInGroups } from '../groups';
import type { StateRecord } from '../record/schema';
import { awaitNextAttempts } from './awaiting';
import { correct } from './correct';
import { type Alert, alertOf, isNeverRetried, judge } from './decide';
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
  await awaitNextAttempts(judged, telling);
  const alerts = judged.map((run) => alertOf(run, telling.settings)).filter((it): it is Alert => it !== null);
  const successes = judged.filter(({ eventType }) => eventType === 'succeeded');
  await tell(alerts, successes, telling);
  await correct(
    judged.filter(({ record }) => isNeverRetried(record)),
    telling,
  );
}

/** Asks Glue about what failed, and about what works again where an incident of the task is open. */
async function askGlue(records: readonly StateRecord[], telling: Telling) {
  const { incidents, glue, log, settings } = telling;
  const open = await openIncidents(records, telling);
  const wanted = records.filter((record) => record.event_type !== 'succeeded' || open.has(incidents.keyOf(record)));
  const enriched = await enrich(wanted, { ports: glue, log, settings });
  count('GlueUnanswered', enriched.unanswered, telling);
  const byOriginal = new Map(wanted.map((record, at) => [record, enriched.records[at] ?? record]));
  const asked = records.map((record) => byOriginal.get(record) ?? record);
  return { asked, original: new Map(asked.map((it, at) => [it, records[at] ?? it])) };
}

/** Keys of the open incidents of the tasks that succeeded. */
async function openIncidents(records: readonly StateRecord[], telling: Telling): Promise<ReadonlySet<string>> {
  const { incidents, ports } = telling;
  const successes = records.filter(({ event_type }) => event_type === 'succeeded');
  const keys = [...new Set(successes.map(incidents.keyOf))];
  const found = await mapInGroups(keys, (key) => settle([], telling, () => incidents.read(key, ports)));
  return new Set(keys.filter((_, at) => found[at]?.state === 'open'));
}
