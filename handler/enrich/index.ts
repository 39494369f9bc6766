import { nameOf } from '../errors';
import { mapInGroups } from '../groups';
import type { Log } from '../log';
import type { Ports } from '../ports';
import type { EventType, StateRecord } from '../record/schema';
import type { Settings } from '../settings';
import { type Asking, askedAtOnce, createAsking } from './asking';
import { withError } from './error';
import { attemptId, type Retries, retriesOf } from './retries';
import { withRun } from './run';

/** What enrichment takes. */
export interface Means {
  readonly ports: Pick<Ports, 'getJobRun' | 'getJob' | 'now'>;
  readonly log: Log;
  readonly settings: Pick<Settings, 'redactionPatterns'>;
}

/** The records in their order, and how many runs Glue could not be asked about. */
export interface Enriched {
  readonly records: readonly StateRecord[];
  readonly unanswered: number;
}

const terminal: readonly EventType[] = ['succeeded', 'failed', 'timeout', 'stopped'];

/**
 * Fills empty columns of terminal runs of Glue jobs with what Glue says of them. A run that Glue does not know stays as
 * it is, and nothing is asked about its job: it has expired, or belongs to another account or region, where a job of the
 * same name may be another one.
 */
export async function enrich(records: readonly StateRecord[], means: Means): Promise<Enriched> {
  const asking = createAsking(means);
  const asked = records.filter(isAsked);
  const answers = await mapInGroups(asked, (record) => enrichRun(record, asking, means), askedAtOnce);
  const byRecord = new Map(asked.map((record, at) => [record, answers[at]]));
  asking.report();
  return {
    records: records.map((record) => byRecord.get(record)?.record ?? record),
    unanswered: answers.filter(({ isAnswered }) => !isAnswered).length,
  };
}

interface Answered {
  readonly record: StateRecord;
  readonly isAnswered: boolean;
}

/** A run without an id of its own cannot be asked about; one whose columns are filled need not be. */
function isAsked(record: StateRecord): boolean {
  const { service_type, event_type, retry_attempts } = record;
  return service_type === 'glue_job' && terminal.includes(event_type) && retry_attempts !== null && !isFilled(record);
}

function isFilled({ ended_at, dpu_seconds, max_attempts, will_retry, source_state }: StateRecord): boolean {
  const isFinal = source_state !== 'FAILED' || will_retry !== null;
  return ended_at !== null && dpu_seconds !== null && max_attempts !== null && isFinal;
}

/** A fault of ours costs the record what Glue says, never the record. */
async function enrichRun(record: StateRecord, asking: Asking, means: Means): Promise<Answered> {
  try {
    return await fill(record, asking, means);
  } catch (error) {
    means.log.error('What Glue says of a run could not be read', { error: nameOf(error) });
    return { record, isAnswered: false };
  }
}

async function fill(record: StateRecord, asking: Asking, { ports, settings }: Means): Promise<Answered> {
  const run = await asking.run(record.service_name, attemptId(record));
  if (run === null) return { record, isAnswered: false };
  if (run.said === null) return { record, isAnswered: true };
  const filled = withError(withRun(record, run.said), run.said.errorMessage, settings);
  const retries: Retries | null = await retriesOf(filled, asking, ports.now());
  return { record: { ...filled, ...retries }, isAnswered: retries !== null };
}
