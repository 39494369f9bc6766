import { createNotify } from '../../handler/process';
import { batchOf, failing, glueEvent, sqsMessage } from './process-events';
import { answering, executionOf, lasting, ledger, runOf, texts } from './process-lasting';
import { type Instead, worldWith } from './process-world';

const minute = 60_000;

describe('once', () => {
  test('a failure that is delivered again, in another batch and to another invocation, is posted once', async () => {
    const { tell, deeds, world } = lasting();
    const failed = runOf('orders', 'FAILED', '09:30');

    await tell(failed);
    await tell(failed, failed);
    await createNotify(world)(batchOf(failed));

    expect(deeds.posts).toHaveLength(1);
    expect(ledger(deeds.objects)).toEqual(['alert orders: sent']);
  });

  test('what another invocation works on comes again after its lease, and is taken over when it is dead', async () => {
    const { world, deeds } = await new Promise<ReturnType<typeof worldWith>>((resolve) => {
      const crashing = worldWith({
        post: () => {
          resolve(crashing);
          return new Promise<never>(() => {});
        },
      });
      void createNotify(crashing.world)(batchOf(runOf('orders', 'FAILED', '09:30')));
    });
    const next = createNotify({ ...world, ports: { ...world.ports, post: worldWith().world.ports.post } });

    const busy = await next({ Records: [sqsMessage(7, runOf('orders', 'FAILED', '09:30'))] });
    deeds.clock.milliseconds += 2 * minute;
    const taken = await next({ Records: [sqsMessage(8, runOf('orders', 'FAILED', '09:30'), 2)] });

    expect(busy).toEqual(failing('m7'));
    expect(deeds.postponed.get('r7')).toBeGreaterThanOrEqual(60);
    expect(taken).toEqual(failing());
    expect(ledger(deeds.objects)).toEqual(['alert orders: sent']);
    expect(deeds.counts.get('AlertsRetried')).toBe(1);
  });

  test('a ledger that cannot be written tells nobody: the message comes again', async () => {
    const { world } = worldWith();
    const denied = () => Promise.reject(new Error('AccessDenied'));
    const { tell, deeds } = lasting({}, { objects: { ...world.ports.objects, putIfAbsent: denied } });

    const response = await tell(runOf('orders', 'FAILED', '09:30'));

    expect(response).toEqual(failing('m0'));
    expect(deeds.posts).toEqual([]);
  });
});

