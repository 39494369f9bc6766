import { retryPause } from '../enrich/retries';
import { mapInGroups } from '../groups';
import type { StateRecord } from '../record/schema';
import { byIncident } from './by-incident';
import { finalityOf, type Judged } from './decide';
import { type AwaitedRetry, awaitRetries, isOvertaken, withoutAwaited } from './decide/incident';
import { settle, type Telling } from './telling';

/**
 * Remembers the failed attempts after which Glue makes another, or may make one, so that the tick looks after ten minutes
 * whether it came; and forgets those whose next attempt is heard of.
 */
export async function awaitNextAttempts(judged: readonly Judged[], telling: Telling): Promise<void> {
  const { incidents } = telling;
  const runs = judged.filter((run) => isAwaiting(run) || isLaterAttempt(run.record));
  await mapInGroups(
    byIncident(runs, ({ record }) => incidents.keyOf(record)),
    ({ key, group }) =>
      settle(
        group.flatMap(({ changes }) => changes),
        telling,
        () => remember(key, group, telling),
      ),
  );
}

async function remember(key: string, group: readonly Judged[], { incidents, ports }: Telling): Promise<void> {
  const awaited = group.filter(isAwaiting).map(({ record }) => retryOf(record));
  const records = group.map(({ record }) => record);
  const known = awaited.length === 0 ? await incidents.read(key, ports) : null;
  if (awaited.length === 0 && !known?.awaited.some((retry) => isOvertaken(retry, records))) return;
  await incidents.update(
    key,
    (before) => {
      const overtaken = before.awaited.filter((retry) => isOvertaken(retry, records));
      return { incident: awaitRetries(withoutAwaited(before, overtaken), awaited), result: null };
    },
    ports,
  );
}

/** A failed attempt after which Glue makes another, or of which it did not say. */
function isAwaiting({ eventType, record }: Judged): boolean {
  if (record.event_type !== 'failed') return false;
  return eventType === 'retrying' || (eventType === 'failed' && finalityOf(record) === 'unknown');
}

function isLaterAttempt({ service_type, retry_attempts }: StateRecord): boolean {
  return service_type === 'glue_job' && (retry_attempts ?? 0) > 0;
}

function retryOf(record: StateRecord): AwaitedRetry {
  const due_at = new Date(Date.parse(record.event_time) + retryPause).toISOString();
  return { record: { ...record, detail: null }, due_at };
}
