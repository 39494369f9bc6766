import { type Explanation, explain, type Means } from '../../explain/explanation';
import { lineOf, pageOf } from '../../explain/page';
import { readRequest } from '../../explain/request';
import { parseSettings } from '../../handler/settings';
import type { InputEvent } from '../../local/events';

/** A state change of the Glue job `orders_daily`. */
function glue(said: Readonly<Record<string, unknown>>, time = '2026-01-05T09:59:58Z') {
  return {
    version: '0',
    id: JSON.stringify([said, time]),
    source: 'aws.glue',
    account: '111122223333',
    region: 'eu-west-1',
    time,
    'detail-type': 'Glue Job State Change',
    detail: { jobName: 'orders_daily', jobRunId: 'jr_1', state: 'TIMEOUT', message: 'Timed out', ...said },
  };
}

async function explained(events: readonly unknown[], settings: unknown = {}, said: Partial<Means> = {}) {
  const read = parseSettings(JSON.stringify(settings));
  if (read === null) throw new Error('no settings');
  async function* inputs(): AsyncGenerator<InputEvent> {
    for (const value of events) yield { value, text: JSON.stringify(value) };
  }
  const patterns = ['{"source":["aws.glue","aws.states","aws.new"]}'];
  const means: Means = { settings: read, patterns, webhook: 'incoming', retries: null, at: null, ...said };
  const all: Explanation[] = [];
  for await (const one of explain(inputs(), means)) all.push(one);
  return { all, page: all.map((one, at) => pageOf(one, at + 1)).join('\n\n') };
}

const routes = [
  { name: 'routes[0]', match: { service: ['lambda'], name: ['orders*'] }, channel: 'functions' },
  {
    name: 'routes[1]',
    match: { service: ['glue_job'], name: ['orders*', 'bills*'] },
    channel: 'data_team',
    mention: '<!here>',
    cooldownSeconds: 600,
  },
  { name: 'default', match: {}, channel: 'slack_webhook' },
];

