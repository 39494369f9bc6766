import fc from 'fast-check';
import { tickEvent } from '../../handler/event/tick';
import { createNotify, createPersist } from '../../handler/process';
import { decodeNotification } from '../../handler/record/notification';
import { openStateTable, type StateTable } from '../queries/state-table';
import { errorOf } from './enrich/glue';
import { batchOf, failing, glueEvent } from './process-events';
import { type Instead, worldWith } from './process-world';

const second = 1_000;
const minute = 60 * second;
const start = Date.parse('2026-01-05T10:00:00Z');

let table: StateTable;
beforeAll(async () => {
  table = await openStateTable('2026-01-06T10:00:00.000Z');
});
afterAll(() => table.close());

/** What Glue knows at a moment; a test changes it as time goes by. */
interface Glue {
  maxRetries: number;
  /** Ids of the attempts that have begun. */
  readonly begun: Set<string>;
  /** Why it does not answer; null: it does. */
  refusal: string | null;
}

/** Both functions over one bucket, one stream and one Glue, as time goes by in minutes after ten o'clock. */
function lake(maxRetries: number, instead: Instead = {}) {
  const glue: Glue = { maxRetries, begun: new Set(['jr_1']), refusal: null };
  async function answer<T>(said: T): Promise<T> {
    if (glue.refusal !== null) throw errorOf(glue.refusal);
    return said;
  }
  const empty = { startedAt: null, completedAt: null, executionSeconds: null, dpuSeconds: null, errorMessage: null };
  const { world, deeds } = worldWith({
    getJobRun: (_, id) => answer(glue.begun.has(id) ? empty : null),
    getJob: () => answer({ maxRetries: glue.maxRetries }),
    ...instead,
  });
  const [persist, notify] = [createPersist(world), createNotify(world)];
  let handles = 0;
  const handedOut = (events: readonly unknown[]) => {
    handles += 1;
    return { Records: batchOf(...events).Records.map((it) => ({ ...it, receiptHandle: `r${handles}` })) };
  };
  const at = (minutes: number) => {
    deeds.clock.milliseconds = start + minutes * minute;
  };
  return {
    glue,
    deeds,
    at,
    tick: () => notify(tickEvent),
    persist: (...events: readonly unknown[]) => persist(handedOut(events)),
    notify: (...events: readonly unknown[]) => notify(handedOut(events)),
    /** What a run is by the three that must agree: its rows, the view over them, and what was told. */
    async seen() {
      await table.fill(deeds.rows);
      const [run] = await table.rows('SELECT event_type FROM run');
      const ledger = [...deeds.objects].filter(([key]) => key.startsWith('monitor/notification/'));
      const told = ledger.flatMap(([, body]) => decodeNotification(body) ?? []);
      return {
        rows: deeds.rows.map(({ event_type, will_retry }) => `${event_type} ${will_retry}`),
        view: run?.['event_type'],
        told: told.map(({ kind, event_type, status }) => `${kind} ${event_type} ${status}`).sort(),
      };
    },
    texts: () => deeds.posts.map(({ body }) => body).join('\n'),
  };
}

/** An attempt of the run `jr_1` that reached a state so many minutes after ten o'clock. */
function attempt(number: number, state: string, minutes: number) {
  const id = number === 0 ? 'jr_1' : `jr_1_attempt_${number}`;
  const time = new Date(start + minutes * minute).toISOString();
  return glueEvent(id, state, { message: 'NameError: x' }, { time });
}

