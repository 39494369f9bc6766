import type { Run } from '../plan';
import { isReopened, leftOpen } from './incidents';
import {
  type Case,
  channelsMeant,
  type Entry,
  isDeadLetter,
  isLong,
  lastMessage,
  nameOf,
  runOf,
  type Violation,
} from './truth';

const promise = 'every failure is settled in the ledger';

const settled = ['sent', 'suppressed', 'folded', 'silenced', 'unconfigured', 'failed'];

/** Every failed run is in the ledger with a status that stays and that is true, and nothing stays claimed. */
export function alertsHold(it: Case): readonly Violation[] {
  const failed = it.runs.filter(({ ending }) => ending !== 'succeeded');
  return [
    ...failed.flatMap((run) => missing(run, it)),
    ...it.ledger.flatMap((entry) => statusOf(entry, it)),
    ...finality(it),
  ].map((says) => ({ promise, says }));
}

function missing(run: Run, it: Case): readonly string[] {
  const entries = it.ledger.filter((entry) => entry.fields['kind'] === 'alert' && runOf(entry, it) === run);
  const told = entries.filter(({ fields }) => fields['event_type'] === 'failed' || fields['event_type'] === 'timeout');
  if (told.length > 0 || isDeadLetter(run, it.history)) return [];
  return [`${nameOf(run)} ended as ${run.ending} (${lastMessage(run)?.says}), and the ledger does not know it`];
}

function statusOf(entry: Entry, it: Case): readonly string[] {
  const { fields } = entry;
  const { status, kind } = fields;
  const run = runOf(entry, it);
  const name = `${kind} of ${fields['service_name']} ${fields['service_request_id']}`;
  if (run === null) return [`${name}: no such run`];
  const isDead = isDeadLetter(run, it.history);
  if (!settled.includes(String(status))) {
    return isDead || isOvertaken(entry, run, it) ? [] : [`${name} stays ${status}: ${fields['reason']}`];
  }
  if (status === 'failed' && kind === 'alert' && !isDead && !isOvertaken(entry, run, it))
    return [`${name} failed, and its message is no dead letter`];
  if (status === 'folded')
    return isFoldedRightly(entry, run, it) ? [] : [`${name} is folded into what is not its cause, or told elsewhere`];
  if (status === 'silenced') return isSilenced(entry, it) ? [] : [`${name} is silenced by no silence`];
  if (status === 'suppressed')
    return isKnown(entry, it) ? [] : [`${name} is suppressed, and nobody was told of the task`];
  return [];
}

/**
 * What nobody need be told any more stays as it was when its author died or could not go on: a recovery of a task that
 * has failed anew, or of which nobody heard but in messages that say that it is over; a reminder of what was told
 * meanwhile; a delay of what has ended; an attempt of which Glue said later that it is retried.
 */
function isOvertaken({ key, fields }: Entry, run: Run, it: Case): boolean {
  const { kind, alert_id } = fields;
  if (kind === 'reminder') return true;
  if (kind === 'recovery')
    return isReopened(fields['incident_id'], it.history) || leftOpen(fields['incident_id'], it).length === 0;
  // The last attempt may have failed on another day, whose ledger is another.
  const hasOther = it.ledger.some(
    (other) => other.key !== key && other.fields['alert_id'] === alert_id && other.fields['status'] !== 'claimed',
  );
  return fields['event_type'] === 'delayed' || run.ending === 'succeeded' || hasOther;
}

function isFoldedRightly({ fields }: Entry, run: Run, it: Case): boolean {
  const leader = it.ledger.find((other) => other.fields['alert_id'] === fields['folded_into']);
  const other = leader && runOf(leader, it);
  if (leader === undefined || other === null || other === undefined) return false;
  const isTold = ['sent', 'unconfigured'].includes(String(leader.fields['status'])) || isDeadLetter(other, it.history);
  const isToldThere = isTold && channelsMeant(leader, it).includes(fields['channel']);
  return isToldThere && (run.cause === other.id || other.cause === run.id || run.cause === other.cause);
}

function isSilenced({ fields }: Entry, { plan }: Case): boolean {
  const at = Date.parse(`${String(fields['event_time']).replace(' ', 'T')}Z`);
  return plan.steps.some(
    (step) => step.kind === 'silence' && step.name === fields['service_name'] && step.from <= at && at < step.until,
  );
}

/** Something of the task was posted, or is known not to have been. */
function isKnown({ fields }: Entry, { ledger }: Case): boolean {
  return ledger.some(({ fields: other }) => {
    const isSameTask = other['service_name'] === fields['service_name'];
    return isSameTask && ['sent', 'unconfigured', 'failed', 'silenced'].includes(String(other['status']));
  });
}

/** Where Glue answered all questions, an attempt that it retried was told to nobody. */
function finality(it: Case): readonly string[] {
  const { plan, runs, ledger } = it;
  // Glue is asked only for so long: whatever takes time keeps its answer away.
  const harmless = ['slack', 'secret', 'partial failure', 'kept', 'sent twice'];
  const isDisturbed = plan.steps.some(({ ...step }) => step.kind === 'fault' && !harmless.includes(step.fault.kind));
  if (isDisturbed || isLong(plan)) return [];
  const retried = runs.filter(({ service, ending }) => service === 'glue_job' && ending === 'succeeded');
  return ledger
    .filter(({ fields }) => fields['kind'] === 'alert' && fields['event_type'] !== 'delayed')
    .flatMap((entry) => {
      const run = runOf(entry, it);
      return run && retried.includes(run) ? [`${nameOf(run)} succeeded at last, and an attempt of it was told`] : [];
    });
}
