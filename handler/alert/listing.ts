import type { Objects } from '../ports';

/** Lists every object under a prefix, by one request for a thousand: its key, and the ETag of its version. */
export async function listAll(prefix: string, objects: Pick<Objects, 'list'>): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let after: string | null = null, more = true; more; ) {
    const page = await objects.list(prefix, after);
    for (const { key, etag } of page.objects) found.set(key, etag);
    after = page.objects.at(-1)?.key ?? null;
    more = page.isTruncated && after !== null;
  }
  return found;
}
