import { createPersist } from '../../handler/process';
import { batchOf, failing, glueEvent } from './process-events';
import { worldWith } from './process-world';

const denied = () => Promise.reject(Object.assign(new Error('Access Denied'), { name: 'AccessDenied' }));

describe('when S3 refuses the quarantine', () => {
  test('only the message of what nobody recognised comes again', async () => {
    const { world, deeds } = worldWith({ objects: { putIfAbsent: denied } });

    const response = await createPersist(world)(
      batchOf(glueEvent('run0', 'FAILED'), 'no event', glueEvent('run2', 'FAILED')),
    );

    expect(response).toEqual(failing('m1'));
    expect([...deeds.postponed]).toEqual([['r1', 60]]);
    expect(deeds.rows.map((row) => row.service_request_id)).toEqual(['run0', 'run2']);
  });

  test('of one object, the others are kept', async () => {
    const written: string[] = [];
    const { world } = worldWith({
      objects: {
        putIfAbsent: async (key, body) => (body.includes('poison') ? denied() : `etag ${written.push(key)}`),
      },
    });

    const response = await createPersist(world)(batchOf('one', 'poison', 'three'));

    expect(response).toEqual(failing('m1'));
    expect(written).toEqual(['quarantine/dt=2026-01-05/m0-0.json', 'quarantine/dt=2026-01-05/m2-0.json']);
  });

  test('slowly, a batch full of strangers still ends in time', async () => {
    let waiting = 0;
    let most = 0;
    const { world } = worldWith({
      objects: {
        putIfAbsent: async () => {
          waiting += 1;
          most = Math.max(most, waiting);
          await new Promise(setImmediate);
          waiting -= 1;
          return denied();
        },
      },
    });

    const response = await createPersist(world)(batchOf(...Array.from({ length: 500 }, (_, at) => `stranger ${at}`)));

    expect(response.batchItemFailures).toHaveLength(500);
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThanOrEqual(50);
  });
});

test('the same message delivered twice is quarantined once', async () => {
  const { world, deeds } = worldWith();
  const persist = createPersist(world);

  const responses = [await persist(batchOf('no event')), await persist(batchOf('no event'))];

  expect(responses).toEqual([failing(), failing()]);
  expect([...deeds.objects.keys()]).toEqual(['quarantine/dt=2026-01-05/m0-0.json']);
});

test('without a queue, a quarantine that cannot be written throws', async () => {
  const { world } = worldWith({ objects: { putIfAbsent: denied } });

  const outcome = createPersist(world)({ strange: true });

  await expect(outcome).rejects.toMatchObject({ code: 'DELIVERY_FAILED' });
});
