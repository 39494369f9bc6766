import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { isNestedDeeper, parseJson } from '../handler/event/json';
import { type InputFiles, isLineForm, listInput } from './input-files';
import { splitElements } from './json-elements';

/** One input: its text, and what that is as JSON, undefined when it is none. */
export interface InputEvent {
  readonly text: string;
  readonly value: unknown;
}

/** Levels of JSON that are still written anew; far above what the pipeline takes, and far below what the stack takes. */
export const deepestWritten = 500;

/**
 * Lists the input of a run, which reads it twice.
 * @throws Error as {@link listInput} does, and for a pipe, and for files in which there is no event.
 */
export async function requireEvents(path: string): Promise<InputFiles> {
  const input = listInput(path);
  const pipe = input.files.find((file) => !statSync(file).isFile());
  if (pipe !== undefined) {
    throw new Error(`--events ${pipe}: is read twice, so it must be a file or a folder; save what comes out of a pipe`);
  }
  for await (const _first of readEvents(input.files)) return input;
  throw new Error(`--events ${path}: there is no event in it`);
}

/**
 * Reads events one after the other: a JSON event, an array of them, or JSON lines. JSON lines in a `.jsonl` or
 * `.ndjson` file are streamed. Text that is not JSON is one event as it stands; the pipeline must cope with it.
 */
export async function* readEvents(files: readonly string[]): AsyncGenerator<InputEvent> {
  for (const file of files) {
    if (isLineForm(file)) {
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
    yield* elementsOf(value, line);
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
    yield* elementsOf(value, text);
  } else if (value !== undefined) {
    yield toInput(value, text.trim());
  } else if (text.trim() !== '') {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const first = parseJson(lines[0] ?? '');
    const isJsonLines = lines.length > 1 && typeof first === 'object' && first !== null;
    for (const line of isJsonLines ? lines : []) yield* readLine(line);
    if (!isJsonLines) yield { text, value: undefined };
  }
}

/** The elements of an array; `text` is that of the whole array. */
function elementsOf(values: readonly unknown[], text: string): readonly InputEvent[] {
  const isShallow = !isNestedDeeper(values, deepestWritten);
  const texts = isShallow ? [] : splitElements(text);
  return values.map((value, at) => toInput(value, texts[at] ?? ''));
}

/** JSON that is nested deeper cannot be written anew without exhausting the stack, so it stays the text that it was. */
function toInput(value: unknown, text: string): InputEvent {
  return { text: isNestedDeeper(value, deepestWritten) ? text : JSON.stringify(value), value };
}
