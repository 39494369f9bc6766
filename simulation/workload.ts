import { errorText } from './errors';
import { crawlerEvent, type Event, executionArn, executionEvent, glueJobEvent, lambdaEvent } from './events';
import type { Attempt, Delivery, Ending, Message, QueueName, Run } from './plan';
import type { Random } from './random';

/** A task whose runs are made up. */
export interface Task {
  readonly service: Run['service'];
  readonly name: string;
  readonly retries: number;
}

const minute = 60_000;

/** How messages travel in a plan. */
export interface Travel {
  /** The share that comes late, by minutes or hours. */
  readonly late: number;
  readonly twice: number;
}

/** When and how a run is to go. */
export interface Wish {
  readonly task: Task;
  readonly number: number;
  readonly began: number;
  readonly fails: boolean;
  readonly errorKind: number;
  /** The run that failed inside this one. */
  readonly cause: { readonly id: string; readonly ended: number; readonly error: string } | null;
  readonly travel: Travel;
}

/** Makes up a run: its attempts, what is told of it, and when that arrives. */
export function makeRun(wish: Wish, random: Random): { readonly run: Run; readonly error: string } {
  const { task, number, cause } = wish;
  const attempts = attemptsOf(wish, random);
  const ending = endingOf(attempts, wish, random);
  const error = cause?.error ?? errorText(wish.errorKind, random);
  const shared = { name: task.name, runId: runIdOf(task, number, random) };
  const told = attempts
    .flatMap((attempt, at) => changesOf(task, attempt, at, ending))
    .map((change) => ({
      ...change,
      event: eventOf(task, { ...shared, ...change, error: change.isError ? error : null }, cause?.id ?? null),
    }));
  const messages = told.map(({ event, state, at }) =>
    messageOf(event, `${state} at ${time(at)}`, at, wish.travel, random),
  );
  const id = rowId(task, shared.runId);
  const run: Run = {
    service: task.service,
    name: task.name,
    id,
    attempts,
    ending,
    retries: task.retries,
    cause: cause?.id ?? null,
    messages,
    last: messages.at(-1)?.id ?? '',
  };
  return { run, error };
}

function attemptsOf({ task, began, fails, cause }: Wish, random: Random): readonly Attempt[] {
  const length = () => random.between(1, 20 * 60) * 1_000;
  const ended = cause === null ? began + (task.service === 'lambda' ? 0 : length()) : cause.ended + 2_000;
  const first = { began, ended, failed: fails };
  if (task.service !== 'glue_job' || task.retries === 0 || !fails) return [first];
  const attempts: Attempt[] = [first];
  while (attempts.length <= task.retries && attempts.at(-1)?.failed) {
    if (random.chance(0.1)) break;
    const start = (attempts.at(-1)?.ended ?? began) + random.between(5, 90) * 1_000;
    attempts.push({ began: start, ended: start + length(), failed: random.chance(0.5) });
  }
  return attempts;
}

function endingOf(attempts: readonly Attempt[], { task }: Wish, random: Random): Ending {
  if (!attempts.at(-1)?.failed) return 'succeeded';
  if (task.service === 'glue_job' && attempts.length <= task.retries) return 'lost';
  const hasTimeouts = task.service === 'step_functions' || (task.service === 'glue_job' && task.retries === 0);
  return hasTimeouts && random.chance(0.15) ? 'timeout' : 'failed';
}

interface Change {
  readonly state: string;
  readonly at: number;
  readonly began: number;
  readonly isError: boolean;
  readonly attempt: number;
}

const words = {
  glue_job: { succeeded: 'SUCCEEDED', failed: 'FAILED', timeout: 'TIMEOUT', lost: 'FAILED' },
  glue_crawler: { succeeded: 'Succeeded', failed: 'Failed', timeout: 'Failed', lost: 'Failed' },
  lambda: { succeeded: 'Success', failed: 'RetriesExhausted', timeout: 'RetriesExhausted', lost: 'RetriesExhausted' },
  step_functions: { succeeded: 'SUCCEEDED', failed: 'FAILED', timeout: 'TIMED_OUT', lost: 'FAILED' },
} as const;

/** The state changes of an attempt: its start and, where it runs long, its delay, where the service tells them, and its end. */
function changesOf(
  { service }: Task,
  { began, ended, failed }: Attempt,
  attempt: number,
  ending: Ending,
): readonly Change[] {
  const tellsStart = service === 'glue_job' || service === 'step_functions';
  const isLong = service === 'glue_job' && ended - began > 15 * minute;
  const state = words[service][failed ? (ending === 'succeeded' ? 'failed' : ending) : 'succeeded'];
  return [
    ...(tellsStart ? [{ state: 'RUNNING', at: began, began, isError: false, attempt }] : []),
    ...(isLong ? [{ state: 'DELAYED', at: began + 5 * minute, began, isError: false, attempt }] : []),
    { state, at: ended, began, isError: failed, attempt },
  ];
}

function eventOf(
  task: Task,
  told: Change & { name: string; runId: string; error: string | null },
  cause: string | null,
): Event {
  const runId = told.attempt === 0 ? told.runId : `${told.runId}_attempt_${told.attempt}`;
  switch (task.service) {
    case 'glue_job':
      return glueJobEvent({ ...told, runId });
    case 'glue_crawler':
      return crawlerEvent(told);
    case 'lambda':
      return lambdaEvent(told);
    case 'step_functions':
      return executionEvent({ ...told, cause });
  }
}

function runIdOf({ service }: Task, number: number, random: Random): string {
  const hex = Array.from({ length: 8 }, () => random.between(0, 15).toString(16)).join('');
  return service === 'glue_job' ? `jr_${hex}${number.toString(16).padStart(8, '0')}` : `run-${hex}-${number}`;
}

function rowId({ service, name }: Task, runId: string): string | null {
  if (service === 'glue_crawler') return null;
  return service === 'step_functions' ? executionArn(name, runId) : runId;
}

/** A message goes to both queues, each on its own way: soon, late, or twice. */
export function messageOf(event: Event, says: string, at: number, travel: Travel, random: Random): Message {
  const arrival = () => at + (random.chance(travel.late) ? lateness(random) : random.between(300, 4_000));
  const deliveries = (['persist', 'notify'] as const).flatMap((queue: QueueName): readonly Delivery[] => {
    const first = { queue, at: arrival() };
    // At once, while the first is being worked on, or whenever.
    const gap = random.pick([20, 1_500, 600_000]);
    return random.chance(travel.twice) ? [first, { queue, at: first.at + random.between(0, gap) }] : [first];
  });
  return { ...event, says, deliveries };
}

function lateness(random: Random): number {
  return random.chance(0.7) ? random.between(5_000, 5 * minute) : random.between(minute, 180 * minute);
}

/** An instant as people read it. */
export function time(instant: number): string {
  return new Date(instant).toISOString().slice(5, 23).replace('T', ' ');
}
