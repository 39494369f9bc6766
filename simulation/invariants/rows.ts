import { fieldsOf, prefixes } from '../history';
import { type Case, nameOf, type Violation } from './truth';

const promise = 'every event is a row or in quarantine';

/** Every event is a row, in quarantine, or a dead letter; and no row tells of anything else. */
export function rowsHold(it: Case): readonly Violation[] {
  const { plan, history, runs } = it;
  const rows = history.rows.flatMap((record) => record.split(/(?<=\})(?=\{"event_id":)/)).map(fieldsOf);
  const rowById = new Map(rows.map((row) => [row?.['event_id'], row]));
  const isDead = (body: string) => history.deadLetters.persist.includes(body);
  const lost = runs.flatMap((run) =>
    run.messages
      .filter(({ id, body }) => !rowById.has(id) && !isDead(body))
      .map(({ id, says }) => ({ promise, says: `no row for ${id} (${nameOf(run)}, ${says})` })),
  );
  const truth = new Map(runs.flatMap((run) => run.messages.map(({ id }) => [id, run] as const)));
  const strange = rows.filter((row) => {
    const run = truth.get(String(row?.['event_id']));
    return run?.name !== row?.['service_name'] || (run?.id ?? row?.['event_id']) !== row?.['service_request_id'];
  });
  const quarantined = [...history.objects]
    .filter(([key]) => key.startsWith(prefixes.quarantine))
    .map(([, text]) => text);
  const unkept = plan.steps
    .flatMap((step) => (step.kind === 'junk' ? [step.message] : []))
    .filter(({ id, body }) => !quarantined.some((text) => text.includes(id)) && !isDead(body));
  return [
    ...lost,
    ...strange.map((row) => ({ promise, says: `a row that no event stands for: ${JSON.stringify(row)}` })),
    ...unkept.map(({ id }) => ({ promise, says: `${id} is not in quarantine` })),
  ];
}