describe('an explanation', () => {
  it('says which route took a failure, by what, and by what the earlier ones did not', async () => {
    const { all, page } = await explained([glue({})], { routes });

    expect(all).toMatchObject([{ verdict: 'timeout', isTold: true, routing: { route: { channel: 'data_team' } } }]);
    expect(page).toContain('1  glue_job orders_daily: timeout');
    expect(page).toContain('routes[1]: channel data_team, error, cooldown 10 min, mention <!here>');
    expect(page).toContain('service glue_job fits glue_job');
    expect(page).toContain('name orders_daily fits orders* or bills*');
    expect(page).toContain('not routes[0]: service glue_job does not fit lambda');
  });

  it('shows the message as it would be posted, and its body as JSON', async () => {
    const { all, page } = await explained([glue({})], { routes });

    const [first] = all;
    const line = JSON.parse(first ? lineOf(first) : '{}');
    expect(page).toMatch(/message {4}to data_team\n {6}\| .*orders_daily/);
    expect(line.messages).toEqual([
      { channel: 'data_team', body: expect.objectContaining({ blocks: expect.any(Array) }) },
    ]);
    expect(line.messages[0].body.text).toContain('orders_daily');
  });

  it('shows what a workflow gets', async () => {
    const { all } = await explained([glue({})], {}, { webhook: 'workflow' });

    expect(JSON.parse(all[0] ? lineOf(all[0]) : '{}')).toMatchObject({
      messages: [{ body: { service: 'glue_job', service_name: 'orders_daily' } }],
    });
  });

  it('says who decides that nothing is told', async () => {
    const { page } = await explained([glue({ state: 'STOPPED' })], { alertOnOf: { glue_job: ['failed'] } });

    expect(page).toContain('stopped is not told: alertOn of the source glue_job has failed');
    expect(page).not.toContain('message ');
  });

  it('counts a repetition, and tells the recovery, as the function would', async () => {
    const { all, page } = await explained([
      glue({ jobRunId: 'jr_1' }, '2026-01-05T09:00:00Z'),
      glue({ jobRunId: 'jr_2' }, '2026-01-05T09:10:00Z'),
      glue({ jobRunId: 'jr_3', state: 'SUCCEEDED' }, '2026-01-05T09:20:00Z'),
    ]);

    expect(all.map((it) => ('record' in it ? it.notifications.map(({ kind, status }) => [kind, status]) : []))).toEqual(
      [[['alert', 'sent']], [['alert', 'suppressed']], [['recovery', 'sent']]],
    );
    expect(page).toContain(
      'alert suppressed (the same error of this task was told within the cooldown; it is counted)',
    );
    expect(page).toContain('open, began 2026-01-05T09:00:00.000Z, 2 failures, of which 1 counted and not told');
    expect(page).toContain('succeeded is told as the end of an incident only');
  });

  it('says that a duplicate was settled before', async () => {
    const { page } = await explained([glue({}), glue({})]);

    expect(page.split('\n\n')[1]).toContain('nothing new: this alert was settled by an event before');
  });

  it('says that a state machine is told with the run inside it', async () => {
    const inner = glue({ state: 'FAILED', message: 'no such bucket' });
    const outer = {
      ...glue({}),
      id: 'outer',
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: {
        executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:nightly:run-1',
        stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:nightly',
        name: 'run-1',
        status: 'FAILED',
        startDate: Date.parse('2026-01-05T09:00:00Z'),
        stopDate: Date.parse('2026-01-05T10:00:00Z'),
        error: 'States.TaskFailed',
        cause: JSON.stringify({
          JobName: 'orders_daily',
          Id: 'jr_1',
          JobRunState: 'FAILED',
          ErrorMessage: 'no such bucket',
        }),
      },
    };

    const { page } = await explained([inner, outer]);

    expect(page).toContain('2  step_functions nightly: failed');
    expect(page.split('\n\n')[1]).toMatch(/ledger {5}alert folded \(.*\), into alert [0-9a-f]{32}/);
  });

  it('names the silence or maintenance of config.ts that keeps it back', async () => {
    const { all, page } = await explained([glue({})], {
      silences: [{ match: { name: ['orders*'] }, until: '2026-01-05T12:00:00.000Z', reason: 'storage is moved' }],
    });

    expect(all).toMatchObject([{ notifications: [{ status: 'silenced' }], messages: [] }]);
    expect(page).toContain('silenced until 2026-01-05T12:00:00.000Z: storage is moved');
  });

  it('moves all events, so that the first happens at the time asked for', async () => {
    const maintenance = [
      {
        match: {},
        days: ['sunday'],
        from: '02:00',
        until: '04:00',
        timeZone: 'UTC',
        reason: 'patches',
      },
    ];
    const events = [glue({}, '2026-01-05T09:00:00Z'), glue({ jobRunId: 'jr_2' }, '2026-01-05T11:00:00Z')];

    const { all } = await explained(events, { maintenance }, { at: Date.parse('2026-01-04T02:30:00Z') });

    expect(all.map((it) => 'record' in it && [it.record.event_time, it.notifications[0]?.status])).toEqual([
      ['2026-01-04T02:30:00.000Z', 'silenced'],
      ['2026-01-04T04:30:00.000Z', 'sent'],
    ]);
  });

  it('tells of a retry only by asking, and takes the answer from whoever asks', async () => {
    const failed = [glue({ state: 'FAILED', message: 'no such bucket' })];

    const unknown = await explained(failed);
    const retried = await explained(failed, {}, { retries: 2 });
    const last = await explained(failed, {}, { retries: 0 });

    expect(unknown.page).toContain('alert sent to slack_webhook');
    expect(retried.page).toContain('1  glue_job orders_daily: retrying');
    expect(retried.page).toContain('nothing yet: if no other attempt comes within ten minutes, it is told');
    expect(last.page).toContain('alert sent to slack_webhook');
  });

  it('gives the reason for what nobody recognises', async () => {
    const { all, page } = await explained([{ 'detail-type': 'Something', source: 'aws.new', detail: {} }]);

    expect(all).toEqual([{ quarantine: expect.any(String) }]);
    expect(page).toContain('1  nobody recognises this event');
  });

  it('says which events no rule takes, so that nothing becomes of them', async () => {
    const { all, page } = await explained([glue({})], {}, { patterns: ['{"source":["aws.athena"]}'] });

    expect(all).toEqual([{ leftOut: 'aws.glue, Glue Job State Change' }]);
    expect(page).toContain('none takes it: its source is off or narrowed in config.ts');
  });

  it('lets no name forge a line', async () => {
    const { page } = await explained([glue({ jobName: 'a\n2  glue_job b: failed' })]);

    expect(page.split('\n')[0]).toBe('1  glue_job a␊2  glue_job b: failed: timeout');
  });
});

describe('the command line of the explanation', () => {
  it('reads its options', () => {
    const request = readRequest(['a.json', '--at', '2026-01-31T02:30+01:00', '--retries', '2', '--workflow', '--json']);

    expect(request).toEqual({
      paths: ['a.json'],
      at: Date.parse('2026-01-31T01:30:00Z'),
      retries: 2,
      webhook: 'workflow',
      json: true,
    });
  });

  it.each([
    [[], 'Usage: npm run alert:explain'],
    [['a.json', '--at', '02:30'], '--at is "02:30"; it must be a time with its zone'],
    [['a.json', '--retries', 'many'], '--retries is "many"'],
    [['a.json', '--ledger'], "Unknown option '--ledger'"],
  ])('refuses %j', (words, problem) => {
    expect(readRequest(words)).toEqual({ problem: expect.stringContaining(problem) });
  });
});
