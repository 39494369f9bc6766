/** Things ordered by the instant at which they fall due; equal instants keep the order in which they were added. */
export interface Schedule<T> {
  readonly add: (dueAt: number, item: T) => void;
  /** The earliest, or null when there is nothing. */
  readonly first: () => { readonly dueAt: number; readonly item: T } | null;
  readonly removeFirst: () => void;
}

interface Entry<T> {
  readonly dueAt: number;
  readonly order: number;
  readonly item: T;
}

/** Makes an empty schedule (a binary heap: adding and removing cost the logarithm of its size). */
export function createSchedule<T>(): Schedule<T> {
  const entries: Entry<T>[] = [];
  let added = 0;
  return {
    add: (dueAt, item) => {
      entries.push({ dueAt, order: added++, item });
      rise(entries);
    },
    first: () => entries[0] ?? null,
    removeFirst: () => {
      const last = entries.pop();
      if (last !== undefined && entries.length > 0) {
        entries[0] = last;
        sink(entries);
      }
    },
  };
}

function isBefore<T>(one: Entry<T>, other: Entry<T>): boolean {
  return one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.order < other.order);
}

function rise<T>(entries: Entry<T>[]): void {
  let at = entries.length - 1;
  while (at > 0) {
    const parentAt = (at - 1) >> 1;
    const [entry, parent] = [entries[at], entries[parentAt]];
    if (entry === undefined || parent === undefined || !isBefore(entry, parent)) return;
    entries[at] = parent;
    entries[parentAt] = entry;
    at = parentAt;
  }
}

function sink<T>(entries: Entry<T>[]): void {
  let at = 0;
  for (;;) {
    const entry = entries[at];
    const [left, right] = [entries[2 * at + 1], entries[2 * at + 2]];
    if (entry === undefined || left === undefined) return;
    const rightIsFirst = right !== undefined && isBefore(right, left);
    const child = rightIsFirst ? right : left;
    if (!isBefore(child, entry)) return;
    const childAt = 2 * at + (rightIsFirst ? 2 : 1);
    entries[at] = child;
    entries[childAt] = entry;
    at = childAt;
  }
}
