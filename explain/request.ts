import { parseArgs } from 'node:util';

/** How the command is called. */
export const usage = `Usage: npm run alert:explain -- FILE_OR_FOLDER… [--at TIME] [--retries N] [--workflow] [--json]

Says for each event in the files (JSON, an array, or JSON lines) what would be told of it, where, and why.
  --at 2026-01-31T02:30Z   as if the first event happened then, the others as long after it as they did
  --retries N              as if Glue made N retries of each job; else it cannot be asked
  --workflow               messages as a webhook of a workflow gets them
  --json                   one line of JSON per event, with the whole body of each message

Reads config.ts, and needs no AWS account.`;

/** What a command line asks for. */
export interface Request {
  readonly paths: readonly string[];
  readonly at: number | null;
  readonly retries: number | null;
  readonly webhook: 'incoming' | 'workflow';
  readonly json: boolean;
}

const options = {
  at: { type: 'string' },
  retries: { type: 'string' },
  workflow: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** Reads the arguments, or says what is wrong with them. */
export function readRequest(words: readonly string[]): Request | { readonly problem: string } {
  const parsed = parsedOf(words);
  if (parsed instanceof Error) return { problem: parsed.message };
  const { at, retries, workflow = false, json = false } = parsed.values;
  if (parsed.positionals.length === 0) return { problem: usage };
  if (at !== undefined && !isInstant(at)) {
    return { problem: `--at is "${at}"; it must be a time with its zone, such as 2026-01-31T02:30Z` };
  }
  if (retries !== undefined && !/^\d{1,2}$/.test(retries)) {
    return { problem: `--retries is "${retries}"; it must be a whole number from 0 to 99` };
  }
  return {
    paths: parsed.positionals,
    at: at === undefined ? null : Date.parse(at),
    retries: retries === undefined ? null : Number(retries),
    webhook: workflow ? 'workflow' : 'incoming',
    json,
  };
}

function parsedOf(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}
