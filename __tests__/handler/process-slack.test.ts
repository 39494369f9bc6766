import { createAwsPorts } from '../../handler/aws';
import { createNotify, createPersist } from '../../handler/process';
import { type Answer, startServer } from './aws-server';
import { batchOf, failing, glueEvent } from './process-events';
import { type Instead, webhookPath, worldWith } from './process-world';

const stepFunctions = 'Step Functions Execution Status Change';

/** The port of production: posts to Slack go through it, to a server on this machine. */
const { post } = createAwsPorts({ BUCKET: 'b', QUEUE_URL: 'q' });

const timeOut = AbortSignal.timeout.bind(AbortSignal);

afterEach(() => {
  jest.restoreAllMocks();
});

/** A failed run of a job of its own. */
function failed(run: string) {
  return glueEvent(run, 'FAILED', { jobName: `job of ${run}` });
}

/** Runs notify over failed runs, one a message, with Slack's answers in turn, the last for ever. */
async function notifyWith(
  answers: readonly (Answer | 'reset' | null)[],
  options: { runs?: readonly string[]; kind?: string } & Instead = {},
) {
  const { runs = ['run0'], kind = 'services', ...instead } = options;
  let at = -1;
  const slack = await startServer(() => {
    at += 1;
    return answers[Math.min(at, answers.length - 1)] ?? null;
  });
  const secret = JSON.stringify({ slack_webhook: `${slack.url}/${kind}/${webhookPath}` });
  const slept: number[] = [];
  const clock = { skipped: 0 };
  const { world, deeds } = worldWith({
    post,
    readSecret: async () => secret,
    now: () => new Date(performance.timeOrigin + performance.now() + clock.skipped),
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      clock.skipped += milliseconds;
    },
    ...instead,
  });
  try {
    const response = await createNotify(world)(batchOf(...runs.map(failed)));
    return { response, deeds, slept, received: slack.received };
  } finally {
    await slack.close();
    expect(deeds.lines.join('\n')).not.toContain(webhookPath);
    expect(deeds.lines.join('\n')).not.toContain('127.0.0.1');
  }
}

test('two failed runs of a state machine named like a secret are two alerts, and two rows', async () => {
  const machine = 'arn:aws:states:eu-west-1:111122223333:stateMachine:rotate-secret';
  const runs = ['run0', 'run1'].map((run) => `${machine.replace('stateMachine', 'execution')}:${run}`);
  const words = ['table', 'bucket'];
  const { world, deeds } = worldWith();
  const batch = batchOf(
    ...runs.map((executionArn, at) => {
      const detail = {
        executionArn,
        stateMachineArn: machine,
        status: 'FAILED',
        cause: `no ${words[at]} password=hunter${at}`,
      };
      return { ...glueEvent(`run${at}`, 'FAILED'), source: 'aws.states', 'detail-type': stepFunctions, detail };
    }),
  );

  await createNotify(world)(batch);
  await createPersist(world)(batch);

  expect(deeds.posts).toHaveLength(2);
  expect(deeds.rows.map((row) => row.service_request_id)).toEqual(runs);
  expect(JSON.stringify(deeds.rows)).not.toContain('hunter');
});

describe('what Slack takes', () => {
  test('one post for one failed run, and the message is done', async () => {
    const { response, received, deeds } = await notifyWith([{ status: 200, body: 'ok' }]);

    expect(response).toEqual(failing());
    expect(received.map(({ path, method }) => `${method} ${path}`)).toEqual([`POST /services/${webhookPath}`]);
    expect(received[0]?.headers['content-type']).toMatch(/^application\/json/);
    expect(deeds.counts.get('AlertsPosted')).toBe(1);
  });

  test.each([
    ['a word', { status: 200, body: '{"ok":true}' }],
    ['nothing', { status: 200, body: '' }],
    ['no content', { status: 204 }],
  ])('a workflow answers with %s: posted once', async (_, answer) => {
    const { response, received } = await notifyWith([answer], { kind: 'triggers' });

    expect(response).toEqual(failing());
    expect(received).toHaveLength(1);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ service: 'glue_job', service_id: 'run0' });
  });
});

