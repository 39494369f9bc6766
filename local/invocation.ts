import { objectOf } from '../handler/event/json';
import type { Handler } from '../handler/process';
import { startInvocation, type VirtualClock } from './clock';

/** How an invocation ended. */
export interface Outcome {
  /** Ids of the messages that it could not handle; `all` when it threw, timed out, or answered nothing readable. */
  readonly failed: readonly string[] | 'all';
  /** When it ended on the virtual clock, milliseconds since the epoch. */
  readonly endedAt: number;
  /** What it threw, or that it timed out; null when it answered. */
  readonly fault: string | null;
}

/** The function's view of time while it runs; {@link invoke} sets it for each invocation. */
export interface FunctionTime {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** A function as the local run invokes it: the handler, and the time that its ports show it. */
export interface Invocable {
  readonly handler: Handler;
  readonly timeoutMs: number;
  readonly setTime: (time: FunctionTime) => void;
}

/** Invokes a function with a batch of SQS, as Lambda's event source mapping does, or with a schedule's constant input. */
export async function invoke(invocable: Invocable, event: unknown, clock: VirtualClock): Promise<Outcome> {
  const time = startInvocation(clock, invocable.timeoutMs);
  invocable.setTime(time);
  const end = (failed: Outcome['failed'], fault: string | null): Outcome => ({
    failed,
    fault,
    endedAt: clock.now() + time.elapsed(),
  });
  try {
    const answer = await Promise.race([invocable.handler(event), time.timedOut]);
    return answer === 'timed out' ? end('all', 'it timed out') : end(failedItems(answer), null);
  } catch (error) {
    return end('all', error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

/**
 * Reads a partial batch response: nothing, or an empty list, is success; a bad key, an empty or an unreadable id fails
 * the whole batch ("Implementing partial batch responses", Lambda developer guide).
 */
export function failedItems(answer: unknown): readonly string[] | 'all' {
  const fields = objectOf(answer ?? {});
  const failures = fields?.['batchItemFailures'];
  if (fields && (failures === null || Object.keys(fields).length === 0)) {
    return [];
  }
  if (!Array.isArray(failures)) {
    return 'all';
  }
  const ids = failures.map((failure) => objectOf(failure)?.['itemIdentifier']);
  return ids.every((id) => typeof id === 'string' && id !== '') ? (ids as string[]) : 'all';
}
