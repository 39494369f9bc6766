import fc from 'fast-check';
import { readMessages } from '../../handler/event/message';
import { giveBack, visibilityAfter } from '../../handler/retry';
import { failing, sqsMessage } from './process-events';
import { worldWith } from './process-world';

const [message] = readMessages({ Records: [sqsMessage(0, 'x', 3)] });

test('a message is hidden for a minute at first, an hour at last, never shorter than the time before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (receives) => {
      const seconds = visibilityAfter(receives);

      expect(seconds).toBeGreaterThanOrEqual(60);
      expect(seconds).toBeLessThanOrEqual(3_600);
      expect(visibilityAfter(receives + 1)).toBeGreaterThanOrEqual(seconds);
    }),
  );
});

test.each([
  ['no pause is asked for', 0, 240],
  ['a shorter pause is asked for', 30, 240],
  ['a longer pause is asked for', 300.2, 301],
  ['a pause longer than an hour is asked for', 86_400, 3_600],
])('at the third receive, when %s', async (_, pauseSeconds, seconds) => {
  const { world, deeds } = worldWith();

  await giveBack(message ? [{ message, pauseSeconds }] : [], world);

  expect([...deeds.postponed]).toEqual([['r0', seconds]]);
});

test('a large batch is given back whole and in order, a few messages at the same time', async () => {
  let waiting = 0;
  let most = 0;
  const { world } = worldWith({
    postpone: async () => {
      waiting += 1;
      most = Math.max(most, waiting);
      await new Promise(setImmediate);
      waiting -= 1;
    },
  });
  const messages = readMessages({ Records: Array.from({ length: 1_000 }, (_, at) => sqsMessage(at, 'x')) });

  const response = await giveBack(
    messages.map((it) => ({ message: it, pauseSeconds: 0 })),
    world,
  );

  expect(response).toEqual(failing(...messages.map(({ id }) => id ?? '')));
  expect(most).toBeLessThanOrEqual(50);
});

test('a message without a receipt cannot be hidden, but is named', async () => {
  const { world, deeds } = worldWith();
  const failures = message ? [{ message: { ...message, receiptHandle: null }, pauseSeconds: 0 }] : [];

  const response = await giveBack(failures, world);

  expect(response).toEqual(failing('m0'));
  expect(deeds.postponed.size).toBe(0);
});
