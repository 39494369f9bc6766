import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Output } from './output';

/** The objects of a bucket as files of the output folder; keys are those of the bucket. */
export interface Bucket {
  /** The object's text, or null when there is no such object. */
  readonly get: (key: string) => string | null;
  /** Writes an object; an existing one is left alone. True when it was written. */
  readonly putIfAbsent: (key: string, body: string | Uint8Array) => boolean;
  /** The path of the file that stands for an object. */
  readonly pathOf: (key: string) => string;
}

/** Rows and what else the tables hold lie under `lake/`; quarantine and error objects lie beside it. */
const lakeKeys = 'monitor/';

/** Opens the bucket in the output folder, with the objects that Terraform puts into it, by key. */
export function openBucket(output: Pick<Output, 'folder' | 'wrote'>, deployed: ReadonlyMap<string, string>): Bucket {
  function pathOf(key: string): string {
    const segments = key.split('/');
    if (key === '' || segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
      throw new Error(`Bucket key ${JSON.stringify(key)} is no path of a file: use names parted by single slashes`);
    }
    return join(output.folder, ...(key.startsWith(lakeKeys) ? ['lake'] : []), ...segments);
  }

  return {
    pathOf,
    get: (key) => {
      const path = pathOf(key);
      return deployed.get(key) ?? (existsSync(path) ? readFileSync(path, 'utf8') : null);
    },
    putIfAbsent: (key, body) => {
      const path = pathOf(key);
      if (existsSync(path) || deployed.has(key)) {
        return false;
      }
      mkdirSync(dirname(path), { recursive: true });
      output.wrote(path);
      writeFileSync(path, body);
      return true;
    },
  };
}
