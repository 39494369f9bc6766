import fc from 'fast-check';
import { columns, eventTypes, type StateRecord } from '../../../handler/record/schema';
import { recordOf } from '../alert/record';
import { enrichWith, errorOf, runOf } from './glue';

const jobs = { orders_daily: { maxRetries: 2 } };

/** A record as the event of a failed run makes it. */
const told = {
  started_at: null,
  ended_at: null,
  duration_ms: null,
  error_type: null,
  error_message: null,
  exception_details: null,
  error_fingerprint: null,
};

describe('a terminal run of a Glue job', () => {
  test('has its times, consumption and attempts by one question about the run and one about the job', async () => {
    const record = recordOf({ ...told, event_type: 'succeeded', source_state: 'SUCCEEDED' });

    const { records, unanswered, asked } = await enrichWith({ runs: { jr_1: runOf() }, jobs }, [record]);

    expect(records).toEqual([
      {
        ...record,
        started_at: '2026-01-05T09:50:10.000Z',
        ended_at: '2026-01-05T09:59:29.500Z',
        duration_ms: 540_000,
        dpu_seconds: 1_350,
        max_attempts: 3,
      },
    ]);
    expect(asked).toEqual(['orders_daily jr_1', 'orders_daily']);
    expect(unanswered).toBe(0);
  });

  test('keeps what its event told', async () => {
    const record = recordOf({ ended_at: '2026-01-05T09:59:00.000Z', max_attempts: 9, will_retry: false });

    const { records } = await enrichWith({ runs: { jr_1: runOf({ errorMessage: 'Other: text' }) }, jobs }, [record]);

    expect(records).toEqual([{ ...record, dpu_seconds: 1_350 }]);
  });

  test('that took no time is told by its own instants', async () => {
    const record = recordOf(told);

    const { records } = await enrichWith({ runs: { jr_1: runOf({ executionSeconds: null }) }, jobs }, [record]);

    expect(records).toMatchObject([{ duration_ms: 559_500 }]);
  });

  test('that Glue counts as going still has no end, no duration and no consumption', async () => {
    const going = runOf({ completedAt: null, executionSeconds: 3, dpuSeconds: 7 });

    const { records } = await enrichWith({ runs: { jr_1: going }, jobs }, [recordOf(told)]);

    expect(records).toMatchObject([
      { started_at: '2026-01-05T09:50:10.000Z', ended_at: null, duration_ms: null, dpu_seconds: null },
    ]);
  });

  test('is asked about by the id of its own attempt', async () => {
    const { asked } = await enrichWith({}, [recordOf({ retry_attempts: 2 })]);

    expect(asked).toEqual(['orders_daily jr_1_attempt_2']);
  });

  test('that Glue does not know stays as it is, and nothing is asked about its job', async () => {
    const record = recordOf(told);

    const { records, unanswered, asked } = await enrichWith({ jobs }, [record]);

    expect(records).toEqual([record]);
    expect(asked).toEqual(['orders_daily jr_1']);
    expect(unanswered).toBe(0);
  });
});

describe('nothing is asked', () => {
  test.each<[string, Partial<StateRecord>]>([
    ['about other services', { service_type: 'glue_crawler' }],
    ['about Lambda', { service_type: 'lambda' }],
    ['about a run that has only begun', { event_type: 'started', source_state: 'RUNNING' }],
    ['about a run that is late', { event_type: 'delayed', source_state: 'RUNNING' }],
    ['about a run without an id of its own', { retry_attempts: null }],
    [
      'about a run of which all is told',
      { ended_at: '2026-01-05T09:59:00.000Z', dpu_seconds: 1, max_attempts: 3, will_retry: true },
    ],
  ])('%s', async (_, columnsOf) => {
    const record = recordOf(columnsOf);

    const { records, unanswered, asked } = await enrichWith({ runs: { jr_1: runOf() }, jobs }, [record]);

    expect(asked).toEqual([]);
    expect(records).toEqual([record]);
    expect(unanswered).toBe(0);
  });
});

