import { createNotify } from '../../../handler/process';
import { batchOf, failing, glueEvent } from '../process-events';
import { type Instead, worldWith } from '../process-world';

const run = { startedAt: null, completedAt: null, executionSeconds: null, dpuSeconds: null, errorMessage: null };

/** Glue knows the first attempt of every run, and makes three. */
const retrying: Instead = {
  getJobRun: async (_, id) => (id.includes('_attempt_') ? null : run),
  getJob: async () => ({ maxRetries: 2 }),
};

function lambdaFailure() {
  const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:price-feed:$LATEST';
  return {
    version: '1.0',
    timestamp: '2026-01-05T09:30:00.000Z',
    requestContext: { requestId: 'r-1', functionArn, condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: {},
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'KeyError', errorMessage: "'price'" },
  };
}

/** A world whose calls take their time. */
function slowWorld(instead: Instead = {}) {
  const made = worldWith({ ...retrying, ...instead });
  const { objects } = made.world.ports;
  let writes = 0;
  let waiting = 0;
  const take = async <R>(answer: () => Promise<R>): Promise<R> => {
    waiting += 1;
    await new Promise(setImmediate);
    // Calls that are under way at the same time share their 40 ms.
    if (waiting > 0) made.deeds.clock.milliseconds += 40;
    waiting = 0;
    return answer();
  };
  const slow = {
    get: (key: string) => take(() => objects.get(key)),
    list: (prefix: string, after: string | null) => take(() => objects.list(prefix, after)),
    putIfAbsent: (key: string, body: string) => take(() => objects.putIfAbsent(key, body)),
    putIfMatch: (key: string, body: string, etag: string) => {
      if (key.startsWith('incident/')) writes += 1;
      return take(() => objects.putIfMatch(key, body, etag));
    },
  };
  const world = { ...made.world, ports: { ...made.world.ports, objects: slow } };
  return { notify: createNotify(world), deeds: made.deeds, incidentWrites: () => writes };
}

function failures(count: number, jobOf: (at: number) => string) {
  return Array.from({ length: count }, (_, at) => glueEvent(`jr_${at}`, 'FAILED', { jobName: jobOf(at) }));
}

test.each([
  ['one job', () => 'load'],
  ['as many jobs', (at: number) => `load-${at}`],
])('990 failures that are retried, of %s, hold up no other alert, and cost one write a task', async (_, jobOf) => {
  const { notify, deeds, incidentWrites } = slowWorld();
  const begun = deeds.clock.milliseconds;

  const response = await notify(batchOf(...failures(990, jobOf), lambdaFailure()));
  const tookMs = deeds.clock.milliseconds - begun;

  expect(response).toEqual(failing());
  expect(deeds.posts.map(({ body }) => body)).toEqual([expect.stringContaining('price-feed failed')]);
  expect(tookMs).toBeLessThan(15_000);
  expect(incidentWrites()).toBe(0);
});

test('a failure that is waited for already changes nothing when it comes again', async () => {
  const { notify, deeds } = slowWorld();
  await notify(batchOf(...failures(3, () => 'load')));
  const [before] = [...deeds.objects].filter(([key]) => key.startsWith('incident/'));

  await notify(batchOf(...failures(3, () => 'load')));

  const [after] = [...deeds.objects].filter(([key]) => key.startsWith('incident/'));
  expect(after).toEqual(before);
  expect(JSON.parse(after?.[1] ?? '{}')).toMatchObject({ awaited: [{}, {}, {}] });
});

test.each([
  ['succeeded', 'SUCCEEDED', {}],
  ['failed, with another to follow', 'FAILED', { message: 'again' }],
])('an attempt is waited for no more when the next one is heard of: it %s', async (_, state, detail) => {
  const { notify, deeds } = slowWorld({ getJobRun: async () => run });
  await notify(batchOf(glueEvent('jr_1', 'FAILED', { jobName: 'load' })));

  await notify(batchOf(glueEvent('jr_1_attempt_1', state, { jobName: 'load', ...detail })));

  const [incident] = [...deeds.objects].flatMap(([key, body]) =>
    key.startsWith('incident/') ? [JSON.parse(body)] : [],
  );
  const waitedFor = incident.awaited.map((it: { record: { retry_attempts: number } }) => it.record.retry_attempts);
  expect(waitedFor).toEqual(state === 'FAILED' ? [1] : []);
});
