import { hash } from 'node:crypto';
import type { Objects } from '../handler/ports';

/** A bucket in memory; `all` is what it holds, by key. */
export function createObjects(): { readonly objects: Objects; readonly all: ReadonlyMap<string, string> } {
  const all = new Map<string, string>();
  const write = (key: string, body: string) => {
    all.set(key, body);
    return etagOf(body);
  };
  const objects: Objects = {
    get: async (key) => {
      const body = all.get(key);
      return body === undefined ? null : { body, etag: etagOf(body) };
    },
    putIfAbsent: async (key, body) => (all.has(key) ? null : write(key, body)),
    putIfMatch: async (key, body, etag) => {
      const before = all.get(key);
      return before !== undefined && etagOf(before) === etag ? write(key, body) : null;
    },
    list: async (prefix, after) => {
      const keys = [...all.keys()].filter((key) => key.startsWith(prefix) && key > (after ?? '')).sort();
      const page = keys.slice(0, 1_000).map((key) => ({ key, etag: etagOf(all.get(key) ?? '') }));
      return { objects: page, isTruncated: keys.length > page.length };
    },
  };
  return { objects, all };
}

function etagOf(body: string): string {
  return hash('sha256', body, 'hex');
}
