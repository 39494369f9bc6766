import { tickEvent } from '../handler/event/tick';
import { fieldsOf, type Invoke, prefixes, type Write } from './history';
import type { Plan } from './plan';
import { draw } from './random';
import type { Scheduler } from './scheduler';

const minute = 60_000;

/** Which incidents have something that falls due: a tick at any other time would only look. */
export interface Dues {
  readonly note: (write: Write) => void;
  /** The earliest, milliseconds since the epoch; null when nothing will. */
  readonly next: () => number | null;
}

/** Makes a memory of what falls due when. */
export function createDues(): Dues {
  const byKey = new Map<string, number>();
  return {
    note({ key, after }) {
      if (!key.startsWith(prefixes.incidents)) return;
      const due = dueIn(after);
      if (due === null) byKey.delete(key);
      else byKey.set(key, due);
    },
    next: () => (byKey.size === 0 ? null : Math.min(...byKey.values())),
  };
}

function dueIn(text: string): number | null {
  const incident = fieldsOf(text) ?? {};
  const awaited = (incident['awaited'] ?? []) as readonly { readonly due_at: string }[];
  const reminder = Number(incident['untold']) > 0 ? incident['remind_at'] : null;
  const instants = [reminder, ...awaited.map(({ due_at }) => due_at)].flatMap((it) =>
    typeof it === 'string' ? [Date.parse(it)] : [],
  );
  return instants.length === 0 ? null : Math.min(...instants);
}

/** Calls the function every minute in which something is due, and now and then when nothing is. */
export function startTicks(plan: Plan, around: { scheduler: Scheduler; dues: Dues; invoke: Invoke }): void {
  const { scheduler, dues, invoke } = around;
  let number = 0;
  const turn = () => {
    const isDue = (dues.next() ?? Number.POSITIVE_INFINITY) <= scheduler.now();
    if (isDue || draw(plan.seed, number, 11) < 0.02) invoke('tick', tickEvent, () => {});
    number++;
    scheduler.at(scheduler.now() + minute, turn);
  };
  scheduler.at(plan.start + 30_000, turn);
}
