/** What became of the things that rested in one place. */
export interface Tally {
  /** The queue or the key prefix. */
  readonly place: string;
  /** Sent on, and then removed from the place. */
  readonly moved: number;
  /** Left in the place, because sending or removing failed; the next replay finds them again. */
  readonly kept: number;
  /** Why things were kept, each reason once with its count. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Whether the replay gave up because everything failed, with things in the place that it did not try. */
  readonly gaveUp: boolean;
}

/** How many things are on the way at a time. */
const width = 10;

/** After so many failures with no success between them the cause is not the single thing: the replay stops. */
const patience = 30;

/**
 * Moves things one by one, ten at a time; a failure keeps its thing and goes on with the next, until all have failed
 * for a while.
 */
export async function moveAll<T>(
  place: string,
  things: AsyncIterable<T>,
  move: (thing: T) => Promise<void>,
): Promise<Tally> {
  const reasons: Record<string, number> = {};
  let moved = 0;
  let kept = 0;
  let failuresInARow = 0;
  for await (const group of groupsOf(things)) {
    const failures = (await Promise.all(group.map((thing) => attempt(thing, move)))).filter(
      (reason) => reason !== null,
    );
    for (const reason of failures) reasons[reason] = (reasons[reason] ?? 0) + 1;
    moved += group.length - failures.length;
    kept += failures.length;
    failuresInARow = failures.length === group.length ? failuresInARow + failures.length : 0;
    if (failuresInARow >= patience) return { place, moved, kept, reasons, gaveUp: true };
  }
  return { place, moved, kept, reasons, gaveUp: false };
}

async function attempt<T>(thing: T, move: (thing: T) => Promise<void>): Promise<string | null> {
  try {
    await move(thing);
    return null;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

async function* groupsOf<T>(things: AsyncIterable<T>): AsyncIterable<readonly T[]> {
  let group: T[] = [];
  for await (const thing of things) {
    group.push(thing);
    if (group.length === width) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
