import type { PutOutcome } from '../../handler/ports';
import { createPersist } from '../../handler/process';
import { batchOf, failing, glueEvent } from './process-events';
import { rowsIn, worldWith } from './process-world';

/** Events so large that two of them do not share a Firehose record. */
const large = { message: 'x'.repeat(60_000) };

/** Five messages, each a Firehose record of its own, of the runs `run0` to `run4`. */
const five = batchOf(...[0, 1, 2, 3, 4].map((at) => glueEvent(`run${at}`, 'FAILED', large)));

const runsIn = (records: readonly string[]) => records.flatMap(rowsIn).map((row) => row.service_request_id);

describe('when Firehose throttles', () => {
  test('the whole call is made again, with pauses that grow, and the batch succeeds', async () => {
    let calls = 0;
    const slept: number[] = [];
    const { world, deeds } = worldWith({
      sleep: async (milliseconds) => void slept.push(milliseconds),
      putRecordBatch: async (records) => {
        calls += 1;
        if (calls < 3) throw Object.assign(new Error('slow down'), { name: 'ServiceUnavailableException' });
        return records.map(() => null);
      },
    });

    const response = await createPersist(world)(five);

    expect(response).toEqual(failing());
    expect(deeds.rows.map((row) => row.service_request_id)).toEqual(['run0', 'run1', 'run2', 'run3', 'run4']);
    expect(slept).toHaveLength(2);
    expect(slept[1]).toBeGreaterThan(slept[0] ?? 0);
  });

  test('for longer, every message goes back to the queue, hidden for a minute', async () => {
    const { world, deeds } = worldWith({ putRecordBatch: () => Promise.reject(new Error('slow down')) });

    const response = await createPersist(world)(five);

    expect(response).toEqual(failing('m0', 'm1', 'm2', 'm3', 'm4'));
    expect([...deeds.postponed]).toEqual(['r0', 'r1', 'r2', 'r3', 'r4'].map((receipt) => [receipt, 60]));
    expect(deeds.counts.get('RowsDelivered')).toBe(0);
    expect(deeds.counts.get('MessagesPostponed')).toBe(5);
  });

  test('what is no event is quarantined all the same, and does not come again', async () => {
    const { world, deeds } = worldWith({ putRecordBatch: () => Promise.reject(new Error('slow down')) });

    const response = await createPersist(world)(batchOf('no event', glueEvent('run1', 'FAILED')));

    expect(response).toEqual(failing('m1'));
    expect(deeds.objects.size).toBe(1);
  });
});

describe('when Firehose takes only some records', () => {
  test('only those that failed are sent again, in their order', async () => {
    const answers: PutOutcome[][] = [
      [null, 'ServiceUnavailableException', null, 'InternalFailure', null],
      ['ServiceUnavailableException', null],
      [null],
    ];
    const { world, deeds } = worldWith({ putRecordBatch: async () => answers.shift() ?? [] });

    const response = await createPersist(world)(five);

    expect(response).toEqual(failing());
    expect(deeds.puts.map(runsIn)).toEqual([['run0', 'run1', 'run2', 'run3', 'run4'], ['run1', 'run3'], ['run1']]);
    expect(deeds.counts.get('RowsDelivered')).toBe(5);
  });

  test('only the messages of what remains come again', async () => {
    const { world, deeds } = worldWith({
      putRecordBatch: async (records) => records.map((it) => (runsIn([it])[0] === 'run3' ? 'InternalFailure' : null)),
    });

    const response = await createPersist(world)(five);

    expect(response).toEqual(failing('m3'));
    expect([...deeds.postponed.keys()]).toEqual(['r3']);
    expect(deeds.rows.map((row) => row.service_request_id)).toEqual(['run0', 'run1', 'run2', 'run4']);
  });

  test('a record without an outcome counts as failed', async () => {
    const { world } = worldWith({ putRecordBatch: async (records) => records.slice(1).map(() => null) });

    const response = await createPersist(world)(five);

    expect(response.batchItemFailures.map((it) => it.itemIdentifier)).toContain('m4');
  });

  test('outcomes of records that were never sent are ignored', async () => {
    const { world, deeds } = worldWith({
      putRecordBatch: async (records) => [...records.map(() => null), 'InternalFailure'],
    });

    const response = await createPersist(world)(five);

    expect(response).toEqual(failing());
    expect(deeds.puts).toHaveLength(1);
  });

  test('a message with several events comes again when one of them was not taken', async () => {
    const several = {
      Records: [glueEvent('run1', 'FAILED', large), glueEvent('run2', 'FAILED', large)].map((it) => ({
        EventSource: 'aws:sns',
        Sns: { Type: 'Notification', Message: JSON.stringify(it) },
      })),
    };
    const { world } = worldWith({
      putRecordBatch: async (records) => records.map((it) => (runsIn([it])[0] === 'run2' ? 'InternalFailure' : null)),
    });

    const response = await createPersist(world)(batchOf(several, glueEvent('run3', 'FAILED', large)));

    expect(response).toEqual(failing('m0'));
  });
});

describe('without a queue', () => {
  const refusing = { putRecordBatch: () => Promise.reject(new Error('slow down')) };

  test('a failure throws, so that the caller sends it again', async () => {
    const { world } = worldWith(refusing);

    const outcome = createPersist(world)(glueEvent('run1', 'FAILED'));

    await expect(outcome).rejects.toMatchObject({ code: 'DELIVERY_FAILED' });
  });

  test('a success returns normally', async () => {
    const { world, deeds } = worldWith();

    const response = await createPersist(world)(glueEvent('run1', 'FAILED'));

    expect(response).toEqual(failing());
    expect(deeds.rows).toHaveLength(1);
  });

  test('a row needs no Slack secret', async () => {
    const { world, deeds } = worldWith({ readSecret: () => Promise.reject(new Error('denied')) });

    await createPersist(world)(batchOf(glueEvent('run1', 'FAILED')));

    expect(deeds.rows).toHaveLength(1);
    expect(deeds.secretReads).toEqual([]);
  });
});
