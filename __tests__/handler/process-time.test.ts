import { createNotify, createPersist } from '../../handler/process';
import { batchOf, glueEvent } from './process-events';
import { type Instead, worldWith } from './process-world';

/** The function's time-out, milliseconds; one that is killed brings back its whole batch. */
const timeOut = 60_000;

/** How long a call takes that nobody answers: two tries, but one of Firehose (`handler/aws.ts`). */
const hang = { twice: 10_000, once: 5_000 } as const;

type Call = 'settings' | 'quarantine' | 'firehose' | 'secret' | 'slack' | 'postpone';

/** A world in which some calls hang until they are given up; time passes by calls and pauses alone. */
function worldWithHanging(...hanging: readonly Call[]) {
  const made: Call[] = [];
  let time = Date.parse('2026-01-05T10:00:00Z');
  const begun = time;
  const call = async <T>(name: Call, answer: T): Promise<T> => {
    made.push(name);
    if (!hanging.includes(name)) return answer;
    const end = time + (name === 'firehose' ? hang.once : hang.twice);
    await new Promise(setImmediate);
    time = Math.max(time, end);
    throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
  };
  const webhook = '{"slack_webhook":"https://hooks.slack.com/services/T/B/X"}';
  const ports: Instead = {
    objects: {
      get: () => call('settings', { body: '{}', etag: 'etag' }),
      putIfAbsent: () => call('quarantine', 'etag'),
    },
    putRecordBatch: (records) =>
      call(
        'firehose',
        records.map(() => null),
      ),
    readSecret: () => call('secret', webhook),
    post: () => call('slack', { status: 200, body: 'ok', retryAfterSeconds: null }),
    postpone: () => call('postpone', undefined),
    now: () => new Date(time),
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
  };
  const { world, deeds } = worldWith(ports);
  return { world, deeds, made, elapsed: () => time - begun };
}

const events = Array.from({ length: 250 }, (_, at) =>
  glueEvent(`run${at}`, 'FAILED', { jobName: `job${at}`, message: 'x'.repeat(30_000) }),
);
const strangers = Array.from({ length: 250 }, (_, at) => `stranger ${at}`);

test.each<[Call[], rows: number, quarantined: number]>([
  [['quarantine'], 250, 0],
  [['firehose'], 0, 250],
  [['quarantine', 'firehose'], 0, 0],
  [['settings', 'quarantine', 'firehose', 'postpone'], 0, 0],
  [['postpone', 'quarantine'], 250, 0],
])(
  'with %j hanging, persist answers in time: what is done is done, the rest comes again',
  async (hanging, rows, quarantined) => {
    const { world, deeds, elapsed } = worldWithHanging(...hanging);

    const response = await createPersist(world)(batchOf(...strangers, ...events));

    expect(elapsed()).toBeLessThan(timeOut);
    expect(deeds.rows).toHaveLength(rows);
    expect(deeds.counts.get('EventsQuarantined')).toBe(quarantined);
    expect(response.batchItemFailures).toHaveLength(500 - rows - quarantined);
    expect(deeds.counts.get('MessagesPostponed')).toBe(500 - rows - quarantined);
  },
);

test('rows come before what nobody recognised', async () => {
  const { world, made } = worldWithHanging('quarantine');

  await createPersist(world)(batchOf(...strangers, ...events));

  expect(made.lastIndexOf('firehose')).toBeLessThan(made.indexOf('quarantine'));
});

test('what is left when the time is used up says so', async () => {
  const { world, deeds } = worldWithHanging('quarantine');

  await createPersist(world)(batchOf(...strangers));

  expect(deeds.lines.join()).toContain('TIME_USED_UP');
});

test.each<[Call[]]>([[['slack']], [['settings', 'slack', 'postpone']], [['settings', 'secret', 'postpone']]])(
  'with %j hanging, notify answers in time, and every alert comes again',
  async (hanging) => {
    const { world, elapsed } = worldWithHanging(...hanging);

    const response = await createNotify(world)(batchOf(...events));

    expect(elapsed()).toBeLessThan(timeOut);
    expect(response.batchItemFailures).toHaveLength(250);
  },
);
