import type { ObjectPage, StoredObject } from '../handler/ports';
import type { Write } from './history';

/** A bucket that lies in memory; its calls happen at once. */
export interface Bucket {
  readonly get: (key: string) => StoredObject | null;
  readonly putIfAbsent: (key: string, body: string, by: number) => string | null;
  readonly putIfMatch: (
    key: string,
    body: string,
    condition: { readonly etag: string; readonly by: number },
  ) => string | null;
  readonly list: (prefix: string, after: string | null) => ObjectPage;
  readonly texts: () => ReadonlyMap<string, string>;
}

/** A page of a listing; small, so that the second page is reached. */
const pageSize = 7;

/** Makes an empty bucket that tells of each write. Tags are never given twice, not even for equal texts. */
export function createBucket(now: () => number, onWrite: (write: Write) => void): Bucket {
  const objects = new Map<string, StoredObject>();
  let versions = 0;

  function write(key: string, body: string, by: number): string {
    const etag = `"${++versions}"`;
    const before = objects.get(key)?.body ?? null;
    objects.set(key, { body, etag });
    onWrite({ at: now(), key, before, after: body, by });
    return etag;
  }

  return {
    get: (key) => objects.get(key) ?? null,
    putIfAbsent: (key, body, by) => (objects.has(key) ? null : write(key, body, by)),
    putIfMatch: (key, body, { etag, by }) => (objects.get(key)?.etag === etag ? write(key, body, by) : null),
    list(prefix, after) {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > (after ?? '')).sort();
      const page = keys.slice(0, pageSize).map((key) => ({ key, etag: objects.get(key)?.etag ?? '' }));
      return { objects: page, isTruncated: keys.length > page.length };
    },
    texts: () => new Map([...objects].map(([key, { body }]) => [key, body])),
  };
}