describe('whether another attempt follows', () => {
  const runs = { jr_1: runOf(), jr_1_attempt_1: runOf(), jr_1_attempt_2: runOf(), jr_1_attempt_5: runOf() };

  test.each([
    ['the first of three', 0, { max_attempts: 3, will_retry: true }],
    ['the second of three', 1, { max_attempts: 3, will_retry: true }],
    ['the last of three', 2, { max_attempts: 3, will_retry: false }],
    ['one more than the job has now', 5, { max_attempts: 6, will_retry: false }],
  ])('is told by the number of attempts: %s', async (_, retry_attempts, expected) => {
    const { records } = await enrichWith({ runs, jobs }, [recordOf({ retry_attempts })]);

    expect(records).toMatchObject([expected]);
  });

  test('a job without retries makes one attempt', async () => {
    const { records } = await enrichWith({ runs, jobs: { orders_daily: { maxRetries: 0 } } }, [recordOf()]);

    expect(records).toMatchObject([{ max_attempts: 1, will_retry: false }]);
  });

  test('a job that is gone is not run again', async () => {
    const { records } = await enrichWith({ runs }, [recordOf()]);

    expect(records).toMatchObject([{ max_attempts: null, will_retry: false }]);
  });

  test.each<[string, Partial<StateRecord>]>([
    ['a time-out', { event_type: 'timeout', source_state: 'TIMEOUT' }],
    ['a trigger of a deleted job', { source_state: 'ERROR' }],
    ['a stop', { event_type: 'stopped', source_state: 'STOPPED' }],
    ['a success', { event_type: 'succeeded', source_state: 'SUCCEEDED' }],
  ])('is nothing that Glue decides after %s', async (_, said) => {
    const { records } = await enrichWith({ runs, jobs }, [recordOf(said)]);

    expect(records).toMatchObject([{ max_attempts: 3, will_retry: null }]);
  });

  describe('of what failed so long ago that it should have started', () => {
    const now = '2026-07-01T00:00:00.000Z';

    test('is told by whether Glue knows it', async () => {
      const known = { runs: { jr_1: runOf(), jr_1_attempt_1: runOf() }, jobs };
      const unknown = { runs: { jr_1: runOf() }, jobs };

      const retried = await enrichWith(known, [recordOf()], { now });
      const never = await enrichWith(unknown, [recordOf()], { now });

      expect(retried.records).toMatchObject([{ max_attempts: 3, will_retry: true }]);
      expect(never.records).toMatchObject([{ max_attempts: 3, will_retry: false }]);
      expect(never.asked).toEqual(['orders_daily jr_1', 'orders_daily', 'orders_daily jr_1_attempt_1']);
    });

    test('is told by the number while Glue does not answer', async () => {
      const refusing = { runs: { jr_1: runOf(), jr_1_attempt_1: errorOf('InternalServiceException') }, jobs };

      const { records } = await enrichWith(refusing, [recordOf()], { now });

      expect(records).toMatchObject([{ will_retry: true }]);
    });

    test('is looked for from ten minutes on, and not before', async () => {
      const just = (time: string) => enrichWith({ runs: { jr_1: runOf() }, jobs }, [recordOf()], { now: time });

      expect((await just('2026-01-05T10:09:29.999Z')).records).toMatchObject([{ will_retry: true }]);
      expect((await just('2026-01-05T10:09:30.000Z')).records).toMatchObject([{ will_retry: false }]);
    });
  });
});