describe('what Slack will never take', () => {
  test.each([
    [
      '200 with ok false',
      { status: 200, body: '{"ok":false,"error":"invalid_workflow_input"}' },
      '200 invalid_workflow_input',
    ],
    ['200 with an error', { status: 200, body: '{"error":"invalid_token"}' }, '200 invalid_token'],
    ['400', { status: 400, body: 'invalid_payload' }, '400 invalid_payload'],
    ['403', { status: 403, body: 'invalid_token' }, '403 invalid_token'],
    ['404', { status: 404, body: 'no_service' }, '404 no_service'],
    ['410', { status: 410, body: 'channel_is_archived' }, '410 channel_is_archived'],
    ['a page of a proxy', { status: 403, body: `<html>${webhookPath} denied</html>` }, '403'],
    ['a redirect that is no answer', { status: 304, body: '' }, '304'],
  ])('%s: posted once, said in the log, the message comes again', async (_, answer, told) => {
    const { response, received, slept, deeds } = await notifyWith([answer], { kind: 'triggers' });

    expect(response).toEqual(failing('m0'));
    expect(received).toHaveLength(1);
    expect(slept).toEqual([]);
    expect(deeds.postponed.get('r0')).toBe(60);
    expect(deeds.lines.map((line) => JSON.parse(line).why).filter(Boolean)).toEqual([told]);
  });

  test('blocks that it refuses: the same goes as a plain text', async () => {
    const { response, received } = await notifyWith([
      { status: 400, body: 'invalid_blocks' },
      { status: 200, body: 'ok' },
    ]);

    expect(response).toEqual(failing());
    expect(received.map(({ body }) => Object.keys(JSON.parse(body ?? '') as object))).toEqual([
      expect.arrayContaining(['text', 'blocks']),
      ['text'],
    ]);
  });

  test('of one message only: its neighbours are posted', async () => {
    const [ok, refused] = [
      { status: 200, body: 'ok' },
      { status: 400, body: 'invalid_payload' },
    ];
    const { response, received } = await notifyWith([ok, refused, refused, ok], { runs: ['run0', 'run1', 'run2'] });

    expect(response).toEqual(failing('m1'));
    expect(received).toHaveLength(4);
  });

  test('of a whole batch: the secret is read again, past the cache, only once', async () => {
    const { response, deeds, received } = await notifyWith([{ status: 400, body: 'invalid_payload' }], {
      runs: ['run0', 'run1', 'run2'],
    });

    expect(response).toEqual(failing('m0', 'm1', 'm2'));
    expect(received).toHaveLength(6);
    expect(deeds.secretReads).toEqual(['cached', 'fresh']);
  });

  test.each([
    [403, 'invalid_token'],
    [404, 'no_service'],
    [410, 'channel_is_archived'],
  ])('%i, of a dead webhook: nothing more is posted to it, and all that is left comes again', async (status, body) => {
    const ok = { status: 200, body: 'ok' };
    const { response, received, deeds } = await notifyWith([ok, { status, body }], {
      runs: ['run0', 'run1', 'run2', 'run3'],
    });

    expect(response).toEqual(failing('m1', 'm2', 'm3'));
    expect(received).toHaveLength(2);
    expect(deeds.secretReads).toEqual(['cached', 'fresh']);
    expect(deeds.lines.join()).toContain(`"why":"${status} ${body}"`);
  });

  test('a redirect: refused, because the URL is a secret that must not travel on', async () => {
    const { response, received } = await notifyWith([{ status: 307, headers: { location: '/elsewhere' } }]);

    expect(response).toEqual(failing('m0'));
    expect(new Set(received.map(({ path }) => path))).toEqual(new Set([`/services/${webhookPath}`]));
  });
});

test('a webhook that was replaced: the new one is read from the secret and gets this alert and the next', async () => {
  const renewed = await startServer(() => ({ status: 200, body: 'ok' }));
  const old = await startServer(() => ({ status: 404, body: 'no_service' }));
  const { world, deeds } = worldWith({
    post,
    readSecret: async ({ fresh }) =>
      JSON.stringify({ slack_webhook: `${fresh ? renewed.url : old.url}/services/${webhookPath}` }),
  });

  const response = await createNotify(world)(batchOf(failed('run0'), failed('run1')));

  await Promise.all([renewed.close(), old.close()]);
  expect(response).toEqual(failing());
  expect([old.received.length, renewed.received.length]).toEqual([1, 2]);
  expect(deeds.secretReads).toEqual(['cached', 'fresh']);
});

