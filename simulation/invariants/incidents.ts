import { type Fields, fieldsOf, type History, prefixes, type Write } from '../history';
import type { Run } from '../plan';
import { type Case, channelsMeant, type Entry, lastMessage, nameOf, runOf, type Violation } from './truth';

/** Times of events are whole seconds. */
const blur = 1_000;

/** Each failure is counted once; what works again is closed, and by nothing else. */
export function incidentsHold(it: Case): readonly Violation[] {
  const writes = it.history.writes.filter(({ key }) => key.startsWith(prefixes.incidents));
  // A delay is no failure.
  const failures = new Set(
    it.ledger.filter(({ fields }) => fields['event_type'] !== 'delayed').map(({ fields }) => fields['alert_id']),
  );
  return [
    ...writes.flatMap((write) => [
      ...countsHold(write, failures),
      ...closedRightly(write, it),
      ...recoveryTold(write, it),
    ]),
    ...uncounted(it),
    ...it.incidents.flatMap(({ key, incident }) => [...stillOpen(key, incident, it), ...untold(key, incident)]),
  ];
}

function countsHold({ before, after, key }: Write, failures: ReadonlySet<unknown>): readonly Violation[] {
  const [was, is] = [fieldsOf(before) ?? {}, fieldsOf(after) ?? {}];
  const [known, now] = [decidedIn(was), decidedIn(is)];
  const forgotten = Object.keys(known).filter((id) => !(id in now));
  const isAdded = (id: string) => !(id in known) && now[id] !== 'recovered' && failures.has(id);
  const added = Object.keys(now).filter(isAdded).length;
  const isSame = was['incident_id'] === is['incident_id'];
  const expected = (isSame ? Number(was['failures'] ?? 0) : 0) + added;
  const promise = 'no update of an incident is lost';
  return [
    ...(forgotten.length > 0 ? [{ promise, says: `${key} forgot ${forgotten.length} failures` }] : []),
    ...(expected === Number(is['failures'] ?? 0)
      ? []
      : [{ promise, says: `${key} counts ${is['failures']} failures, of which there were ${expected}` }]),
  ];
}

/** Every alert that went past silence and cause is counted in an incident. */
function uncounted({ ledger, incidents }: Case): readonly Violation[] {
  const counted = new Set(incidents.flatMap(({ incident }) => Object.keys(decidedIn(incident))));
  return ledger
    .filter(
      ({ fields }) =>
        fields['kind'] === 'alert' &&
        ['sent', 'suppressed', 'unconfigured', 'failed'].includes(String(fields['status'])),
    )
    .filter(({ fields }) => !counted.has(String(fields['alert_id'])))
    .map(({ key, fields }) => ({
      promise: 'no update of an incident is lost',
      says: `${key} of ${fields['service_name']} is ${fields['status']} and counted in no incident`,
    }));
}

function closedRightly({ before, after, key }: Write, it: Case): readonly Violation[] {
  const [was, is] = [fieldsOf(before) ?? {}, fieldsOf(after) ?? {}];
  if (was['state'] !== 'open' || is['state'] !== 'closed') return [];
  const run = it.runById.get(String((is['closed_by'] as Fields | null)?.['service_request_id']));
  const promise = 'a success of an earlier run closes nothing';
  if (run === undefined) return [{ promise, says: `${key} was closed by no run` }];
  const latest = failedIn(key, was, it).at(-1);
  if (latest === undefined || run === latest) return [];
  const isEarlier = beganLast(run) + blur < beganFirst(latest);
  return isEarlier ? [{ promise, says: `${nameOf(run)} began before ${nameOf(latest)} and closed its incident` }] : [];
}

/**
 * Every channel that heard of a failure hears that its task works again, unless the task failed anew before; what could
 * be told of the failure only afterwards says so itself.
 */
function recoveryTold({ before, after }: Write, it: Case): readonly Violation[] {
  const { ledger, history, runById } = it;
  const [was, is] = [fieldsOf(before) ?? {}, fieldsOf(after) ?? {}];
  const { incident_id } = was;
  if (was['state'] !== 'open' || is['state'] !== 'closed' || isReopened(incident_id, history)) return [];
  const run = runById.get(String((is['closed_by'] as Fields | null)?.['service_request_id']));
  if (run?.messages.some(({ body }) => history.deadLetters.notify.includes(body))) return [];
  const ofIncident = ledger.filter(({ fields }) => fields['incident_id'] === incident_id);
  const recoveries = ofIncident.filter(({ fields }) => fields['kind'] === 'recovery').length;
  const channels = new Set(leftOpen(incident_id, it).map((entry) => channelsMeant(entry, it).at(-1))).size;
  const name = run === undefined ? 'a run' : nameOf(run);
  const says = `${name} closed what was told in ${channels} channels, of which ${recoveries} hear it`;
  return channels > recoveries ? [{ promise: 'a recovery is told', says }] : [];
}

