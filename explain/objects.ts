import type { Objects } from '../handler/ports';

/** A bucket in memory. */
export interface Memory {
  readonly objects: Objects;
  /** What it holds, by key. */
  readonly all: ReadonlyMap<string, string>;
  /** The keys that were written since this was asked last. */
  readonly takeWritten: () => readonly string[];
}

/** Makes an empty bucket in memory. */
export function createObjects(): Memory {
  const all = new Map<string, string>();
  const versions = new Map<string, string>();
  const written = new Set<string>();
  let writes = 0;
  const etagOf = (key: string) => versions.get(key) ?? '';
  const write = (key: string, body: string) => {
    writes += 1;
    all.set(key, body);
    versions.set(key, `${writes}`);
    written.add(key);
    return etagOf(key);
  };
  const objects: Objects = {
    get: async (key) => {
      const body = all.get(key);
      return body === undefined ? null : { body, etag: etagOf(key) };
    },
    putIfAbsent: async (key, body) => (all.has(key) ? null : write(key, body)),
    putIfMatch: async (key, body, etag) => (all.has(key) && etagOf(key) === etag ? write(key, body) : null),
    list: async (prefix, after) => {
      const keys = [...all.keys()].filter((key) => key.startsWith(prefix) && key > (after ?? '')).sort();
      const page = keys.slice(0, 1_000).map((key) => ({ key, etag: etagOf(key) }));
      return { objects: page, isTruncated: keys.length > page.length };
    },
  };
  const takeWritten = () => {
    const keys = [...written];
    written.clear();
    return keys;
  };
  return { objects, all, takeWritten };
}
