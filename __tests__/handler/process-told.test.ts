import { tickEvent } from '../../handler/event/tick';
import { createNotify } from '../../handler/process';
import { decodeNotification } from '../../handler/record/notification';
import { answering, executionOf, gate, lasting, ledger, runOf, texts } from './process-lasting';

const secret = { slack_webhook: 'https://hooks.slack.com/services/D', orders: 'https://hooks.slack.com/services/O' };
const ordersRoute = { name: 'routes[0]', match: { name: ['orders*'] }, channel: 'orders', cooldownSeconds: 3_600 };

/** Runs of a job that failed at the same time, each with an error of its own. */
function manyErrors(clock: string, count: number) {
  return Array.from({ length: count }, (_, at) => {
    const letters = String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26));
    const event = runOf('invoices', 'FAILED', clock, { message: `Error${letters}Exception: it says so` });
    return { ...event, id: `${clock}-${at}`, detail: { ...event.detail, jobRunId: `jr_${clock}-${at}` } };
  });
}

test('without a webhook none of many errors of a task counts as told: each is told when it comes again', async () => {
  let isThere = false;
  const readSecret = async () => (isThere ? JSON.stringify(secret) : '{}');
  const { tell, deeds } = lasting({}, { readSecret });
  await tell(...manyErrors('09:30', 60));
  isThere = true;

  await tell(...manyErrors('09:40', 60));

  expect(ledger(deeds.objects).filter((it) => it === 'alert invoices: sent')).toHaveLength(60);
});

test('webhooks that do not answer hold up no other channel', async () => {
  const post = async (url: string) => {
    if (url === secret.slack_webhook) return { status: 200, body: 'ok', retryAfterSeconds: null };
    const givenUp = deeds.clock.milliseconds + 10_000;
    await new Promise(setImmediate);
    deeds.clock.milliseconds = Math.max(deeds.clock.milliseconds, givenUp);
    throw new Error('TimeoutError');
  };
  const routes = ['a', 'b', 'c', 'd'].map((name) => ({ ...ordersRoute, match: { name: [name] }, channel: name }));
  const webhooks = Object.fromEntries(
    routes.map(({ channel }) => [channel, `https://hooks.slack.com/services/${channel}`]),
  );
  const readSecret = async () => JSON.stringify({ ...secret, ...webhooks });
  const { tell, deeds } = lasting({ routes }, { post, readSecret });

  await tell(...['a', 'b', 'c', 'd', 'invoices'].map((name) => runOf(name, 'FAILED', '09:30')));

  expect(ledger(deeds.objects)).toEqual([
    'alert a: failed',
    'alert b: failed',
    'alert c: failed',
    'alert d: failed',
    'alert invoices: sent',
  ]);
});

test('a silenced failure does not swallow what failed because of it, though it was not yet silenced when it came first', async () => {
  let status = 503;
  const post = async () => ({ status, body: 'ok', retryAfterSeconds: null });
  const [job, machine] = [runOf('load', 'FAILED', '09:30'), executionOf('nightly', 'jr_load-09:30')];
  const { tell, deeds } = lasting({}, { ...answering, post });
  await tell(job);
  status = 200;
  const silence = { match: { name: ['load'] }, from: null, until: '2026-01-05T12:00:00.000Z', reason: 'known' };
  deeds.objects.set('silence/one.json', JSON.stringify(silence));
  await tell(job);

  await tell(machine);

  expect(ledger(deeds.objects)).toEqual(['alert load: silenced', 'alert nightly: sent']);
});

test('in a message about many, each says of itself that it works again, and no other stands in the ledger with it', async () => {
  let status = 503;
  const post = async () => ({ status, body: 'ok', retryAfterSeconds: null });
  const { tell, deeds } = lasting({}, { post });
  const jobs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => runOf(name, 'FAILED', '09:30'));
  await tell(...jobs);
  await tell(runOf('a', 'SUCCEEDED', '09:50'));
  status = 200;

  await tell(...jobs);

  const lines = JSON.stringify(JSON.parse(deeds.posts.at(-1)?.body ?? '').blocks).split('\\n');
  const entries = [...deeds.objects].flatMap(([key, body]) =>
    key.startsWith('monitor/') ? [decodeNotification(body)] : [],
  );
  expect(lines.filter((line) => line.includes('It has worked again'))).toEqual([expect.stringContaining('`a` failed')]);
  expect(entries.filter((it) => it?.kind === 'alert').map((it) => it?.reason)).toEqual(jobs.map(() => null));
});

describe('while a reminder is posted', () => {
  /** A task that failed twice, and whose reminder is being posted. */
  async function reminding() {
    const [answer, posting] = [gate(), gate()];
    const post = async (_: string, body: string) => {
      if (!body.includes('🔁')) return { status: 200, body: 'ok', retryAfterSeconds: null };
      posting.open();
      await answer.opened;
      return { status: 200, body: 'ok', retryAfterSeconds: null };
    };
    const { tell, at, deeds, world } = lasting({}, { post });
    await tell(runOf('orders', 'FAILED', '09:00'));
    await tell(runOf('orders', 'SUCCEEDED', '09:10'));
    await tell(runOf('orders', 'FAILED', '09:20'));
    at('11:05');
    const tick = createNotify(world)(tickEvent);
    await posting.opened;
    const end = async () => {
      answer.open();
      await tick;
    };
    return { tell, at, deeds, end, tickAgain: () => createNotify(world)(tickEvent) };
  }

  test('a failure is counted, and reminded of after the next cooldown', async () => {
    const { tell, at, deeds, end, tickAgain } = await reminding();

    await tell(runOf('orders', 'FAILED', '09:40'));
    await end();
    at('12:06');
    await tickAgain();

    expect(texts(deeds.posts).filter((it) => it.startsWith('🔁'))).toEqual([
      expect.stringContaining('1 more failure since'),
      expect.stringContaining('1 more failure since'),
    ]);
  });

  test('a success is told as the recovery, for somebody is just being told that it keeps failing', async () => {
    const { tell, deeds, end } = await reminding();

    await tell(runOf('orders', 'SUCCEEDED', '10:01'));
    await end();

    expect(texts(deeds.posts).at(-1)).toMatch(/orders works again/);
    expect(ledger(deeds.objects).filter((it) => it === 'recovery orders: sent')).toHaveLength(2);
  });
});