describe('while retries remain', () => {
  test('a failure is a row, and nobody is told', async () => {
    const { persist, notify, seen, at } = lake(2);
    at(1);

    await persist(attempt(0, 'FAILED', 1));
    await notify(attempt(0, 'FAILED', 1));

    expect(await seen()).toEqual({ rows: ['failed true'], view: 'retrying', told: [] });
  });

  test('the last attempt is told, and how many there were', async () => {
    const { persist, notify, seen, texts, glue, at } = lake(2);
    for (const number of [0, 1, 2]) {
      at(2 * number + 1);
      glue.begun.add(`jr_1_attempt_${number}`);
      await persist(attempt(number, 'FAILED', 2 * number + 1));
      await notify(attempt(number, 'FAILED', 2 * number + 1));
    }

    expect(await seen()).toEqual({
      rows: ['failed true', 'failed true', 'failed false'],
      view: 'failed',
      told: ['alert failed sent'],
    });
    expect(texts()).toMatch(/3 of 3/);
  });

  test('a retry that works is no failure, and not one that works again', async () => {
    const { persist, notify, seen, tick, glue, at } = lake(1);
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    await notify(attempt(0, 'FAILED', 1));
    glue.begun.add('jr_1_attempt_1');
    at(3);
    await persist(attempt(1, 'SUCCEEDED', 3));
    await notify(attempt(1, 'SUCCEEDED', 3));
    at(30);
    await tick();

    expect(await seen()).toEqual({ rows: ['failed true', 'succeeded null'], view: 'succeeded', told: [] });
  });

  test.each(['TIMEOUT', 'ERROR'])('%s is final: Glue retries it not', async (state) => {
    const { persist, notify, seen, at } = lake(2);
    at(1);

    await persist(attempt(0, state, 1));
    await notify(attempt(0, state, 1));

    const type = state === 'TIMEOUT' ? 'timeout' : 'failed';
    expect(await seen()).toEqual({ rows: [`${type} null`], view: type, told: [`alert ${type} sent`] });
  });

  test('a stop is final, and nobody is told of it', async () => {
    const { persist, notify, seen, at } = lake(2);
    at(1);

    await persist(attempt(0, 'STOPPED', 1));
    await notify(attempt(0, 'STOPPED', 1));

    expect(await seen()).toEqual({ rows: ['stopped null'], view: 'stopped', told: [] });
  });
});

describe('a retry that never starts', () => {
  test('is told by the tick ten minutes after the failure, once, and its row says so from then on', async () => {
    const { persist, notify, seen, tick, texts, at, deeds } = lake(2);
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    await notify(attempt(0, 'FAILED', 1));
    at(10.9);
    await tick();
    const before = await seen();
    at(11);
    await tick();
    at(12);
    await tick();

    expect(before).toEqual({ rows: ['failed true'], view: 'retrying', told: [] });
    expect(await seen()).toEqual({
      rows: ['failed true', 'failed false'],
      view: 'failed',
      told: ['alert failed sent'],
    });
    expect(new Set(deeds.rows.map(({ event_id }) => event_id)).size).toBe(1);
    expect(deeds.counts.get('RowsCorrected')).toBe(1);
    expect(deeds.posts).toHaveLength(1);
    expect(texts()).toMatch(/1 of 3/);
  });

  test('is not told when Glue shows it, however long it takes to end', async () => {
    const { persist, notify, seen, tick, glue, at } = lake(2);
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    await notify(attempt(0, 'FAILED', 1));
    glue.begun.add('jr_1_attempt_1');
    for (const minutes of [11, 12, 60, 600]) {
      at(minutes);
      await tick();
    }

    expect(await seen()).toEqual({ rows: ['failed true'], view: 'retrying', told: [] });
  });

  test('is asked about again while Glue does not answer, and told after half an hour as not known', async () => {
    const { persist, notify, seen, tick, glue, at } = lake(2);
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    await notify(attempt(0, 'FAILED', 1));
    glue.refusal = 'ThrottlingException';
    at(30.9);
    await tick();
    const before = await seen();
    at(31);
    await tick();

    expect(before.told).toEqual([]);
    expect(await seen()).toEqual({ rows: ['failed true', 'failed null'], view: 'failed', told: ['alert failed sent'] });
  });

  test('whose row cannot be written is told at once, and its row is tried again at the next tick', async () => {
    const stream = { isDown: false };
    const putRecordBatch = async (records: readonly string[]) => records.map(() => (stream.isDown ? 'Down' : null));
    const { persist, notify, seen, tick, deeds, at } = lake(2, { putRecordBatch });
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    await notify(attempt(0, 'FAILED', 1));
    stream.isDown = true;
    at(11);
    await tick();
    const during = await seen();
    stream.isDown = false;
    at(12);
    await tick();
    at(13);
    await tick();

    expect(during).toEqual({ rows: ['failed true'], view: 'retrying', told: ['alert failed sent'] });
    expect(await seen()).toEqual({
      rows: ['failed true', 'failed false'],
      view: 'failed',
      told: ['alert failed sent'],
    });
    expect(deeds.posts).toHaveLength(1);
  });

  test('is told in the end, however long Slack and the stream are down', async () => {
    const world = { isDown: true };
    const { persist, notify, seen, tick, at } = lake(2, {
      putRecordBatch: async (records) => records.map(() => (world.isDown ? 'Down' : null)),
      post: async () => ({ status: world.isDown ? 503 : 200, body: '', retryAfterSeconds: null }),
    });
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    await notify(attempt(0, 'FAILED', 1));
    for (const minutes of [11, 2_000, 4_000]) {
      at(minutes);
      await tick();
    }
    world.isDown = false;
    at(4_010);
    await tick();

    expect(await seen()).toMatchObject({ told: ['alert failed sent'] });
  });

  test('and is heard of long after is told at once, and the row that was written in time follows', async () => {
    const { persist, notify, seen, at } = lake(2);
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    at(24 * 60);
    await notify(attempt(0, 'FAILED', 1));

    expect(await seen()).toEqual({
      rows: ['failed true', 'failed false'],
      view: 'failed',
      told: ['alert failed sent'],
    });
  });

  test('that starts late after all and works closes what was told', async () => {
    const { persist, notify, seen, tick, glue, at } = lake(2);
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    await notify(attempt(0, 'FAILED', 1));
    at(11);
    await tick();
    glue.begun.add('jr_1_attempt_1');
    at(40);
    await persist(attempt(1, 'SUCCEEDED', 40));
    await notify(attempt(1, 'SUCCEEDED', 40));

    const { view, told } = await seen();
    expect(view).toBe('succeeded');
    expect(told).toEqual(['alert failed sent', 'recovery succeeded sent']);
  });
});

