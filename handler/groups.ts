/** Remote calls at the same time: a full batch ends in time, and no service is flooded. */
const atOnce = 25;

/** Calls `action` for each item, a group at a time; the results have the order of the items. */
export async function mapInGroups<T, R>(
  items: readonly T[],
  action: (item: T) => Promise<R>,
  size = atOnce,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += size) {
    results.push(...(await Promise.all(items.slice(start, start + size).map(action))));
  }
  return results;
}
