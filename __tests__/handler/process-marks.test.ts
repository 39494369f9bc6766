import { createNotify } from '../../handler/process';
import { decodeNotification } from '../../handler/record/notification';
import { batchOf, failing, glueEvent } from './process-events';
import { worldWith } from './process-world';

const failure = glueEvent('jr_1', 'FAILED');

/** A world whose bucket refuses so many marks of the ledger. */
function refusing(marks: number) {
  const settled = /"status":"(?!claimed)/;
  let left = marks;
  const { world, deeds } = worldWith();
  const { putIfMatch } = world.ports.objects;
  const objects = {
    ...world.ports.objects,
    putIfMatch: async (key: string, body: string, etag: string) => {
      if (settled.test(body) && left-- > 0) throw new Error('SlowDown');
      return putIfMatch(key, body, etag);
    },
  };
  return { world: { ...world, ports: { ...world.ports, objects } }, deeds };
}

function statusIn(objects: ReadonlyMap<string, string>) {
  return [...objects].flatMap(([key, body]) =>
    key.startsWith('monitor/notification/') ? (decodeNotification(body)?.status ?? []) : [],
  );
}

test('a mark that is refused for a moment is tried again: it is sent once and known as sent', async () => {
  const { world, deeds } = refusing(2);

  const response = await createNotify(world)(batchOf(failure));

  expect(response).toEqual(failing());
  expect(deeds.posts).toHaveLength(1);
  expect(statusIn(deeds.objects)).toEqual(['sent']);
});

test('what cannot be marked comes again after the lease, and does not stay claimed', async () => {
  const { world, deeds } = refusing(3);
  const notify = createNotify(world);

  const first = await notify(batchOf(failure));
  const pause = deeds.postponed.get('r0') ?? 0;
  deeds.clock.milliseconds += pause * 1_000;
  const second = await notify(batchOf(failure));

  expect(first).toEqual(failing('m0'));
  expect(pause).toBeGreaterThanOrEqual(90);
  expect(second).toEqual(failing());
  expect(statusIn(deeds.objects)).toEqual(['sent']);
});

test('a secret that takes its time leaves none for posts that could not be marked any more', async () => {
  const { world, deeds } = worldWith({
    readSecret: async () => {
      deeds.clock.milliseconds += 31_000;
      return JSON.stringify({ slack_webhook: 'https://hooks.slack.com/services/T0/B0/x' });
    },
  });

  const response = await createNotify(world)(batchOf(failure));

  expect(response).toEqual(failing('m0'));
  expect(deeds.posts).toEqual([]);
});
