import { enrich } from '../../../handler/enrich';
import type { LogFields } from '../../../handler/log';
import type { Job, JobRun } from '../../../handler/ports';
import type { StateRecord } from '../../../handler/record/schema';

/** An attempt as Glue tells of it; what a test does not say has a plain value. */
export function runOf(said: Partial<JobRun> = {}): JobRun {
  return {
    startedAt: '2026-01-05T09:50:10.000Z',
    completedAt: '2026-01-05T09:59:29.500Z',
    executionSeconds: 540,
    dpuSeconds: 1_350,
    errorMessage: null,
    ...said,
  };
}

/** What Glue knows: attempts by their id, jobs by their name; an error is thrown. */
export interface Glue {
  readonly runs?: Readonly<Record<string, JobRun | Error>>;
  readonly jobs?: Readonly<Record<string, Job | Error>>;
}

interface Setting {
  readonly now?: string;
  /** Stands before each answer. */
  readonly before?: () => Promise<void>;
  /** Sources of regular expressions. */
  readonly redactionPatterns?: readonly string[];
}

/** An error as the SDK throws it, told by its name. */
export function errorOf(name: string): Error {
  return Object.assign(new Error('secret text'), { name });
}

/** Enriches records with what this Glue says, shortly after the failure of `recordOf` unless a test says when. */
export async function enrichWith(
  { runs = {}, jobs = {} }: Glue,
  records: readonly StateRecord[],
  setting: Setting = {},
) {
  const { now = '2026-01-05T10:00:00.000Z', before = async () => {}, redactionPatterns = [] } = setting;
  const asked: string[] = [];
  const lines: (readonly [string, LogFields | undefined])[] = [];
  const write = (message: string, fields?: LogFields) => void lines.push([message, fields]);
  async function answer<T>(question: string, known: T | Error | undefined): Promise<T | null> {
    asked.push(question);
    await before();
    if (known instanceof Error) throw known;
    return known ?? null;
  }
  const ports = {
    getJobRun: (name: string, id: string) => answer(`${name} ${id}`, runs[id]),
    getJob: (name: string) => answer(name, jobs[name]),
    now: () => new Date(now),
  };
  const log = { info: write, warn: write, error: write };
  const result = await enrich(records, { ports, log, settings: { redactionPatterns: [...redactionPatterns] } });
  return { ...result, asked, lines };
}
