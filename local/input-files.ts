import { accessSync, closeSync, constants, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

/** The files that a path stands for, by name, and those beside them that hold no events (source code apart). */
export interface InputFiles {
  readonly files: readonly string[];
  readonly ignored: readonly string[];
}

const wholeForms = ['.json', '.txt'];
const lineForms = ['.jsonl', '.ndjson'];

/**
 * Lists the input: one file as it is, or a folder with all its folders.
 * @throws Error when there is no such path, when it holds nothing that could be an event, or when it cannot be read.
 */
export function listInput(path: string): InputFiles {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) {
    throw new Error(`${path}: there is no such file or folder`);
  }
  const input = stats.isDirectory() ? listFolder(path) : { files: [path], ignored: [] };
  for (const file of input.files) accessSync(file, constants.R_OK);
  return input;
}

function listFolder(path: string): InputFiles {
  const all = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const files = all.filter((file) => [...wholeForms, ...lineForms].includes(extname(file).toLowerCase()));
  if (files.length === 0) {
    throw new Error(`${path}: the folder holds no file that ends in ${[...wholeForms, ...lineForms].join(', ')}`);
  }
  return { files, ignored: all.filter((file) => !files.includes(file) && extname(file) !== '.ts') };
}

/** What a person may have meant otherwise: JSON over several lines in a file whose name promises one event per line. */
export function hintsOf(files: readonly string[]): readonly string[] {
  return files
    .filter((file) => isLineForm(file) && /^\uFEFF?\s*(\[\s*)?[[{]\s*[\r\n]/.test(beginningOf(file)))
    .map(
      (file) =>
        `${file}: each line is read as an event of its own; name the file .json when its JSON goes over several`,
    );
}

function beginningOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(64);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

/** Whether a file's name promises one event per line. */
export function isLineForm(file: string): boolean {
  return lineForms.includes(extname(file).toLowerCase());
}