describe('the error that Glue keeps', () => {
  const traceback =
    'Traceback (most recent call last):\n  File "/tmp/job.py", line 3\nNameError: name \'x\' is not defined';
  const fillWith = async (errorMessage: string | null, said: Partial<StateRecord> = {}) => {
    const { records } = await enrichWith({ runs: { jr_1: runOf({ errorMessage }) }, jobs }, [
      recordOf({ ...told, ...said }),
    ]);
    return records[0];
  };

  test('fills the columns of an event without one, as the event would have', async () => {
    expect(await fillWith(traceback)).toMatchObject({
      error_type: 'NameError',
      error_message: "NameError: name 'x' is not defined",
      exception_details: traceback,
      error_fingerprint: expect.stringMatching(/^2:[0-9a-f]{16}$/),
    });
  });

  test.each([traceback.slice(0, 40), `${traceback.slice(0, 40)}...`, `${traceback.slice(0, 40)} …`])(
    'completes one that the event has only the beginning of: %j',
    async (exception_details) => {
      const cut = { exception_details, error_message: exception_details, error_fingerprint: '2:0' };

      expect(await fillWith(traceback, cut)).toEqual({ ...(await fillWith(traceback)) });
    },
  );

  test.each([
    ['another text', 'Other: something else that is longer than the one of the event'],
    ['the same', 'NameError: x'],
    ['less', 'NameError'],
    ['nothing', null],
    ['blanks', '  \n'],
  ])('leaves the event its own where Glue has %s', async (_, text) => {
    const own = { exception_details: 'NameError: x', error_message: 'NameError: x', error_fingerprint: '2:0' };

    expect(await fillWith(text, own)).toMatchObject(own);
  });

  test('is none of a run that succeeded', async () => {
    const filled = await fillWith('left over', { event_type: 'succeeded', source_state: 'SUCCEEDED' });

    expect(filled).toMatchObject({ error_message: null, exception_details: null, error_fingerprint: null });
  });

  test('is redacted by the patterns of the user too', async () => {
    const said = { runs: { jr_1: runOf({ errorMessage: 'ValueError: customer 4711-AB is unknown' }) }, jobs };

    const { records } = await enrichWith(said, [recordOf(told)], { redactionPatterns: ['\\d{4}-[A-Z]{2}'] });

    expect(JSON.stringify(records)).not.toContain('4711');
    expect(records).toMatchObject([
      { error_type: 'ValueError', exception_details: expect.stringContaining('customer') },
    ]);
  });

  test('is redacted before it is read, and held to the limits', async () => {
    const secret = ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('');
    const filled = await fillWith(`S3Error: access with ${secret} and password=hunter2 denied\n${'x'.repeat(70_000)}`);

    expect(JSON.stringify(filled)).not.toMatch(/hunter2|AKIAIOSF/);
    expect(filled?.exception_details?.length).toBeLessThanOrEqual(16_384);
    expect(filled?.error_message).toContain('S3Error: access with');
  });
});