test('a webhook that was replaced by a dead one: each is posted to once', async () => {
  const dead = await startServer(() => ({ status: 404, body: 'no_service' }));
  const { world, deeds } = worldWith({
    post,
    readSecret: async ({ fresh }) => JSON.stringify({ slack_webhook: `${dead.url}/services/${fresh ? 'new' : 'old'}` }),
  });

  const response = await createNotify(world)(batchOf(...['run0', 'run1', 'run2'].map(failed)));

  await dead.close();
  expect(response).toEqual(failing('m0', 'm1', 'm2'));
  expect(dead.received.map(({ path }) => path)).toEqual(['/services/old', '/services/new']);
  expect(deeds.secretReads).toEqual(['cached', 'fresh']);
});

describe('what Slack may take later', () => {
  const ok = { status: 200, body: 'ok' };

  test.each([
    ['500', { status: 500, body: 'rollup_error' }],
    ['503', { status: 503, body: '<html>' }],
    ['200 with the page of a proxy', { status: 200, body: '<html>' }],
    ['429 without a time', { status: 429, body: 'rate_limited' }],
    ['a reset', 'reset' as const],
  ])('%s: tried again after a moment, then sent', async (_, answer) => {
    const { response, received, slept } = await notifyWith([answer, ok]);

    expect(response).toEqual(failing());
    expect(received).toHaveLength(2);
    expect(slept).toEqual([500]);
  });

  test('429 with a short time: waited out exactly', async () => {
    const { response, slept } = await notifyWith([{ status: 429, headers: { 'retry-after': '3' } }, ok]);

    expect(response).toEqual(failing());
    expect(slept).toEqual([3_000]);
  });

  test('429 with a long time: nothing more is posted, and all come again after that time at the earliest', async () => {
    const { response, received, deeds } = await notifyWith([ok, { status: 429, headers: { 'retry-after': '600' } }], {
      runs: ['run0', 'run1', 'run2'],
    });

    expect(response).toEqual(failing('m1', 'm2'));
    expect(received).toHaveLength(2);
    expect([...deeds.postponed]).toEqual([
      ['r1', 600],
      ['r2', 600],
    ]);
  });

  test.each(['Wed, 21 Oct 2026 07:28:00 GMT', '', '-1'])(
    '429 with the time "%s": tried again all the same',
    async (time) => {
      const { response, received } = await notifyWith([{ status: 429, headers: { 'retry-after': time } }, ok]);

      expect(response).toEqual(failing());
      expect(received).toHaveLength(2);
    },
  );

  test('a hang: given up after at most ten seconds, and tried again', async () => {
    const asked: number[] = [];
    jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
      asked.push(milliseconds);
      return timeOut(50);
    });

    const { response, deeds } = await notifyWith([null]);

    expect(response).toEqual(failing('m0'));
    expect(asked.length).toBeGreaterThan(1);
    expect(Math.max(...asked)).toBeLessThanOrEqual(10_000);
    expect(deeds.postponed.get('r0')).toBe(60);
  });

  test('500 for one message only: its neighbours are posted', async () => {
    const broken = { status: 500, body: 'rollup_error' };
    const { response } = await notifyWith([broken, broken, broken, ok], { runs: ['run0', 'run1', 'run2'] });

    expect(response).toEqual(failing('m0'));
  });

  test('500 for all: given up soon, and every message comes again', async () => {
    const runs = Array.from({ length: 50 }, (_, at) => `run${at}`);
    const { response, received } = await notifyWith([{ status: 500 }], { runs });

    expect(response.batchItemFailures).toHaveLength(50);
    expect(received.length).toBeLessThan(10);
  });
});

test.each([10_000, 9_000, 1_000])(
  'when every answer takes %i ms the invocation ends within the minute that it has',
  async (milliseconds) => {
    const runs = Array.from({ length: 100 }, (_, at) => `run${at}`);
    const routes = runs.map((run) => ({ name: run, match: { name: [`job of ${run}`] }, channel: run }));
    const webhooks = runs.map((run) => [run, `https://hooks.slack.com/services/${run}`]);
    let elapsed = 0;
    let posts = 0;
    const slow: Instead = {
      now: () => new Date(1_700_000_000_000 + elapsed),
      sleep: async (pause) => {
        elapsed += pause;
      },
      post: async () => {
        elapsed += milliseconds;
        posts += 1;
        if (posts % 3 > 0) throw new Error('no answer');
        return { status: 200, body: 'ok', retryAfterSeconds: null };
      },
      readSecret: async () => JSON.stringify(Object.fromEntries(webhooks)),
    };
    const { world } = worldWith(slow, JSON.stringify({ routes }));

    const response = await createNotify(world)(batchOf(...runs.map(failed)));

    expect(elapsed).toBeLessThan(55_000);
    expect(response.batchItemFailures.length).toBeGreaterThan(0);
  },
);
