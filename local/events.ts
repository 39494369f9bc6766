import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseJson } from '../handler/event/json';

/** One input: its text, and what that is as JSON, undefined when it is none. */
export interface InputEvent {
  readonly text: string;
  readonly value: unknown;
}

/** The files that a path stands for, by name, and those beside them that hold no events (source code apart). */
export interface InputFiles {
  readonly files: readonly string[];
  readonly ignored: readonly string[];
}

const wholeForms = ['.json', '.txt'];
const lineForms = ['.jsonl', '.ndjson'];

/**
 * Lists the input: one file as it is, or a folder with all its folders.
 * @throws Error when there is no such path, or when it holds nothing that could be an event.
 */
export function listInput(path: string): InputFiles {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) {
    throw new Error(`--events ${path}: there is no such file or folder`);
  }
  if (!stats.isDirectory()) {
    return { files: [path], ignored: [] };
  }
  const all = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const files = all.filter((file) => [...wholeForms, ...lineForms].includes(extname(file).toLowerCase()));
  if (files.length === 0) {
    throw new Error(
      `--events ${path}: the folder holds no file that ends in ${[...wholeForms, ...lineForms].join(', ')}`,
    );
  }
  return { files, ignored: all.filter((file) => !files.includes(file) && extname(file) !== '.ts') };
}

/**
 * Reads events one after the other: a JSON event, an array of them, or JSON lines. JSON lines in a `.jsonl` or
 * `.ndjson` file are streamed. Text that is not JSON is one event as it stands; the pipeline must cope with it.
 */
export async function* readEvents(files: readonly string[]): AsyncGenerator<InputEvent> {
  for (const file of files) {
    if (lineForms.includes(extname(file).toLowerCase())) {
      yield* readLines(file);
    } else {
      yield* readWhole(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    }
  }
}

async function* readLines(file: string): AsyncGenerator<InputEvent> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    yield* readLine(line.replace(/^\uFEFF/, ''));
  }
}

function* readLine(line: string): Generator<InputEvent> {
  if (line.trim() === '') {
    return;
  }
  const value = parseJson(line);
  if (Array.isArray(value)) {
    yield* value.map(toInput);
  } else {
    yield { text: line, value };
  }
}

/**
 * A text that is no JSON as a whole may still be JSON lines: it is, when it has several and the first is an object or
 * an array by itself. A line that is none is then an event of its own, and takes no other along.
 */
function* readWhole(text: string): Generator<InputEvent> {
  const value = parseJson(text);
  if (Array.isArray(value)) {
    yield* value.map(toInput);
  } else if (value !== undefined) {
    yield toInput(value);
  } else if (text.trim() !== '') {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const first = parseJson(lines[0] ?? '');
    const isJsonLines = lines.length > 1 && typeof first === 'object' && first !== null;
    for (const line of isJsonLines ? lines : []) yield* readLine(line);
    if (!isJsonLines) yield { text, value: undefined };
  }
}

function toInput(value: unknown): InputEvent {
  return { text: JSON.stringify(value), value };
}