describe('an incident', () => {
  test('is told, counted, reminded of by the tick, and its end is told with the down time', async () => {
    const { tell, tick, at, deeds } = lasting();

    await tell(runOf('orders', 'FAILED', '09:30'));
    await tell(runOf('orders', 'FAILED', '09:40'));
    await tell(runOf('orders', 'FAILED', '09:50'));
    await tick();
    const before = deeds.posts.length;
    at('11:01');
    await tick();
    await tick();
    await tell(runOf('orders', 'SUCCEEDED', '11:30'));
    await tell(runOf('orders', 'SUCCEEDED', '11:40'));

    expect(before).toBe(1);
    expect(texts(deeds.posts)).toEqual([
      expect.stringMatching(/orders/),
      expect.stringMatching(/2/),
      expect.stringMatching(/2 h 0 min/),
    ]);
    expect(ledger(deeds.objects)).toEqual([
      'alert orders: sent',
      'alert orders: suppressed',
      'alert orders: suppressed',
      'recovery orders: sent',
      'reminder orders: sent',
    ]);
  });

  test('of which nobody could be reminded keeps its count, and is reminded of later', async () => {
    let status = 200;
    const answer = async () => ({ status, body: 'no_service', retryAfterSeconds: null });
    const { tell, tick, at, deeds } = lasting({}, { post: answer });
    await tell(runOf('orders', 'FAILED', '09:30'));
    await tell(runOf('orders', 'FAILED', '09:40'));
    status = 404;
    at('11:01');
    await tick();
    const refused = deeds.posts.length;
    status = 200;

    await tick();
    at('11:32');
    await tick();
    await tick();

    expect(deeds.posts.length - refused).toBe(1);
    expect(ledger(deeds.objects).filter((it) => it.startsWith('reminder'))).toEqual(['reminder orders: sent']);
  });

  test('whose failure could be told only after it worked again says so', async () => {
    let status = 503;
    const answer = async () => ({ status, body: 'ok', retryAfterSeconds: null });
    const { tell, deeds } = lasting({}, { post: answer });
    await tell(runOf('orders', 'FAILED', '09:30'));
    status = 200;
    await tell(runOf('orders', 'SUCCEEDED', '09:50'));

    await tell(runOf('orders', 'FAILED', '09:30'));

    expect(deeds.posts.at(-1)?.body).toMatch(/It has worked again since [^>]*\|2026-01-05T09:50:00.000Z>\./);
  });

  test('whose failure could be told only after it worked again, and failed anew without a word, says both', async () => {
    let status = 503;
    const answer = async () => ({ status, body: 'ok', retryAfterSeconds: null });
    const { tell, deeds } = lasting({}, { post: answer });
    await tell(runOf('orders', 'FAILED', '09:30'));
    await tell(runOf('orders', 'SUCCEEDED', '09:40'));
    await tell(runOf('orders', 'FAILED', '09:50'));
    status = 200;

    await tell(runOf('orders', 'FAILED', '09:30'));

    expect(deeds.posts.at(-1)?.body).toMatch(
      /It worked again at [^>]*\|2026-01-05T09:40:00.000Z>, and has failed since\./,
    );
  });

  test('that was reminded of after a quiet reopening is told to be over', async () => {
    const { tell, tick, at, deeds } = lasting();
    await tell(runOf('orders', 'FAILED', '09:30'));
    await tell(runOf('orders', 'SUCCEEDED', '09:40'));
    await tell(runOf('orders', 'FAILED', '09:50'));
    at('11:30');
    await tick();

    await tell(runOf('orders', 'SUCCEEDED', '11:40'));

    expect(ledger(deeds.objects)).toEqual([
      'alert orders: sent',
      'alert orders: suppressed',
      'recovery orders: sent',
      'recovery orders: sent',
      'reminder orders: sent',
    ]);
  });

  test('that a hand has broken holds up no other, and is as if it had never been', async () => {
    const { tell, tick, at, deeds } = lasting();
    deeds.objects.set(
      'incident/broken.json',
      '{"awaited":7,"decided":null,"untold":1,"remind_at":"2026-01-05T09:00:00Z"}',
    );
    await tell(runOf('orders', 'FAILED', '09:30'));
    await tell(runOf('orders', 'FAILED', '09:40'));
    at('11:30');

    await tick();

    expect(ledger(deeds.objects)).toContain('reminder orders: sent');
  });

  test('whose end was told is not reminded of afterwards', async () => {
    const { tell, tick, at, deeds } = lasting();
    await tell(runOf('orders', 'FAILED', '09:30'));
    await tell(runOf('orders', 'FAILED', '09:40'));
    await tell(runOf('orders', 'SUCCEEDED', '09:50'));

    at('12:00');
    await tick();

    expect(ledger(deeds.objects)).toEqual(['alert orders: sent', 'alert orders: suppressed', 'recovery orders: sent']);
  });

  test('that opens and ends in one batch is told twice: what failed, and that it works again', async () => {
    const { tell, deeds } = lasting();

    await tell(runOf('orders', 'FAILED', '09:30'), runOf('orders', 'SUCCEEDED', '09:40'));

    expect(ledger(deeds.objects)).toEqual(['alert orders: sent', 'recovery orders: sent']);
    expect(deeds.posts).toHaveLength(2);
  });

  test('costs a success nothing but the listing, as long as none is open', async () => {
    const { world } = worldWith();
    const asked: string[] = [];
    const { objects } = world.ports;
    const counting = {
      ...objects,
      get: (key: string) => {
        if (key.startsWith('incident/')) asked.push(key);
        return objects.get(key);
      },
      list: (prefix: string, after: string | null) => {
        asked.push(`list ${prefix}`);
        return objects.list(prefix, after);
      },
    };
    const { tell } = lasting({}, { objects: counting });

    await tell(...Array.from({ length: 100 }, (_, at) => runOf(`job-${at}`, 'SUCCEEDED', '09:30')));

    expect(asked.filter((it) => !it.endsWith('silence/'))).toEqual(['list incident/']);
  });

  test('whose recovery could not be posted is told when the message comes again', async () => {
    let isDown = false;
    const answer = async () => ({ status: isDown ? 503 : 200, body: 'ok', retryAfterSeconds: null });
    const { tell, deeds } = lasting({}, { post: answer });
    await tell(runOf('orders', 'FAILED', '09:30'));
    isDown = true;

    const response = await tell(runOf('orders', 'SUCCEEDED', '09:40'));
    isDown = false;
    const again = await tell(runOf('orders', 'SUCCEEDED', '09:40'));

    expect([response, again]).toEqual([failing('m0'), failing()]);
    expect(ledger(deeds.objects)).toEqual(['alert orders: sent', 'recovery orders: sent']);
  });
});