/** What was told of an incident, as far as the function knows, and of which people do not know that it is over. */
export function leftOpen(incident_id: unknown, it: Case): readonly Entry[] {
  const since = it.history.writes.find(({ after }) => fieldsOf(after)?.['incident_id'] === incident_id)?.at ?? 0;
  const ofIncident = it.ledger.filter(({ fields }) => fields['incident_id'] === incident_id);
  return ofIncident.filter((entry) => isLeftOpen(entry, since, it));
}

/** Whether the function knows that people saw a failure, since an instant, in a message that does not say that it is over. */
function isLeftOpen({ key, fields }: Entry, since: number, { history }: Case): boolean {
  if (fields['kind'] === 'recovery') return false;
  const posts = history.posts.filter(({ at, isAnswered, tells }) => at >= since && isAnswered && tells.includes(key));
  return posts.some(({ isShown, body }) => isShown && !/It (has )?worked again/.test(body));
}

/** A success that was handled after the last failure was counted has closed what it could close. */
function stillOpen(key: string, incident: Fields, it: Case): readonly Violation[] {
  if (incident['state'] !== 'open') return [];
  const failed = failedIn(key, incident, it);
  const latest = failed.at(-1);
  if (latest === undefined) return [];
  const counted = it.history.writes
    .filter((write) => write.key === key && newIn(write.before, write.after).length > 0)
    .at(-1);
  const closers = it.runs.filter((run) => {
    const isSameTask = run.service === latest.service && run.name === latest.name;
    const hasBegunLast = run === latest || beganLast(run) > beganLast(latest) + blur;
    const isLater = hasBegunLast && failed.every((other) => other === run || endOf(run) > endOf(other) + blur);
    return isSameTask && isLater && run.ending === 'succeeded' && isHandledAfter(run, counted?.at ?? 0, it);
  });
  return closers.map((run) => ({
    promise: 'a success closes the incident of its task',
    says: `${nameOf(run)} succeeded after ${nameOf(latest)} failed, and the incident is open`,
  }));
}

function isHandledAfter(run: Run, at: number, { history }: Case): boolean {
  const body = lastMessage(run)?.body ?? '';
  return history.invocations.some((it) => it.of === 'notify' && it.began > at && it.settled.includes(body));
}

/** What was kept back is told by a reminder, a later alert or the recovery. */
function untold(key: string, { untold: number, remind_at }: Fields): readonly Violation[] {
  return Number(number) === 0
    ? []
    : [
        {
          promise: 'what was kept back is told in the end',
          says: `${key} keeps back ${number}, and reminds at ${remind_at}`,
        },
      ];
}

/** The runs whose failures an incident counts, in the order in which they began. */
function failedIn(key: string, { incident_id }: Fields, it: Case): readonly Run[] {
  const counted = new Set(
    it.history.writes
      .filter((write) => write.key === key && fieldsOf(write.after)?.['incident_id'] === incident_id)
      .flatMap(({ before, after }) => newIn(before, after)),
  );
  const runs = it.ledger
    .filter(({ fields }) => fields['kind'] === 'alert' && counted.has(String(fields['alert_id'])))
    .flatMap((entry) => runOf(entry, it) ?? []);
  return runs.sort((a, b) => beganLast(a) - beganLast(b));
}

/** Alerts that a write decided, but for those that came when all was over. */
function newIn(before: string | null, after: string): readonly string[] {
  const [known, now] = [decidedIn(fieldsOf(before) ?? {}), decidedIn(fieldsOf(after) ?? {})];
  return Object.keys(now).filter((id) => !(id in known) && now[id] !== 'recovered');
}

/** Whether the task of an incident has another one by now. */
export function isReopened(id: unknown, { writes }: History): boolean {
  return writes.some(({ key, before, after }) => {
    if (!key.startsWith(prefixes.incidents) || fieldsOf(before)?.['incident_id'] !== id) return false;
    return fieldsOf(after)?.['incident_id'] !== id;
  });
}

function decidedIn(incident: Fields): Fields {
  return (incident['decided'] ?? {}) as Fields;
}

function beganFirst({ attempts }: Run): number {
  return attempts[0]?.began ?? 0;
}

function endOf({ attempts }: Run): number {
  return attempts.at(-1)?.ended ?? 0;
}

function beganLast({ attempts }: Run): number {
  return attempts.at(-1)?.began ?? 0;
}
