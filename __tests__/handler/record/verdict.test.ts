import * as fc from 'fast-check';
import { verdict } from '../../../handler/record/verdict';
import { change } from '../../queries/state-table';

const started = change({ event_type: 'started', event_time: '2025-03-10T06:00:00.000Z' });
const failed = change({ event_type: 'failed', event_time: '2025-03-10T06:05:00.000Z', retry_attempts: 0 });

describe('the verdict on a run', () => {
  it('is nothing when nothing was seen', () => {
    expect(verdict([])).toBeNull();
  });

  it('is the latest state, in whatever order the changes came', () => {
    expect(verdict([failed, started])).toEqual({ record: failed, event_type: 'failed' });
    expect(verdict([started, failed])).toEqual({ record: failed, event_type: 'failed' });
  });

  it('is that of the highest attempt, even when an earlier attempt is told later', () => {
    const secondAttempt = change({ event_type: 'started', event_time: '2025-03-10T06:04:00.000Z', retry_attempts: 1 });

    expect(verdict([secondAttempt, failed])?.event_type).toBe('started');
  });

  it('is retrying when the service follows the failure with another attempt', () => {
    expect(verdict([started, { ...failed, will_retry: true }])?.event_type).toBe('retrying');
    expect(verdict([started, { ...failed, will_retry: false }])?.event_type).toBe('failed');
    expect(verdict([{ ...failed, event_type: 'timeout', will_retry: true }])?.event_type).toBe('retrying');
  });

  it('is the end when a retry was told on the way, with a number that the end does not have', () => {
    const retrying = change({ event_type: 'retrying', event_time: '2025-03-10T06:05:00.000Z', retry_attempts: 1 });
    const again = change({ event_type: 'started', event_time: '2025-03-10T06:06:00.000Z' });
    const succeeded = change({ event_type: 'succeeded', event_time: '2025-03-10T06:09:00.000Z' });

    expect(verdict([started, retrying])?.event_type).toBe('retrying');
    expect(verdict([retrying, again, started])?.event_type).toBe('started');
    expect(verdict([succeeded, retrying, again, started])?.event_type).toBe('succeeded');
  });

  it('is the end when start and end bear the same second, however the milliseconds fall', () => {
    const end = change({ event_type: 'succeeded', event_time: '2025-03-10T06:00:00.000Z' });
    const delay = change({ event_type: 'delayed', event_time: '2025-03-10T06:00:00.500Z' });
    const start = change({ event_type: 'started', event_time: '2025-03-10T06:00:00.999Z' });

    expect(verdict([end, delay, start])?.event_type).toBe('succeeded');
    expect(verdict([delay, start])?.event_type).toBe('delayed');
  });

  it('is the success when a delay was told on the way', () => {
    const delayed = change({ event_type: 'delayed', event_time: '2025-03-10T06:03:00.000Z' });
    const succeeded = change({ event_type: 'succeeded', event_time: '2025-03-10T06:09:00.000Z' });

    expect(verdict([succeeded, started, delayed])?.event_type).toBe('succeeded');
  });

  it('takes the copy that was written last when one change was written twice', () => {
    const replayed = { ...failed, recorded_at: '2025-03-11T06:00:00.000Z', error_message: 'told better' };

    expect(verdict([replayed, failed])?.record.error_message).toBe('told better');
  });

  it('does not depend on order or repetition', () => {
    const changes = fc.array(
      fc
        .record({
          event_type: fc.constantFrom('started', 'succeeded', 'failed', 'retrying', 'delayed'),
          retry_attempts: fc.constantFrom(null, 0, 1, 2),
          milliseconds: fc.integer({ min: 0, max: 3_000 }),
        })
        .map(({ milliseconds, ...said }) =>
          change({ ...said, event_time: new Date(1_741_600_000_000 + milliseconds).toISOString() }),
        ),
      { minLength: 1, maxLength: 6 },
    );

    fc.assert(
      fc.property(changes, fc.infiniteStream(fc.nat()), (history, numbers) => {
        const shuffled = [...history, ...history]
          .map((item) => ({ item, at: numbers.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);

        expect(verdict(shuffled)).toEqual(verdict(history));
      }),
    );
  });
});