describe('Glue that does not answer', () => {
  const runNames = (count: number) => Array.from({ length: count }, (_, at) => `jr_${at}`);
  const failedRuns = (count: number) => runNames(count).map((id) => recordOf({ service_request_id: id }));

  test.each([
    ['refuses', 'AccessDeniedException', 40],
    ['throttles', 'ThrottlingException', 40],
    ['hangs', 'TimeoutError', 40],
  ])('and %s leaves the records as they are, counts them, and is asked no more', async (_, name, count) => {
    const runs = Object.fromEntries(runNames(count).map((id) => [id, errorOf(name)]));
    const records = failedRuns(count);

    const result = await enrichWith({ runs, jobs }, records);

    expect(result.records).toEqual(records);
    expect(result.unanswered).toBe(count);
    expect(result.asked.length).toBeLessThanOrEqual(10);
    expect(result.lines).toEqual([
      ['Glue could not be asked about runs', { error: name, failures: result.asked.length, stopped: true }],
    ]);
  });

  test('once, and then does, is asked about the rest', async () => {
    const runs = {
      ...Object.fromEntries(runNames(30).map((id) => [id, runOf()])),
      jr_3: errorOf('InternalServiceException'),
    };

    const { records, unanswered } = await enrichWith({ runs, jobs }, failedRuns(30));

    expect(unanswered).toBe(1);
    expect(records.filter(({ will_retry }) => will_retry === null).map((it) => it.service_request_id)).toEqual([
      'jr_3',
    ]);
  });

  test('now and then, with answers in between, is asked on', async () => {
    const answered = Object.fromEntries(runNames(40).map((id) => [id, runOf()]));
    const refusing = Object.fromEntries(['jr_3', 'jr_14', 'jr_25'].map((id) => [id, errorOf('TimeoutError')]));

    const { unanswered } = await enrichWith({ runs: { ...answered, ...refusing }, jobs }, failedRuns(40));

    expect(unanswered).toBe(3);
  });

  test('because it was asked too often is asked no more, from the first time on', async () => {
    const answered = Object.fromEntries(runNames(40).map((id) => [id, runOf()]));
    const refusing = { jr_3: errorOf('ThrottlingException') };

    const { asked, lines } = await enrichWith({ runs: { ...answered, ...refusing }, jobs }, failedRuns(40));

    expect(asked.filter((it) => it.includes(' '))).toHaveLength(10);
    expect(lines).toEqual([
      ['Glue could not be asked about runs', { error: 'ThrottlingException', failures: 1, stopped: true }],
    ]);
  });

  test('about the job leaves open whether another attempt follows, and fills the rest', async () => {
    const denied = { orders_daily: errorOf('AccessDeniedException') };

    const { records, unanswered } = await enrichWith({ runs: { jr_1: runOf() }, jobs: denied }, [recordOf(told)]);

    expect(records).toMatchObject([{ will_retry: null, max_attempts: null, duration_ms: 540_000 }]);
    expect(unanswered).toBe(1);
  });

  test('what it throws never reaches the log', async () => {
    const { lines } = await enrichWith({ runs: { jr_1: errorOf('Error') }, jobs }, [recordOf()]);

    expect(JSON.stringify(lines)).not.toContain('secret text');
  });
});

test('at most ten questions are under way at the same time, each is asked once, and the order is kept', async () => {
  const ids = Array.from({ length: 60 }, (_, at) => `jr_${at}`);
  const runs = Object.fromEntries(ids.map((id) => [id, runOf()]));
  const records = [...ids, ...ids].map((id) => recordOf({ service_request_id: id }));
  const under = { way: 0, most: 0 };
  const before = async () => {
    under.way += 1;
    under.most = Math.max(under.most, under.way);
    await new Promise(setImmediate);
    under.way -= 1;
  };

  const result = await enrichWith({ runs, jobs }, records, { before });

  expect(under.most).toBe(10);
  expect(result.asked).toHaveLength(61);
  expect(result.records.map((it) => it.service_request_id)).toEqual([...ids, ...ids]);
  expect(result.records.every(({ will_retry }) => will_retry === true)).toBe(true);
});

test('whatever Glue says, no column that an event told is changed, and nothing is thrown', async () => {
  const number = fc.option(fc.oneof(fc.integer(), fc.constant(Number.NaN)));
  const time = fc.option(fc.oneof(fc.constantFrom('2026-01-05T09:50:00.000Z', 'never')));
  const run = fc.record({
    startedAt: time,
    completedAt: time,
    executionSeconds: number,
    dpuSeconds: number,
    errorMessage: fc.option(fc.string()),
  });
  const answer = <T>(said: fc.Arbitrary<T>) => fc.oneof(said, fc.constant(errorOf('Error')));
  const record = fc
    .record({ event_type: fc.constantFrom(...eventTypes), retry_attempts: fc.constantFrom(null, 0, 1) })
    .map((said) => recordOf({ ...said, exception_details: 'told: so' }));

  await fc.assert(
    fc.asyncProperty(
      record,
      answer(run),
      answer(fc.record({ maxRetries: fc.integer() })),
      async (before, said, job) => {
        const glue = { runs: { jr_1: said, jr_1_attempt_1: said }, jobs: { orders_daily: job } };

        const { records } = await enrichWith(glue, [before]);

        const after = records[0];
        const kept = columns.filter(({ name }) => before[name] !== null && !/^e(rror|xception)_/.test(name));
        expect(kept.map(({ name }) => after?.[name])).toEqual(kept.map(({ name }) => before[name]));
      },
    ),
  );
});