describe('what is told', () => {
  test('is not what had no webhook: the same error is told when it comes again, and its end with it', async () => {
    let webhook = '';
    const { tell, deeds } = lasting({}, { readSecret: async () => JSON.stringify({ slack_webhook: webhook }) });

    await tell(runOf('orders', 'FAILED', '09:00'));
    await tell(runOf('orders', 'SUCCEEDED', '09:10'));
    await tell(runOf('orders', 'FAILED', '09:20'));
    webhook = `https://hooks.slack.com/services/${'x'.repeat(24)}`;
    await tell(runOf('orders', 'FAILED', '09:30'));
    await tell(runOf('orders', 'SUCCEEDED', '09:40'));

    expect(texts(deeds.posts)).toEqual([
      expect.stringContaining('orders failed'),
      expect.stringMatching(/works again after .* and 2 failures/),
    ]);
  });

  test('of a task that works since its last failure says so, once', async () => {
    const { tell, tick, at, deeds } = lasting();
    await tell(runOf('orders', 'FAILED', '09:00'));
    await tell(runOf('orders', 'SUCCEEDED', '09:10'));
    await tell(runOf('orders', 'FAILED', '09:20'));
    await tell(runOf('orders', 'SUCCEEDED', '09:30'));

    for (const clock of ['11:01', '11:02', '13:00']) {
      at(clock);
      await tick();
    }

    expect(texts(deeds.posts)[2]).toMatch(/^🔁 Glue job orders failed again: 1 more failure since /);
    expect(deeds.posts[2]?.body).toMatch(/It has worked again since .*09:30/);
    expect(deeds.posts).toHaveLength(3);
  });

  test('goes by a clock that is not ahead of ours: a success of tomorrow hides no failure of today', async () => {
    const { tell, deeds } = lasting();
    const tomorrow = glueEvent('jr_ahead', 'SUCCEEDED', { jobName: 'orders' }, { time: '2026-01-06T10:00:00Z' });
    await tell(runOf('orders', 'FAILED', '09:00'));
    await tell(tomorrow);
    deeds.clock.milliseconds += 10 * minute;

    await tell(runOf('orders', 'FAILED', '10:05', { message: 'something else' }));

    expect(texts(deeds.posts)).toHaveLength(3);
  });
});