describe('Glue that cannot be asked', () => {
  test('by notify alone leaves no row that says for ever that a retry follows, and nothing is told again', async () => {
    const { persist, notify, seen, tick, glue, at, deeds } = lake(2);
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    glue.refusal = 'ThrottlingException';
    await notify(attempt(0, 'FAILED', 1));
    const before = await seen();
    glue.refusal = null;
    at(11);
    await tick();
    at(12);
    await tick();

    expect(before).toEqual({ rows: ['failed true'], view: 'retrying', told: ['alert failed sent'] });
    expect(await seen()).toEqual({
      rows: ['failed true', 'failed false'],
      view: 'failed',
      told: ['alert failed sent'],
    });
    expect(deeds.posts).toHaveLength(1);
  });

  test('when a retry is due, but whose success was heard of, tells nothing', async () => {
    const { persist, notify, seen, tick, glue, at } = lake(1);
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    await notify(attempt(0, 'FAILED', 1));
    at(5);
    await persist(attempt(1, 'SUCCEEDED', 5));
    await notify(attempt(1, 'SUCCEEDED', 5));
    glue.refusal = 'ThrottlingException';
    for (const minutes of [11, 20, 40]) {
      at(minutes);
      await tick();
    }

    expect(await seen()).toMatchObject({ view: 'succeeded', told: [] });
  });

  test('while many retries are due is not asked on: a throttle ends it until the next tick, and is counted', async () => {
    const asked: string[] = [];
    const { notify, tick, glue, at, deeds } = lake(1, {
      getJobRun: async (_, id) => {
        if (glue.refusal === null)
          return { startedAt: null, completedAt: null, executionSeconds: null, dpuSeconds: null, errorMessage: null };
        asked.push(id);
        throw errorOf(glue.refusal);
      },
    });
    at(1);
    const runs = Array.from({ length: 200 }, (_, at) =>
      glueEvent(`jr_${at}`, 'FAILED', {}, { time: '2026-01-05T10:01:00.000Z' }),
    );
    await notify(...runs);
    glue.refusal = 'ThrottlingException';
    at(12);

    await tick();

    expect(asked.length).toBeLessThanOrEqual(10);
    expect(deeds.posts).toEqual([]);
    expect(deeds.counts.get('GlueUnanswered')).toBe(200);
  });

  test.each(['AccessDeniedException', 'ThrottlingException', 'TimeoutError'])(
    'holds up neither row nor alert, which says that retries are not known: %s',
    async (refusal) => {
      const { persist, notify, seen, texts, glue, at, deeds } = lake(2);
      glue.refusal = refusal;
      at(1);

      const responses = [await persist(attempt(0, 'FAILED', 1)), await notify(attempt(0, 'FAILED', 1))];

      expect(responses).toEqual([failing(), failing()]);
      expect(await seen()).toEqual({ rows: ['failed null'], view: 'failed', told: ['alert failed sent'] });
      expect(texts()).toMatch(/retries are (unknown|not known)/i);
      expect(deeds.counts.get('GlueUnanswered')).toBe(2);
    },
  );

  test('tells a run once: the last attempt is not told again, and its success is told', async () => {
    const { persist, notify, seen, glue, at, deeds } = lake(1);
    glue.refusal = 'AccessDeniedException';
    at(1);
    await persist(attempt(0, 'FAILED', 1));
    await notify(attempt(0, 'FAILED', 1));
    at(3);
    await persist(attempt(1, 'FAILED', 3));
    await notify(attempt(1, 'FAILED', 3));

    expect(await seen()).toMatchObject({ view: 'failed', told: ['alert failed sent'] });
    expect(deeds.posts).toHaveLength(1);
  });
});

