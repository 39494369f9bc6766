import { createNotify } from '../../handler/process';
import { failing, sqsMessage } from './process-events';
import { answering, executionOf, gate, ledger, runOf } from './process-lasting';
import { worldWith } from './process-world';

const [job, machine] = [runOf('load', 'FAILED', '09:30'), executionOf('nightly', 'jr_load-09:30')];

test('what another invocation has yet to decide waits for a few seconds, is no fault, and is settled then', async () => {
  const [answer, posting] = [gate(), gate()];
  const post = async () => {
    posting.open();
    await answer.opened;
    return { status: 200, body: 'ok', retryAfterSeconds: null };
  };
  const { world, deeds } = worldWith({ ...answering, post });
  const [one, other] = [createNotify(world), createNotify(world)];
  const outer = (receives: number) => ({ Records: [sqsMessage(1, machine, receives)] });
  const first = one({ Records: [sqsMessage(0, job)] });
  await posting.opened;

  const early = await other(outer(1));
  answer.open();
  await first;
  const again = await other(outer(2));

  expect([early, again]).toEqual([failing('m1'), failing()]);
  expect([...deeds.postponed]).toEqual([['r1', 5]]);
  expect(ledger(deeds.objects)).toEqual(['alert load: sent', 'alert nightly: folded']);
  expect(deeds.counts.get('MessagesPostponed')).toBe(0);
  expect(deeds.lines.filter((line) => line.includes('"error"'))).toEqual([]);
});

test.each(['incident/', 'cause/'])(
  'a fault at %s after the claim delays an alert to its next receive, not to the end of the claim',
  async (prefix) => {
    let isDown = true;
    const { world, deeds } = worldWith(answering);
    const putIfAbsent = (key: string, body: string) =>
      isDown && key.startsWith(prefix)
        ? Promise.reject(new Error('SlowDown'))
        : world.ports.objects.putIfAbsent(key, body);
    const notify = createNotify({
      ...world,
      ports: { ...world.ports, objects: { ...world.ports.objects, putIfAbsent } },
    });

    const refused = await notify({ Records: [sqsMessage(0, job)] });
    isDown = false;
    deeds.clock.milliseconds += 1_000 * (deeds.postponed.get('r0') ?? 0);
    const again = await notify({ Records: [sqsMessage(0, job, 2)] });

    expect([refused, again]).toEqual([failing('m0'), failing()]);
    expect(deeds.postponed.get('r0')).toBe(60);
    expect(ledger(deeds.objects)).toEqual(['alert load: sent']);
    expect(deeds.counts.get('MessagesPostponed')).toBe(1);
  },
);
