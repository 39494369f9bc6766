import { quarantine } from '../../../handler/deliver/quarantine';
import { worldWith } from '../process-world';

const arrivedAt = new Date('2026-01-05T23:59:59.999Z');

test('an event is kept whole under the day of its arrival, named by its message', async () => {
  const { world, deeds } = worldWith();

  await quarantine(
    { event: { a: 1 }, reason: 'odd' },
    { prefix: 'q/', messageId: 'm-1', index: 2, arrivedAt, ports: world.ports },
  );

  expect([...deeds.objects]).toEqual([
    [
      'q/dt=2026-01-05/m-1-2.json',
      '{"event":{"a":1},"reason":"odd","arrived_at":"2026-01-05T23:59:59.999Z","message_id":"m-1"}',
    ],
  ]);
});

test('a message id of odd characters makes no other folder', async () => {
  const { world, deeds } = worldWith();

  await quarantine(
    { text: 'x', reason: 'odd' },
    { prefix: 'q/', messageId: '../../a b', index: 0, arrivedAt, ports: world.ports },
  );

  expect([...deeds.objects.keys()]).toEqual(['q/dt=2026-01-05/______a_b-0.json']);
});

test('without a message id, other content gets another name', async () => {
  const { world, deeds } = worldWith();
  const place = { prefix: 'q/', messageId: null, index: 0, arrivedAt, ports: world.ports };

  await quarantine({ text: 'x', reason: 'odd' }, place);
  await quarantine({ text: 'y', reason: 'odd' }, place);

  expect(deeds.objects.size).toBe(2);
});
