import { join } from 'node:path';
import { tickEvent } from '../../handler/event/tick';
import { columns } from '../../handler/record/schema';
import { prefixes } from '../../infra/names';
import { read } from '../handler/normalise/samples';
import { batchOf, glueEvent } from '../handler/process-events';
import { type Chain, startChain } from './parts/chain/chain';
import { duckdbTypes, keysBelow, type Row, textOf } from './parts/chain/delivered-rows';
import { changeIncident, incidentOf, notificationsOf, type Task } from './parts/chain/memory';
import { type ChainSample, fixtureSamples, otherSamples } from './parts/chain/samples';
import { invoke, scheduled, tick } from './parts/chain/schedule';
import { publish, send } from './parts/chain/sending';
import { rulesMatching } from './parts/chain/stations';
import { runCommand } from './parts/command';
import { runExample } from './parts/guide/task-reports';
import type { Told } from './parts/runtime/front';
import { place } from './parts/stacks';
import { depthOf } from './parts/terraform/bus';
import { describeWithTerraform } from './parts/terraform/tool';

// Longer than the chain waits for anything, so that a failure says how far it came.
jest.setTimeout(120_000);

let started: Chain | null = null;

function chain(): Chain {
  if (started === null) throw new Error('The chain could not be started');
  return started;
}

/** The bodies of the messages that a function got, in order. */
function bodies(name: string): readonly string[] {
  return chain()
    .front.told.filter((it) => it.name === name)
    .flatMap(({ batch }) => batch.Records.map(({ body }) => body));
}

/** Waits for the row of a run, or of the run with this name of a task. */
function rowOf(run: string, task?: string): Promise<Row> {
  const named = (row: Row) => row['service_request_id'] === run && (task === undefined || row['service_name'] === task);
  return chain().until(`row of ${run}`, async () => (await chain().rows.read()).find(named) ?? null);
}

/** Waits until Slack took a message. */
function message(text: string): Promise<string> {
  return chain().until(
    `message in Slack, "${text}"`,
    async () =>
      chain()
        .slack.texts()
        .find((it) => it === text) ?? null,
  );
}

/** An event of a Glue job, as its service tells the bus. */
function glue(jobName: string, state: string, message = 'it says so'): ChainSample {
  const input = glueEvent(`jr_${jobName}`, state, { jobName, message });
  return { name: jobName, way: 'bus', input, expected: { nothing: true } };
}

/** Publishes that a run of a Glue job reached a state at a time of day. */
function publishRun(jobName: string, run: string, state: string, clock = '10:00'): Promise<void> {
  const event = glueEvent(`jr_${jobName}_${run}`, state, { jobName }, { time: `2026-01-05T${clock}:00Z` });
  return publish(chain(), JSON.stringify(event));
}

/** The Glue job of this name in the place of {@link glueEvent}. */
function jobCalled(service_name: string): Task {
  return { account_id: place.ACCOUNT, region: 'eu-west-1', service_type: 'glue_job', service_name };
}

/** Waits until the ledger says so much of a job: what each notification is, and what became of it, sorted. */
function ledgerSays(job: string, ...expected: readonly string[]): Promise<unknown> {
  return chain().until(`ledger of ${job} with ${expected.join(', ')}`, async () => {
    const said = (await notificationsOf(chain(), job)).map(({ kind, status }) => `${kind} ${status}`).sort();
    return JSON.stringify(said) === JSON.stringify([...expected].sort()) ? said : null;
  });
}

/** Runs a command of the project against the installation; returns what it prints. */
function typed(script: 'replay' | 'silence', ...words: readonly string[]): string {
  return runCommand('npx', ['tsx', `scripts/${script}.ts`, ...words], {
    cwd: join(__dirname, '..', '..'),
    env: { ...process.env, ...chain().emulator.environment, ...place },
  });
}

/** How often Slack took a message about a job. */
function postsAbout(job: string): readonly string[] {
  return chain()
    .slack.texts()
    .filter((text) => text.includes(`${job} `));
}

/** How many invocations went on at the same time at most. */
function mostAtOnce(told: readonly Told[]): number {
  return Math.max(0, ...told.map(({ begun }) => told.filter((it) => it.begun <= begun && begun < it.ended).length));
}