describe('a cause', () => {
  const [job, machine] = [runOf('load', 'FAILED', '09:30'), executionOf('nightly', 'jr_load-09:30')];

  test.each([
    ['the job first, in one batch', [[job, machine]], 'load'],
    ['the state machine first, in one batch', [[machine, job]], 'load'],
    ['the job first', [[job], [machine]], 'load'],
    ['the state machine first', [[machine], [job]], 'nightly'],
  ])('is told once, whichever comes first: %s', async (_, batches, leader) => {
    const { tell, deeds } = lasting({}, answering);

    for (const batch of batches) await tell(...batch);

    const other = leader === 'load' ? 'nightly' : 'load';
    expect(ledger(deeds.objects)).toEqual([`alert ${leader}: sent`, `alert ${other}: folded`].sort());
    expect(deeds.posts).toHaveLength(1);
    expect(deeds.posts[0]?.body).toContain('jr_load-09:30');
  });

  test.each([
    ['in one batch', [[job, machine]]],
    ['the job first', [[job], [machine]]],
    ['the state machine first', [[machine], [job]]],
  ])('is told once when Glue cannot say whether the job is retried: %s', async (_, batches) => {
    const { tell, deeds } = lasting();

    for (const batch of batches) await tell(...batch);

    expect(ledger(deeds.objects).map((it) => it.split(': ')[1])).toEqual(expect.arrayContaining(['folded', 'sent']));
    expect(deeds.posts).toHaveLength(1);
    expect(deeds.posts[0]?.body).toContain('jr_load-09:30');
  });

  test('that turns out to be retried before it was told does not swallow what failed because of it', async () => {
    let [isDown, isSilent] = [true, true];
    const { tell, deeds } = lasting(
      {},
      {
        getJobRun: async (job, id) => (isSilent ? null : ((await answering.getJobRun?.(job, id)) ?? null)),
        getJob: async () => (isSilent ? null : { maxRetries: 1 }),
        post: async () => ({ status: isDown ? 500 : 200, body: 'ok', retryAfterSeconds: null }),
      },
    );

    await tell(job);
    [isDown, isSilent] = [false, false];
    await tell(machine);
    await tell(job);

    expect(ledger(deeds.objects)).toEqual(['alert load: failed', 'alert nightly: sent']);
  });

  test('that is a repetition gives up the job inside it, which nobody heard of', async () => {
    const { tell, deeds, at } = lasting({}, answering);
    const pay = glueEvent('jr_pay', 'FAILED', { jobName: 'pay' }, { time: '2026-01-05T09:45:00Z' });
    const again = executionOf('nightly', 'jr_pay');
    await tell(machine);
    await tell(job);
    at('10:15');

    await tell({ ...again, id: 'again', detail: { ...again.detail, executionArn: `${again.detail.executionArn}-2` } });
    await tell(pay);

    expect(ledger(deeds.objects)).toContain('alert pay: sent');
  });

  test('that repeats what was told does not swallow what failed because of it', async () => {
    const { tell, deeds } = lasting({}, answering);
    await tell(runOf('load', 'FAILED', '09:10'));

    await tell(job, machine);

    expect(ledger(deeds.objects)).toEqual(['alert load: sent', 'alert load: suppressed', 'alert nightly: sent']);
  });

  test('that repeats what was told does not swallow what failed because of it, one batch later', async () => {
    const { tell, deeds } = lasting();
    await tell(runOf('load', 'FAILED', '09:10'));
    await tell(job);

    await tell(machine);

    expect(ledger(deeds.objects)).toEqual(['alert load: sent', 'alert load: suppressed', 'alert nightly: sent']);
  });

  test('that is silenced does not swallow what failed because of it', async () => {
    const silence = { match: { name: ['load'] }, until: '2026-01-06T00:00:00.000Z', reason: 'moved' };
    const { tell, deeds } = lasting({ silences: [silence] });

    await tell(job, machine);

    expect(ledger(deeds.objects)).toEqual(['alert load: silenced', 'alert nightly: sent']);
  });
});

describe('a storm', () => {
  const jobs = Array.from({ length: 1_000 }, (_, at) => runOf(`job-${at}`, 'FAILED', '09:30'));

  test('is one message, and every failure stands in the ledger', async () => {
    const { tell, deeds } = lasting();

    const response = await tell(...jobs);

    expect(response).toEqual(failing());
    expect(deeds.posts).toHaveLength(1);
    expect(deeds.posts[0]?.body).toContain('1000 failures of 1000 tasks');
    expect(new Set(ledger(deeds.objects))).toEqual(new Set(jobs.map((_, at) => `alert job-${at}: sent`)));
  });

  test.each([
    ['five', 5, answering],
    ['six, where Glue does not say whether it is retried,', 6, {}],
  ])('costs at most %s requests of S3 for a failure', async (_, most, glue) => {
    const { world } = worldWith();
    let requests = 0;
    const { objects } = world.ports;
    const counted = <A extends readonly unknown[], R>(call: (...args: A) => R) => {
      return (...args: A): R => {
        requests += 1;
        return call(...args);
      };
    };
    const { tell } = lasting(
      {},
      {
        ...glue,
        objects: {
          get: counted(objects.get),
          putIfAbsent: counted(objects.putIfAbsent),
          putIfMatch: counted(objects.putIfMatch),
          list: counted(objects.list),
        },
      },
    );

    await tell(...jobs);

    expect(requests).toBeLessThanOrEqual(most * jobs.length + 3);
  });

  test('that Slack puts off comes again whole, and is one message then', async () => {
    let isBusy = true;
    const answer = async () => ({ status: isBusy ? 429 : 200, body: 'ok', retryAfterSeconds: isBusy ? 60 : null });
    const { tell, deeds, at } = lasting({}, { post: answer });

    const response = await tell(...jobs);
    isBusy = false;
    const early = await tell(...jobs);
    at('10:01');
    await tell(...jobs);

    expect([response, early].map((it) => it.batchItemFailures.length)).toEqual([1_000, 1_000]);
    expect(deeds.posts).toHaveLength(2);
    expect(new Set(ledger(deeds.objects).map((it) => it.split(': ')[1]))).toEqual(new Set(['sent']));
  });
});

