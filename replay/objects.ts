import type { ReplayPorts } from './ports';

/**
 * The keys that lie below a prefix now. All are listed before the first is touched: what a replay brings back there,
 * an event refused again, is not replayed by the same run.
 */
export async function keysBelow(prefix: string, ports: Pick<ReplayPorts, 'keys'>): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const key of ports.keys(prefix)) keys.push(key);
  return keys;
}

/** A list as the stream of things that {@link moveAll} takes. */
export async function* each<T>(things: readonly T[]): AsyncIterable<T> {
  yield* things;
}
