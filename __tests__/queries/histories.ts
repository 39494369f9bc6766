import * as fc from 'fast-check';
import { eventTypes, type StateRecord } from '../../handler/record/schema';
import { change } from './state-table';

const firstMoment = Date.parse('2025-03-10T06:00:00.000Z');

/** A state change of one of three runs within six seconds, so that ties and reversals are the rule. */
const stateChange = fc
  .record({
    service_request_id: fc.constantFrom('jr_1', 'jr_2', 'jr_3'),
    event_type: fc.constantFrom(...eventTypes),
    retry_attempts: fc.constantFrom(null, 0, 1, 2),
    will_retry: fc.constantFrom(null, true, false),
    milliseconds: fc.integer({ min: 0, max: 12 }).map((halves) => halves * 500),
    delivered: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ milliseconds, delivered, ...said }) => {
    const first = change({ ...said, event_time: new Date(firstMoment + milliseconds).toISOString() });
    return Array.from({ length: delivered }, (_, copy) => ({
      ...first,
      recorded_at: new Date(firstMoment + milliseconds + copy * 1_000).toISOString(),
    }));
  });

/** What a table may hold of three runs: any changes, in any order, each written up to three times. */
export const histories: fc.Arbitrary<readonly StateRecord[]> = fc
  .array(stateChange, { minLength: 1, maxLength: 12 })
  .chain((changes) => {
    const rows = changes.flat();
    return fc.shuffledSubarray(rows, { minLength: rows.length });
  });
