import { type Fields, fieldsOf, type History, prefixes } from '../history';
import type { Message, Plan, Run } from '../plan';

/** What should be and what is, side by side. */
export interface Case {
  readonly plan: Plan;
  readonly history: History;
  readonly runs: readonly Run[];
  /** What rows and ledger call a run: the service's id, else the id of the event that ended it. */
  readonly runById: ReadonlyMap<string, Run>;
  readonly ledger: readonly Entry[];
  readonly incidents: readonly { readonly key: string; readonly incident: Fields }[];
}

/** A notification as the ledger holds it. */
export interface Entry {
  readonly key: string;
  readonly fields: Fields;
}

/** A promise that was broken, in words. */
export interface Violation {
  readonly promise: string;
  readonly says: string;
}

/** Reads what a run of a plan has left behind. */
export function caseOf(plan: Plan, history: History): Case {
  const runs = plan.steps.flatMap((step) => (step.kind === 'run' ? [step.run] : []));
  const objects = [...history.objects].map(([key, text]) => ({ key, fields: fieldsOf(text) ?? {} }));
  return {
    plan,
    history,
    runs,
    runById: new Map(runs.map((run) => [run.id ?? run.last, run])),
    ledger: objects.filter(({ key }) => key.startsWith(prefixes.ledger)),
    incidents: objects
      .filter(({ key }) => key.startsWith(prefixes.incidents))
      .map(({ key, fields }) => ({ key, incident: fields })),
  };
}

/** The run that an entry is about. */
export function runOf({ fields }: Entry, { runById }: Case): Run | null {
  const run = runById.get(String(fields['service_request_id'])) ?? null;
  return run?.name === fields['service_name'] ? run : null;
}

/** The channels that an entry was meant for, each time it was claimed: where it was told at last may be another. */
export function channelsMeant({ key }: Entry, { history }: Case): readonly unknown[] {
  const writes = history.writes.filter((write) => write.key === key).map(({ after }) => fieldsOf(after));
  return writes.filter((fields) => fields?.['status'] === 'claimed').map((fields) => fields?.['channel']);
}

/** A run in words. */
export function nameOf(run: Run): string {
  return `${run.service} ${run.name} ${run.id ?? run.last}`;
}

/** The message that tells how a run ended. */
export function lastMessage(run: Run): Message | null {
  return run.messages.find(({ id }) => id === run.last) ?? null;
}

/** Whether the notify queue gave a run up. */
export function isDeadLetter(run: Run, { deadLetters }: History): boolean {
  const bodies = new Set(run.messages.map(({ body }) => body));
  return deadLetters.notify.some((body) => bodies.has(body) || body.includes(run.id ?? run.last));
}

/**
 * Whether something went wrong for so long that a queue may give up: fifty receives take about two days, or five hours
 * where the queue cannot be asked to hold a message back for longer than it does by itself.
 */
export function isLong({ steps }: Plan): boolean {
  return steps.some((step) => {
    if (step.kind !== 'fault' || !('to' in step.fault)) return false;
    const { fault } = step;
    const hours = (fault.to - fault.from) / 3_600_000;
    return hours > 40 || (hours > 4 && fault.kind === 'outage' && fault.ports.includes('postpone'));
  });
}