describe('a route', () => {
  const secret = { slack_webhook: 'https://hooks.slack.com/services/D', orders: 'https://hooks.slack.com/services/O' };
  const route = { name: 'routes[0]', match: { name: ['orders*'] }, channel: 'orders', cooldownSeconds: 3_600 };
  const routed = (further: Instead = {}, fields: object = secret) =>
    lasting({ routes: [route] }, { readSecret: async () => JSON.stringify(fields), ...further });

  test('takes what it is about to its channel, and leaves the rest to the default one', async () => {
    const { tell, deeds } = routed();

    await tell(runOf('orders', 'FAILED', '09:30'), runOf('invoices', 'FAILED', '09:30'));

    expect(deeds.posts.map(({ url }) => url)).toEqual([secret.orders, secret.slack_webhook]);
  });

  test('by the error divides what is told of a task: each channel that heard of a failure hears that it is over, once', async () => {
    const names = { ...route, match: { errorType: ['NameError'] } };
    const { tell, deeds } = lasting({ routes: [names] }, { readSecret: async () => JSON.stringify(secret) });
    const failed = (ended: string, message: string) => runOf('orders', 'FAILED', ended, { message });

    await tell(failed('09:30', "NameError: name 'x' is not defined"));
    await tell(failed('09:40', 'OutOfMemoryError: Java heap space'));
    await tell(failed('09:50', "NameError: name 'y' is not defined"));
    await tell(runOf('orders', 'SUCCEEDED', '09:55'));
    await tell(runOf('orders', 'SUCCEEDED', '09:55'));

    const over = deeds.posts.filter(({ body }) => body.includes('works again'));
    expect(over.map(({ url }) => url)).toEqual([secret.orders, secret.slack_webhook]);
    expect(ledger(deeds.objects).filter((it) => it.startsWith('recovery'))).toEqual([
      'recovery orders: sent',
      'recovery orders: sent',
    ]);
  });

  test('to a channel that the secret does not hold goes to the default one, which says so', async () => {
    const { tell, deeds } = routed({}, { slack_webhook: secret.slack_webhook });

    await tell(runOf('orders', 'FAILED', '09:30'));

    expect(deeds.posts.map(({ url }) => url)).toEqual([secret.slack_webhook]);
    expect(deeds.posts[0]?.body).toMatch(/no webhook under orders/);
  });

  test('to a channel that Slack knows no more goes to the default one, which says so', async () => {
    const dead = async (url: string) => ({
      status: url === secret.orders ? 404 : 200,
      body: 'no_service',
      retryAfterSeconds: null,
    });
    const { tell, deeds } = routed({ post: dead });

    const response = await tell(runOf('orders', 'FAILED', '09:30'));

    expect(response).toEqual(failing());
    expect(deeds.posts.map(({ url }) => url)).toEqual([secret.orders, secret.slack_webhook]);
    expect(deeds.posts[1]?.body).toMatch(/404 no_service/);
  });

  test('that cannot be read at all costs itself, never the alert, and the default one says so', async () => {
    const { tell, deeds } = lasting({ routes: [{ name: 'routes[0]', match: { moon: ['full'] }, channel: 7 }] });

    await tell(runOf('orders', 'FAILED', '09:30'));

    expect(ledger(deeds.objects)).toEqual(['alert orders: sent']);
    expect(deeds.posts[0]?.body).toMatch(/A route of config.ts cannot be read/);
  });
});

test('before a webhook is put in nothing comes again, and the ledger says that nobody was told', async () => {
  const { tell, deeds } = lasting({}, { readSecret: async () => '{}' });

  const response = await tell(runOf('orders', 'FAILED', '09:30'));

  expect(response).toEqual(failing());
  expect(ledger(deeds.objects)).toEqual(['alert orders: unconfigured']);
  expect(deeds.counts.get('AlertsUnconfigured')).toBe(1);
});

test('a silence that was put into the bucket keeps back what it is about, as long as it can be read', async () => {
  const { tell, deeds } = lasting();
  const silence = { match: { name: ['orders'] }, from: null, until: '2026-01-05T12:00:00.000Z', reason: 'known' };
  deeds.objects.set('silence/one.json', JSON.stringify(silence));
  deeds.objects.set('silence/two.json', 'not JSON');

  await tell(runOf('orders', 'FAILED', '09:30'), runOf('invoices', 'FAILED', '09:30'));

  expect(ledger(deeds.objects)).toEqual(['alert invoices: sent', 'alert orders: silenced']);
});
