/** Remote calls at the same time: a full batch ends in time, and no service is flooded. */
const atOnce = 25;

/** Calls `action` for each item, a group of 25 at a time; the results have the order of the items. */
export async function mapInGroups<T, R>(items: readonly T[], action: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(action))));
  }
  return results;
}
