import { enrich } from '../enrich';
import { type Asking, askedAtOnce, createAsking } from '../enrich/asking';
import { attemptId } from '../enrich/retries';
import { mapInGroups } from '../groups';
import type { StateRecord } from '../record/schema';
import { byIncident } from './by-incident';
import { correct } from './correct';
import { type Alert, alertOf, isNeverRetried, type Judged } from './decide';
import { type AwaitedRetry, type Incident, withoutAwaited } from './decide/incident';
import { isDue, type Remembered } from './due';
import { tell } from './tell';
import { count, settle, type Telling } from './telling';

/** So long a row that says that a retry follows is tried to be written anew. */
const longestCorrection = 86_400_000;

/** So long Glue may fail to answer before a retry that was waited for is told of all the same. */
const longestSilence = 1_200_000;

/** A failed attempt whose next one should have begun by now. */
interface Missing {
  readonly key: string;
  readonly retry: AwaitedRetry;
  readonly came: 'yes' | 'never' | 'unknown';
  /** What the attempt is now known to be. */
  readonly record: StateRecord;
}

/** Asks Glue whether the attempts that are due have come; leaves out those that it must be asked about again. */
export async function askForMissing(all: readonly Remembered[], telling: Telling): Promise<readonly Missing[]> {
  const { glue, log, ports } = telling;
  const now = ports.now().getTime();
  const due = all.flatMap(({ key, incident }) =>
    incident.awaited.filter(({ due_at }) => isDue(due_at, now)).map((retry) => ({ key, retry })),
  );
  const asking = createAsking({ ports: glue, log });
  const answers = await mapInGroups(due, ({ retry }) => hasCome(retry, asking), askedAtOnce);
  asking.report();
  count('GlueUnanswered', answers.filter((came) => came === 'unknown').length, telling);
  const isPatient = ({ due_at }: AwaitedRetry) => now - Date.parse(due_at) < longestSilence;
  const asked = due.flatMap(({ key, retry }, at) => {
    const came = answers[at] ?? 'unknown';
    return came === 'unknown' && isPatient(retry) ? [] : [{ key, retry, came, record: knownOf(retry, came) }];
  });
  return withWhatGlueSays(asked, telling);
}

async function hasCome({ record }: AwaitedRetry, asking: Asking): Promise<Missing['came']> {
  const next = await asking.run(record.service_name, attemptId(record, 1));
  if (next === null) return 'unknown';
  return next.said === null ? 'never' : 'yes';
}

/** Whoever could not be asked does not know whether another attempt follows. */
function knownOf({ record }: AwaitedRetry, came: Missing['came']): StateRecord {
  return { ...record, will_retry: came === 'never' && record.will_retry === true ? false : null };
}

/** Of a run that Glue said nothing of when it failed, it may say now how many attempts there should have been. */
async function withWhatGlueSays(asked: readonly Missing[], telling: Telling): Promise<readonly Missing[]> {
  const { glue, log, settings } = telling;
  const open = asked.filter(({ came, record }) => came === 'never' && record.will_retry === null);
  const { records } = await enrich(
    open.map(({ record }) => record),
    { ports: glue, log, settings },
  );
  const filled = new Map(open.map((it, at) => [it, records[at]]));
  return asked.map((it) => ({ ...it, record: filled.get(it) ?? it.record }));
}

/** Tells of the attempts that never came, writes their rows anew, and forgets all that is settled. */
export async function tellOfMissing(asked: readonly Missing[], telling: Telling): Promise<void> {
  const missing = asked.filter(({ came }) => came !== 'yes');
  const alerts = missing.map((it) => alertOf(judgedOf(it), telling.settings));
  await tell(
    alerts.filter((it): it is Alert => it !== null),
    [],
    telling,
  );
  const told = asked.filter(({ retry }) => !telling.unsettled.has(retry.record));
  await correct(missing.filter(isWrittenOtherwise).map(judgedOf), telling);
  const now = telling.ports.now().getTime();
  const isOver = ({ due_at }: AwaitedRetry) => Date.parse(due_at) + longestCorrection <= now;
  const settled = told.filter(({ retry }) => !telling.unsettled.has(retry.record) || isOver(retry));
  await mapInGroups(
    byIncident(settled, (it) => it.key),
    ({ key, group }) => {
      const retries = group.map(({ retry }) => retry);
      const forget = (before: Incident) => ({ incident: withoutAwaited(before, retries), result: null });
      return settle([], telling, () => telling.incidents.update(key, forget, telling.ports));
    },
  );
}

/** Whether the row says that another attempt follows, as far as is known: persist may have been told so. */
function isWrittenOtherwise({ retry, record }: Missing): boolean {
  return retry.record.will_retry === true || isNeverRetried(record);
}

function judgedOf({ retry, record }: Missing): Judged {
  return { record, eventType: record.event_type, changes: [retry.record] };
}