/** How many messages a queue holds, waiting or hidden. */
async function depth(queue: string): Promise<number> {
  const { call } = chain();
  const { QueueUrl } = await call('sqs', 'GetQueueUrl', { QueueName: queue });
  return depthOf(call, QueueUrl);
}

/** What of the values that were expected a row does not have. */
function differences(row: Row, expected: Row): Readonly<Record<string, unknown>> {
  const wrong = Object.entries(expected).filter(
    ([column, value]) => JSON.stringify(row[column]) !== JSON.stringify(value),
  );
  return Object.fromEntries(wrong.map(([column, value]) => [column, { expected: value, got: row[column] }]));
}

/** What stands in quarantine. */
async function quarantined(): Promise<readonly { readonly reason: string }[]> {
  const { call, installation } = chain();
  const { bucket } = installation.names;
  const keys = await keysBelow(call, bucket, prefixes.quarantine);
  return Promise.all(keys.map(async (key) => JSON.parse(await textOf(call, bucket, key)) as { reason: string }));
}

describeWithTerraform('the applied stack with its functions', () => {
  beforeAll(async () => {
    started = await startChain();
  }, 900_000);

  afterAll(async () => {
    await started?.stop();
  });

  test('makes rows of what services and functions tell (as a person wrote them down, else the same as locally), keeps strangers, and hears nothing else', async () => {
    const samples = [...fixtureSamples(), ...otherSamples()];
    const wanted = samples.flatMap(({ name, input, way, expected }) =>
      'run' in expected ? [{ name, input, way, ...expected }] : [],
    );
    const reasons = samples.flatMap(({ expected }) => ('reason' in expected ? [expected.reason] : []));
    const unheard = samples.filter(({ expected }) => 'nothing' in expected);
    const find = (rows: readonly Row[], run: string) =>
      rows.find((row) => row['service_request_id'] === run || row['service_name'] === run);

    const ids = await send(chain(), samples);
    const missing = async () => {
      const rows = await chain().rows.read();
      return wanted.filter(({ run }) => find(rows, run) === undefined);
    };
    const kept = async () => ((await quarantined()).length >= reasons.length ? true : null);
    await chain()
      .until('row of every event that should become one', async () => ((await missing()).length === 0 ? true : null))
      .catch(async (error: Error) => {
        const [first, ...rest] = await missing();
        const matching =
          first?.way === 'bus' ? (await rulesMatching(chain().call, first.input)).join(', ') || 'no rule' : 'the topic';
        const where = `The first without a row is ${first?.name}, which went by ${matching}; ${rest.length} more`;
        throw new Error(`${error.message}\n${where}`);
      });
    await chain().until(`${reasons.length} objects in quarantine`, kept);

    const rows = await chain().rows.read();
    const wrong = wanted.map(({ name, run, row }) => [name, differences(find(rows, run) ?? {}, row)] as const);
    const found = (await quarantined()).map(({ reason }) => reason);
    const heard = unheard.filter((sample) =>
      bodies('persist').some((body) => body.includes(ids.get(sample) ?? sample.name)),
    );
    expect(wrong.filter(([, it]) => Object.keys(it).length > 0)).toEqual([]);
    expect(reasons.filter((reason) => !found.some((it) => it.includes(reason)))).toEqual([]);
    expect(found).toHaveLength(reasons.length);
    expect(rows).toHaveLength(wanted.length);
    expect(heard.map(({ name }) => name)).toEqual([]);
  }, 180_000);

  test('writes Parquet with every column in its type, below the day of its arrival', async () => {
    const types = columns.map(({ name, type }) => [name, duckdbTypes[type]]);

    const day = new Set((await chain().rows.read()).map((row) => row['dt']));

    expect(await chain().rows.columnTypes()).toEqual([...types, ['dt', 'VARCHAR']]);
    expect([...day]).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
    expect(await keysBelow(chain().call, chain().installation.names.bucket, prefixes.firehoseErrors)).toEqual([]);
  });

  test('gives each function its own queue, and the messages as they were published', async () => {
    const event = JSON.stringify(glueEvent('jr_as-it-was', 'SUCCEEDED'));

    await publish(chain(), event);
    await rowOf('jr_as-it-was');
    await chain().until('message in both functions', async () => (bodies('notify').includes(event) ? true : null));

    const { names } = chain().installation;
    const read = chain().front.told.flatMap(({ name, batch }) =>
      batch.Records.map(({ eventSourceARN }) => `${name} of ${eventSourceARN.split(':').at(-1)}`),
    );
    expect(bodies('persist')).toContain(event);
    expect([...new Set(read)].sort()).toEqual([
      `notify of ${names.queues.notify}`,
      `persist of ${names.queues.persist}`,
    ]);
  });

  test('tells Slack of a failure, and of nothing that went well', async () => {
    await send(chain(), [glue('quiet-job', 'SUCCEEDED'), glue('loud-job', 'FAILED')]);

    await message('🔴 Glue job loud-job failed: it says so');

    const { texts } = chain().slack;
    await chain().until('event of both jobs in notify', async () =>
      bodies('notify').some((it) => it.includes('quiet-job')) ? true : null,
    );
    expect(texts().filter((text) => /quiet-job/.test(text))).toEqual([]);
    expect(chain().front.told.filter(({ printed }) => printed.includes('T00000000'))).toEqual([]);
  });

  test("keeps and tells a failure that a function's destination publishes", async () => {
    const functionArn = `arn:aws:lambda:${place.REGION}:${place.ACCOUNT}:function:price-feed:$LATEST`;
    const record = {
      version: '1.0',
      timestamp: '2026-01-05T10:00:00.000Z',
      requestContext: {
        requestId: 'destination-1',
        functionArn,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { day: 'monday' },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'KeyError', errorMessage: "'price'" },
    };

    await publish(chain(), JSON.stringify(record));

    expect(await rowOf('destination-1')).toMatchObject({
      service_type: 'lambda',
      service_name: 'price-feed',
      event_type: 'failed',
      error_type: 'KeyError',
      captured_by: 'destination',
      event_time: '2026-01-05T10:00:00.000Z',
    });
    await message("🔴 Lambda price-feed failed: 'price'");
  });

  test('takes the task reports that the guide sends, from a shell and from Python', async () => {
    const { emulator } = chain();

    const printed = [runExample('sh', emulator), runExample('python', emulator)];

    expect(printed).toEqual([
      expect.stringMatching(/"FailedEntryCount": 0/),
      expect.stringMatching(/^Traceback [\s\S]*KeyError: 'customer_id'\s*$/),
    ]);
    expect(await rowOf('2026-01-05', 'example.cron/load-customers')).toMatchObject({
      service_type: 'task_report',
      event_type: 'failed',
      error_message: 'customers.csv is empty',
    });
    await message("🔴 Task report example.loader/load-orders failed: KeyError: 'customer_id'");
    const rows = (await chain().rows.read()).filter((row) => row['service_name'] === 'example.loader/load-orders');
    expect(rows.map((row) => row['event_type']).sort()).toEqual(['failed', 'started']);
    expect(rows.find((row) => row['event_type'] === 'failed')).toMatchObject({ error_type: 'KeyError' });
  }, 120_000);

  test('brings an event of the largest size that the topic takes to the lake and to Slack', async () => {
    const limit = 262_144;
    const empty = JSON.stringify(glueEvent('jr_largest', 'FAILED', { jobName: 'largest-job', message: '' }));
    const event = empty.replace('"message":""', `"message":"${'x'.repeat(limit - empty.length)}"`);

    await publish(chain(), event);

    const { recorded_at, event_id, ...expected } = { ...read(JSON.parse(event)).records[0] };
    expect(event).toHaveLength(limit);
    expect(differences(await rowOf('jr_largest'), expected)).toEqual({});
    await chain().until(
      'message in Slack about the largest event',
      async () =>
        chain()
          .slack.texts()
          .find((it) => it.includes('largest-job')) ?? null,
    );
  });

  test('tells a failure that is published twice once, and its ledger says so', async () => {
    const event = JSON.stringify(glueEvent('jr_twice', 'FAILED', { jobName: 'twice-job' }));

    await publish(chain(), event);
    await message('🔴 Glue job twice-job failed: it says so');
    await publish(chain(), event);
    await chain().until('second try of the same event', async () =>
      bodies('notify').filter((body) => body === event).length === 2 ? true : null,
    );

    expect(postsAbout('twice-job')).toHaveLength(1);
    expect(await notificationsOf(chain(), 'twice-job')).toEqual([
      expect.objectContaining({
        kind: 'alert',
        status: 'sent',
        reason: null,
        event_type: 'failed',
        service_request_id: 'jr_twice',
        route: 'default',
        channel: 'slack_webhook',
        tries: 1,
        settled_at: expect.stringMatching(/^20\d\d-\d\d-\d\dT/),
      }),
    ]);
  });

  test('opens an incident, counts what repeats without telling it, and tells how long it was down', async () => {
    const job = jobCalled('shaky-job');

    await publishRun('shaky-job', '1', 'FAILED', '10:00');
    await message('🔴 Glue job shaky-job failed: it says so');
    await publishRun('shaky-job', '2', 'FAILED', '10:05');
    await ledgerSays('shaky-job', 'alert sent', 'alert suppressed');
    const open = await incidentOf(chain(), job);
    await publishRun('shaky-job', '3', 'SUCCEEDED', '10:20');
    await message('🟢 Glue job shaky-job works again after 20 min 0 s and 2 failures');
    await ledgerSays('shaky-job', 'alert sent', 'alert suppressed', 'recovery sent');

    expect(open).toMatchObject({ state: 'open', failures: 2, untold: 1 });
    expect(await incidentOf(chain(), job)).toMatchObject({ state: 'closed', failures: 2 });
    expect(postsAbout('shaky-job')).toHaveLength(2);
  });

  test('is called by its schedule every minute', async () => {
    const { front, installation, until } = chain();

    const schedule = await scheduled(chain());

    expect(schedule).toEqual([
      {
        when: 'rate(1 minute)',
        state: 'ENABLED',
        functionArn: expect.stringMatching(new RegExp(`:function:${installation.names.functions.notify}$`)),
        input: JSON.stringify(tickEvent),
      },
    ]);
    await until(
      'call by the schedule itself',
      async () => (front.told.some(({ event }) => JSON.stringify(event) === schedule[0]?.input) ? true : null),
      120_000,
    );
  }, 150_000);

  test('posts a reminder once when it is due, called with what the schedule sends', async () => {
    const job = jobCalled('stubborn-job');
    const reminders = () => postsAbout('stubborn-job').filter((text) => text.startsWith('🔁'));
    await publishRun('stubborn-job', '1', 'FAILED', '10:00');
    await ledgerSays('stubborn-job', 'alert sent');
    await publishRun('stubborn-job', '2', 'FAILED', '10:01');
    await ledgerSays('stubborn-job', 'alert sent', 'alert suppressed');

    await tick(chain());
    const early = reminders();
    // Nobody waits out the hour after which it is told again.
    await changeIncident(chain(), job, (before) => ({ ...before, remind_at: '2026-01-05T11:00:00.000Z' }));
    await tick(chain());
    await ledgerSays('stubborn-job', 'alert sent', 'alert suppressed', 'reminder sent');
    await tick(chain());

    expect(early).toEqual([]);
    expect(reminders()).toEqual([
      expect.stringMatching(/^🔁 Glue job stubborn-job keeps failing: 1 more failure since .* it says so$/),
    ]);
    expect(await incidentOf(chain(), job)).toMatchObject({ state: 'open', failures: 2, untold: 0, remind_at: null });
  });

  test('asks Glue before it tells a failure: keeps back what is retried, and tells when the retry never came', async () => {
    const { call, rows, until } = chain();
    const job = jobCalled('retried-job');
    const Command = { Name: 'glueetl', ScriptLocation: 's3://example/load.py' };
    await call('glue', 'CreateJob', { Name: 'retried-job', Role: 'example', Command, MaxRetries: 1 });
    const { JobRunId } = await call('glue', 'StartJobRun', { JobName: 'retried-job' });
    const run = String(JobRunId);
    const time = new Date().toISOString();
    const written = async () => (await rows.read()).filter((row) => row['service_request_id'] === run);

    await publish(chain(), JSON.stringify(glueEvent(run, 'FAILED', { jobName: 'retried-job' }, { time })));
    const waiting = await until('incident that waits for the retry', async () => {
      const found = await incidentOf(chain(), job);
      return found !== null && found.awaited.length === 1 ? found : null;
    });
    await tick(chain());
    const early = postsAbout('retried-job');
    const first = await rowOf(run);
    // Nobody waits out the ten minutes.
    await changeIncident(chain(), job, (before) => ({
      ...before,
      awaited: before.awaited.map((it) => ({ ...it, due_at: time })),
    }));
    await tick(chain());
    await message('🔴 Glue job retried-job failed 1 of 2: it says so');
    await until('row anew, without a retry', async () => ((await written()).length === 2 ? true : null));

    expect(waiting).toMatchObject({ state: 'closed', failures: 0 });
    expect(early).toEqual([]);
    expect(first).toMatchObject({ event_type: 'failed', retry_attempts: 0, max_attempts: 2, will_retry: true });
    expect((await written()).map((row) => row['will_retry']).sort()).toEqual([false, true]);
    expect(new Set((await written()).map((row) => row['event_id'])).size).toBe(1);
    expect(await incidentOf(chain(), job)).toMatchObject({ state: 'open', failures: 1, awaited: [] });
  }, 120_000);

  test('loses no failure to two invocations at the same time, and tells of each task once', async () => {
    const { front, installation } = chain();
    const tasks = Array.from({ length: 8 }, (_, at) => `shared-job-${at}`);
    const failAll = (run: string) => {
      const batch = batchOf(...tasks.map((jobName) => glueEvent(`jr_${jobName}_${run}`, 'FAILED', { jobName })));
      return invoke(chain(), installation.names.functions.notify, JSON.stringify(batch));
    };
    // Two processes that are warm, and incidents that are there: what is written by both must be written by each anew.
    await Promise.all([tick(chain()), tick(chain())]);
    await failAll('first');

    const answers: unknown[] = [];
    for (const round of [1, 2, 3, 4]) {
      answers.push(...(await Promise.all([failAll(`${round}-a`), failAll(`${round}-b`)])));
    }

    const told = front.told.filter(({ batch }) => batch.Records.some(({ body }) => body.includes('shared-job-0')));
    const incidents = await Promise.all(tasks.map((task) => incidentOf(chain(), jobCalled(task))));
    const repeated = Array.from({ length: 8 }, () => 'alert suppressed');
    expect(answers).toEqual(answers.map(() => ({ batchItemFailures: [] })));
    expect(mostAtOnce(told)).toBe(2);
    expect(incidents.map((it) => it?.failures)).toEqual(tasks.map(() => 9));
    for (const task of tasks) await ledgerSays(task, 'alert sent', ...repeated);
  });

  test('tells nobody of what is silenced by hand, and tells again when the silence is ended', async () => {
    const fail = (run: string, error: string) => {
      const time = new Date().toISOString();
      const event = glueEvent(`jr_noisy_${run}`, 'FAILED', { jobName: 'noisy-job', message: error }, { time });
      return publish(chain(), JSON.stringify(event));
    };

    const printed = typed('silence', '--name', 'noisy-*', '--for', '1h', '--reason', 'its table is moved');
    await fail('1', 'no such table');
    await ledgerSays('noisy-job', 'alert silenced');
    typed('silence', 'end', /silence -- end (\S+)/.exec(printed)?.[1] ?? '');
    await fail('2', 'no such column');
    await message('🔴 Glue job noisy-job failed: no such column');

    const [silenced] = await notificationsOf(chain(), 'noisy-job');
    expect(silenced).toMatchObject({ reason: expect.stringContaining('its table is moved'), channel: 'slack_webhook' });
    expect(postsAbout('noisy-job')).toHaveLength(1);
    expect(typed('silence', 'list')).toContain('Nothing is silenced by hand.');
  });

  test('posts by a replay what Slack refused, once, though the message comes again', async () => {
    const { call, front, slack, installation, until } = chain();
    const { QueueUrl } = await call('sqs', 'GetQueueUrl', { QueueName: installation.names.queues.notify });
    slack.refuse('rejected-job');
    await publishRun('rejected-job', '1', 'FAILED');
    await ledgerSays('rejected-job', 'alert failed');
    slack.refuse(null);
    const refused = front.told.flatMap(({ name, batch }) => (name === 'notify' ? batch.Records : []));
    const { receiptHandle: ReceiptHandle } = refused.find(({ body }) => body.includes('jr_rejected-job_1')) ?? {};

    const printed = typed('replay', 'alerts', '--from', '2026-01-05', '--to', '2026-01-05');
    await message('🔴 Glue job rejected-job failed: it says so');
    await ledgerSays('rejected-job', 'alert sent');
    await call('sqs', 'ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    await until('second try of the message itself', async () =>
      bodies('notify').filter((body) => body.includes('jr_rejected-job_1')).length >= 3 ? true : null,
    );

    expect(printed).toContain('1 replayed');
    expect(postsAbout('rejected-job')).toHaveLength(1);
  });

  test('brings a failing message again alone, to the dead letters after all its tries, and home by a replay', async () => {
    const { call, front, slack, installation, until } = chain();
    const { names } = installation;
    const { QueueUrl } = await call('sqs', 'GetQueueUrl', { QueueName: names.queues.notify });
    const deadLetters = names.deadLetterQueues['notify-dead-letters'];
    const tries = () =>
      front.told
        .filter(({ name }) => name === 'notify')
        .flatMap(({ batch }) => batch.Records)
        .filter(({ body }) => body.includes('refused-job'));
    slack.refuse('refused-job');

    await send(chain(), [glue('job-before', 'FAILED'), glue('refused-job', 'FAILED'), glue('job-after', 'FAILED')]);
    await message('🔴 Glue job job-before failed: it says so');
    await message('🔴 Glue job job-after failed: it says so');
    await until('first try of notify', async () => (tries().length > 0 ? true : null));
    const putOff = await depth(names.queues.notify);
    // Nobody waits out the growing pauses: the message is made visible again as soon as the function has put it off.
    await until(
      `dead letter in ${deadLetters}`,
      async () => {
        const ReceiptHandle = tries().at(-1)?.receiptHandle;
        await call('sqs', 'ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }).catch(() => {});
        return (await depth(deadLetters)) === 1 ? true : null;
      },
      120_000,
    );
    const triesBefore = tries().map(({ attributes }) => Number(attributes.ApproximateReceiveCount));
    slack.refuse(null);
    const printed = typed('replay', 'dead-letters');
    await message('🔴 Glue job refused-job failed: it says so');

    expect(putOff).toBe(1);
    expect({ triesBefore: triesBefore.length, tries: tries().length }).toEqual({ triesBefore: 50, tries: 51 });
    expect(triesBefore).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    expect(bodies('notify').filter((body) => /job-(before|after)/.test(body))).toHaveLength(2);
    expect(printed).toContain(`${deadLetters}: 1 replayed, 0 kept`);
    expect(await depth(deadLetters)).toBe(0);
  }, 240_000);

  test('leaves no message behind, fails no invocation, and stays within time and memory', async () => {
    const { front, installation, until } = chain();
    const { queues, deadLetterQueues } = installation.names;

    await until('end of the messages in the queues', async () => {
      const depths = await Promise.all(Object.values({ ...queues, ...deadLetterQueues }).map(depth));
      return depths.every((it) => it === 0) ? true : null;
    });

    expect(front.told.flatMap(({ name, outcome }) => ('error' in outcome ? [{ name, ...outcome.error }] : []))).toEqual(
      [],
    );
    for (const name of ['persist', 'notify']) {
      const own = front.told.filter((it) => it.name === name);
      const cold = own.filter(({ initMs }) => initMs !== null).length;
      expect({ name, needless: Math.max(0, cold - mostAtOnce(own)) }).toEqual({ name, needless: 0 });
    }
  });
});
