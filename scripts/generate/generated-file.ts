import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that is derived from others and never edited. */
export interface GeneratedFile {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
}

/** Writes a file where it differs from what is there. True when it did. */
export function writeIfChanged(root: string, file: GeneratedFile): boolean {
  if (!isStale(root, file)) return false;
  writeFileSync(join(root, file.path), file.text);
  return true;
}

/** Whether the file is missing, or not what would be generated now. */
export function isStale(root: string, { path, text }: GeneratedFile): boolean {
  const full = join(root, path);
  return !existsSync(full) || readFileSync(full, 'utf8') !== text;
}
