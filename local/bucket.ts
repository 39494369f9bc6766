import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ObjectPage, StoredObject } from '../handler/ports';
import { createKeys } from './bucket-keys';
import type { Output } from './output';

/** The objects of a bucket as files of the output folder; keys are those of the bucket. */
export interface Bucket {
  /** The object, or null when there is none. */
  readonly get: (key: string) => StoredObject | null;
  /** Writes an object; an existing one is left alone. Its tag, or null when there was one. */
  readonly putIfAbsent: (key: string, body: string | Uint8Array) => string | null;
  /** Writes an object over the version with this tag. Its new tag, or null when it has changed or is gone. */
  readonly putIfMatch: (key: string, body: string, etag: string) => string | null;
  /** The keys below a prefix that follow `after`, at most a thousand, in the order of their bytes. */
  readonly list: (prefix: string, after: string | null) => ObjectPage;
  /** The path of the file that stands for an object. */
  readonly pathOf: (key: string) => string;
}

/** Rows and what else the tables hold lie under `lake/`; quarantine and error objects lie beside it. */
export const lakeKeys = 'monitor/';

/** What one answer of `ListObjectsV2` holds at most. */
const pageLength = 1_000;

/** What is in a bucket from the start, and which of its keys are of no use to people: those become no files. */
export interface BucketContent {
  /** The objects that Terraform puts into it, by key. */
  readonly deployed: ReadonlyMap<string, string>;
  readonly isHidden: (key: string) => boolean;
}

/** Opens the bucket in the output folder. */
export function openBucket(
  output: Pick<Output, 'folder' | 'wrote'>,
  { deployed, isHidden }: BucketContent = { deployed: new Map(), isHidden: () => false },
): Bucket {
  const etags = new Map([...deployed].map(([key, content]) => [key, etagOf(content)]));
  const keys = createKeys(deployed.keys());
  /** Objects that are no files. */
  const held = new Map<string, string>(deployed);

  function pathOf(key: string): string {
    const segments = key.split('/');
    if (key === '' || segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
      throw new Error(`Bucket key ${JSON.stringify(key)} is no path of a file: use names parted by single slashes`);
    }
    return join(output.folder, ...(key.startsWith(lakeKeys) ? ['lake'] : []), ...segments);
  }

  function write(key: string, body: string | Uint8Array): string {
    const etag = etagOf(body);
    if (isHidden(key)) held.set(key, String(body));
    else writeFileSync(pathOf(key), body);
    etags.set(key, etag);
    return etag;
  }

  return {
    pathOf,
    get: (key) => {
      const path = pathOf(key);
      const etag = etags.get(key);
      return etag === undefined ? null : { body: held.get(key) ?? readFileSync(path, 'utf8'), etag };
    },
    putIfAbsent: (key, body) => {
      const path = pathOf(key);
      if (etags.has(key) || existsSync(path)) {
        return null;
      }
      if (!isHidden(key)) {
        mkdirSync(dirname(path), { recursive: true });
        output.wrote(path);
      }
      keys.add(key);
      return write(key, body);
    },
    putIfMatch: (key, body, etag) => (etags.get(key) === etag && !deployed.has(key) ? write(key, body) : null),
    list: (prefix, after) => {
      const found = keys.below(prefix, { after, most: pageLength + 1 });
      const objects = found.slice(0, pageLength).map((key) => ({ key, etag: etags.get(key) ?? '' }));
      return { objects, isTruncated: found.length > pageLength };
    },
  };
}

/** As S3 makes it of an object that came in one part and is not encrypted with a key of the user. */
function etagOf(body: string | Uint8Array): string {
  return `"${hash('md5', body, 'hex')}"`;
}