test('a run of another account is told at once: Glue knows none, and the job here of the same name says nothing of it', async () => {
  const { persist, notify, seen, glue, at } = lake(2);
  glue.begun.clear();
  at(1);

  await persist(attempt(0, 'FAILED', 1));
  await notify(attempt(0, 'FAILED', 1));

  expect(await seen()).toEqual({ rows: ['failed null'], view: 'failed', told: ['alert failed sent'] });
});

/** How a run goes: how each attempt ends, whether the next one ever begins, how its news come, and whether Glue answers. */
const history = fc.record({
  maxRetries: fc.integer({ min: 0, max: 3 }),
  ends: fc.array(fc.constantFrom('FAILED', 'FAILED', 'SUCCEEDED', 'TIMEOUT'), { minLength: 4, maxLength: 4 }),
  attemptsMade: fc.integer({ min: 1, max: 4 }),
  order: fc.infiniteStream(fc.nat(100)),
  copies: fc.integer({ min: 1, max: 2 }),
  delayMinutes: fc.constantFrom(0, 3, 30),
  /** Whom Glue gives no answer when the news come. */
  unanswered: fc.constantFrom('nobody', 'persist', 'notify'),
});

test('whatever becomes of a run and however its news come, row, alert and view agree in the end', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ maxRetries, ends, attemptsMade, order, copies, delayMinutes, unanswered }) => {
      const { persist, notify, seen, tick, glue, at } = lake(maxRetries);
      const last = ends.findIndex((it) => it !== 'FAILED');
      const possible = Math.min(maxRetries + 1, last < 0 ? Number.POSITIVE_INFINITY : last + 1, attemptsMade);
      const news = ends.slice(0, possible).map((end, number) => attempt(number, end, number + 1));
      for (const number of news.keys()) glue.begun.add(`jr_1_attempt_${number}`);
      const shuffled = (all: readonly unknown[]) =>
        all
          .map((it) => ({ it, at: order.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ it }) => it);
      const delivered = Array.from({ length: copies }, () => news).flat();
      at(possible + delayMinutes);
      glue.refusal = unanswered === 'persist' ? 'ThrottlingException' : null;
      for (const event of shuffled(delivered)) await persist(event);
      glue.refusal = unanswered === 'notify' ? 'ThrottlingException' : null;
      for (const event of shuffled(delivered)) await notify(event);
      glue.refusal = null;
      for (const minutes of [1, 12, 13]) {
        at(possible + delayMinutes + minutes);
        await tick();
      }

      const { view, told } = await seen();
      const alerts = told.filter((it) => it.startsWith('alert'));
      const end =
        ends[possible - 1] === 'TIMEOUT' ? 'timeout' : ends[possible - 1] === 'FAILED' ? 'failed' : 'succeeded';
      expect(view).toBe(end);
      // Who does not know whether a failure is final tells it.
      if (unanswered === 'notify') return;
      expect(alerts).toEqual(end === 'succeeded' ? [] : [`alert ${end} sent`]);
    }),
    { numRuns: 120 },
  );
}, 60_000);
