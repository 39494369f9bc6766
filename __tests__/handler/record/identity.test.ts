import * as fc from 'fast-check';
import { encode } from '../../../handler/record/encode';
import { generationIdentity, runIdentity, taskIdentity } from '../../../handler/record/identity';
import { change } from '../../queries/state-table';

const failed = change({ service_type: 'glue_job', service_name: 'load-orders', service_request_id: 'jr_5e' });

describe('the identity', () => {
  it('of a task is that of its account, region, service and name, whatever the run', () => {
    const other = { ...failed, service_request_id: 'jr_77', event_type: 'succeeded' } as const;

    expect(taskIdentity(other)).toBe(taskIdentity(failed));
    for (const column of ['account_id', 'region', 'service_type', 'service_name'] as const) {
      expect(taskIdentity({ ...failed, [column]: 'another' })).not.toBe(taskIdentity(failed));
    }
  });

  it('of a run is shared by its attempts and states', () => {
    const retry = { ...failed, retry_attempts: 1, event_id: 'another' };

    expect(runIdentity(retry)).toBe(runIdentity(failed));
    expect(runIdentity({ ...failed, service_request_id: 'jr_77' })).not.toBe(runIdentity(failed));
  });

  it('of a generation is new with each redrive of an execution, and not with each attempt of a job', () => {
    const execution = { ...failed, service_type: 'step_functions', retry_attempts: 0 };

    expect(generationIdentity({ ...execution, retry_attempts: 1 })).not.toBe(generationIdentity(execution));
    expect(generationIdentity({ ...execution, retry_attempts: null })).toBe(generationIdentity(execution));
    expect(generationIdentity({ ...failed, retry_attempts: 1 })).toBe(generationIdentity(failed));
  });

  it('is never shared by different names, whatever characters they hold', () => {
    const name = fc.string({ unit: fc.constantFrom('a', '/', '"', ',', '\\', ' ') });

    fc.assert(
      fc.property(name, name, name, name, (a, b, c, d) => {
        const one = taskIdentity({ ...failed, service_type: a, service_name: b });
        const other = taskIdentity({ ...failed, service_type: c, service_name: d });

        expect(one === other).toBe(a === c && b === d);
      }),
    );
  });
});

describe('a record as JSON', () => {
  it('keeps every column, null too', () => {
    expect(JSON.parse(encode(failed))).toEqual(failed);
  });

  it('is text that UTF-8 can hold: half a character becomes the sign for one that is missing', () => {
    const text = encode({ ...failed, error_message: 'a\ud83db', service_name: '\udc00' });

    expect(JSON.parse(text)).toEqual({ ...failed, error_message: 'a\ufffdb', service_name: '\ufffd' });
  });

  it('keeps whole characters and what only looks like half of one', () => {
    const record = { ...failed, error_message: '😀 \\ud83d é' };

    expect(JSON.parse(encode(record))).toEqual(record);
  });
});
