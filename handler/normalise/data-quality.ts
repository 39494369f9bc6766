import { type JsonObject, textOf } from '../event/json';
import { requireText } from './require';
import { wholeNumberOf } from './text';

/** What an evaluation looked at, with the resource of its ARN and its page in the console. */
export interface Evaluated {
  readonly name: string;
  readonly resource: string;
  readonly page: string;
}

/**
 * Reads the `context` of an evaluation: data in a run of a Glue job, or a table of the catalogue.
 * @throws MonitorError `EVENT_INCOMPLETE` when it names neither.
 */
export function evaluatedIn(context: JsonObject): Evaluated {
  const job = textOf(context['jobName']);
  const run = textOf(context['jobId']);
  if (job !== null) {
    const runs = run === null ? 'runs' : `run/${encodeURIComponent(run)}`;
    return { name: job, resource: `job/${job}`, page: `gluestudio#/job/${encodeURIComponent(job)}/${runs}` };
  }
  const table = requireText(context, 'tableName', 'detail.context');
  const database = requireText(context, 'databaseName', 'detail.context');
  const page = `glue#/v2/data-catalog/tables/view/${encodeURIComponent(table)}?database=${encodeURIComponent(database)}`;
  return { name: `${database}.${table}`, resource: `table/${database}/${table}`, page };
}

/**
 * What an evaluation found, in words: `2 of 5 rules failed, score 0.6, ruleset orders-checks`. Documentation and
 * service spell the keys differently, so both forms are read.
 */
export function evaluationText(detail: JsonObject): string {
  const [passed, failed, skipped] = ['Succeeded', 'Failed', 'Skipped'].map(
    (word) => wholeNumberOf(detail[`numRules${word}`]) ?? wholeNumberOf(detail[`rules${word}`]),
  );
  const score = scoreOf(detail['score']);
  const rulesets = [detail['rulesetNames']].flat().flatMap((name) => textOf(name) ?? []);
  return [
    failed ? `${failed} of ${failed + (passed ?? 0) + (skipped ?? 0)} rules failed` : 'The evaluation failed',
    skipped ? `${skipped} skipped` : [],
    score === null ? [] : `score ${score}`,
    rulesets.length === 0 ? [] : `${rulesets.length === 1 ? 'ruleset' : 'rulesets'} ${rulesets.join(', ')}`,
  ]
    .flat()
    .join(', ');
}

function scoreOf(value: unknown): number | null {
  const score = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof score === 'number' && Number.isFinite(score) ? Math.round(score * 1_000) / 1_000 : null;
}
