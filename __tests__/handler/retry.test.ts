import { readMessages } from '../../handler/event/message';
import { afterFault } from '../../handler/pause';
import { giveBack } from '../../handler/retry';
import { failing, sqsMessage } from './process-events';
import { worldWith } from './process-world';

const [message] = readMessages({ Records: [sqsMessage(0, 'x', 3)] });

test('a failed message is hidden for as long as its pause says', async () => {
  const { world, deeds } = worldWith();

  await giveBack(message ? [{ message, pause: { seconds: 300, isFault: true } }] : [], world);

  expect([...deeds.postponed]).toEqual([['r0', 300]]);
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
    messages.map((it) => ({ message: it, pause: afterFault })),
    world,
  );

  expect(response).toEqual(failing(...messages.map(({ id }) => id ?? '')));
  expect(most).toBeLessThanOrEqual(50);
});

test('a message without a receipt cannot be hidden, but is named', async () => {
  const { world, deeds } = worldWith();
  const failures = message ? [{ message: { ...message, receiptHandle: null }, pause: afterFault }] : [];

  const response = await giveBack(failures, world);

  expect(response).toEqual(failing('m0'));
  expect(deeds.postponed.size).toBe(0);
});
