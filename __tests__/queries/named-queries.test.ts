import * as fc from 'fast-check';
import { readQueries } from '../../queries/read';
import { histories } from './histories';
import { change, notification, openStateTable, type StateTable } from './state-table';

let table: StateTable;
beforeAll(async () => {
  table = await openStateTable('2025-03-10T12:00:00.000Z');
});
afterAll(() => table.close());

function ask(name: string) {
  const query = readQueries().find((candidate) => candidate.name === name);
  return table.rows(query?.sql ?? 'no such query');
}

function run(id: string, event_type: 'succeeded' | 'failed' | 'timeout' | 'stopped', from: string, to: string) {
  return [
    change({ service_request_id: id, event_type: 'started', event_time: `2025-03-${from}:00.000Z` }),
    change({
      service_request_id: id,
      event_type,
      event_time: `2025-03-${to}:00.000Z`,
      error_message: event_type === 'succeeded' ? null : `${id} went wrong`,
    }),
  ];
}

describe('reliability', () => {
  it('counts the runs of a task, and remembers its last failure', async () => {
    await table.fill([
      ...run('a', 'succeeded', '08T06:00', '08T06:10'),
      ...run('b', 'failed', '09T06:00', '09T06:01'),
      ...run('c', 'timeout', '09T07:00', '09T09:00'),
      ...run('d', 'succeeded', '10T06:00', '10T06:20'),
      ...run('e', 'stopped', '10T07:00', '10T07:01'),
    ]);

    expect(await ask('reliability')).toEqual([
      {
        service_type: 'glue_job',
        service_name: 'orders_daily',
        account_id: '111122223333',
        region: 'eu-west-1',
        runs: 5,
        succeeded: 2,
        failed: 1,
        timeouts: 1,
        success_rate_percent: 50,
        typical_duration_ms: 1_200_000,
        worst_duration_ms: 1_200_000,
        last_failure_time: '2025-03-09T09:00:00.000Z',
        last_failure_message: 'c went wrong',
      },
    ]);
  });

  it('puts the worst task first, and tasks that were only stopped last', async () => {
    await table.fill([
      change({ service_name: 'good' }),
      change({ service_name: 'stopped', event_type: 'stopped' }),
      change({ service_name: 'bad', event_type: 'failed' }),
    ]);

    const rows = await ask('reliability');

    expect(rows.map((row) => [row['service_name'], row['success_rate_percent']])).toEqual([
      ['bad', 0],
      ['good', 100],
      ['stopped', null],
    ]);
  });

  it('says the state of a failure that came without a message', async () => {
    await table.fill([change({ event_type: 'timeout', source_state: 'TIMEOUT' })]);

    expect(await ask('reliability')).toMatchObject([{ last_failure_message: 'TIMEOUT' }]);
  });

  it('leaves out what ended before, what goes on, and what the service retries', async () => {
    await table.fill([
      change({ service_name: 'old', event_time: '2025-03-03T11:59:59.000Z' }),
      change({ service_name: 'running', event_type: 'started' }),
      change({ service_name: 'retried', event_type: 'failed', will_retry: true }),
    ]);

    expect(await ask('reliability')).toEqual([]);
  });

  it('takes in a change that arrived a day after it happened', async () => {
    await table.fill([change({ event_time: '2025-03-09T11:00:00.000Z', recorded_at: '2025-03-10T11:00:00.000Z' })]);

    expect(await ask('reliability')).toMatchObject([{ runs: 1 }]);
  });
});

describe('failures', () => {
  it('lists the failed runs of the last day with message and links, latest first', async () => {
    const links = { console_url: 'https://console', logs_url: 'https://logs' };
    await table.fill([
      ...run('old', 'failed', '09T11:00', '09T11:59'),
      ...run('early', 'timeout', '09T12:00', '09T12:01'),
      ...run('late', 'failed', '10T06:00', '10T06:01').map((row) => ({ ...row, ...links })),
      ...run('fine', 'succeeded', '10T06:00', '10T06:01'),
      change({ service_request_id: 'retried', event_type: 'failed', will_retry: true }),
    ]);

    const rows = await ask('failures');

    expect(rows.map((row) => [row['service_request_id'], row['event_type'], row['error_message']])).toEqual([
      ['late', 'failed', 'late went wrong'],
      ['early', 'timeout', 'early went wrong'],
    ]);
    expect(rows[0]).toMatchObject({ failed_at: '2025-03-10T06:01:00.000Z', ...links });
  });

  it('does not list a run that succeeded on a later attempt', async () => {
    await table.fill([
      change({ event_type: 'failed', retry_attempts: 0 }),
      change({ event_type: 'succeeded', retry_attempts: 1 }),
    ]);

    expect(await ask('failures')).toEqual([]);
  });
});

describe('recovery', () => {
  it('measures from the first failure to the next success', async () => {
    await table.fill([
      ...run('a', 'failed', '09T01:00', '09T02:00'),
      ...run('b', 'timeout', '09T02:00', '09T03:00'),
      ...run('c', 'succeeded', '09T03:00', '09T04:00'),
      ...run('d', 'failed', '09T05:00', '09T06:00'),
      ...run('e', 'succeeded', '09T06:00', '09T10:00'),
      ...run('f', 'failed', '10T05:00', '10T06:00'),
    ]);

    expect(await ask('recovery')).toMatchObject([
      {
        service_name: 'orders_daily',
        failures: 4,
        outages: 3,
        recovered: 2,
        mean_time_to_recovery_ms: 3 * 3_600_000,
        worst_time_to_recovery_ms: 4 * 3_600_000,
        failing_since: '2025-03-10T06:00:00.000Z',
      },
    ]);
  });

  it('has no time for a task that never recovered, and no row for one that never failed', async () => {
    await table.fill([
      change({ service_name: 'broken', event_type: 'failed' }),
      change({ service_name: 'sound', event_type: 'succeeded' }),
    ]);

    expect(await ask('recovery')).toMatchObject([
      { service_name: 'broken', recovered: 0, mean_time_to_recovery_ms: null, worst_time_to_recovery_ms: null },
    ]);
  });
});

describe('durations', () => {
  it('gives the spread of the successful runs', async () => {
    await table.fill(
      Array.from({ length: 200 }, (_, index) =>
        change({ service_request_id: `run-${index}`, duration_ms: (index + 1) * 1_000 }),
      ).concat(change({ service_request_id: 'failed', event_type: 'failed', duration_ms: 999_000 })),
    );

    expect(await ask('durations')).toMatchObject([
      { runs: 200, shortest_ms: 1_000, p50_ms: 101_000, p90_ms: 181_000, p99_ms: 199_000, longest_ms: 200_000 },
    ]);
  });
});

describe('unfinished', () => {
  it('lists what began and did not end, longest first', async () => {
    await table.fill([
      change({ service_request_id: 'short', event_type: 'started', event_time: '2025-03-10T11:00:00.000Z' }),
      change({ service_request_id: 'long', event_type: 'started', event_time: '2025-03-09T12:00:00.000Z' }),
      change({ service_request_id: 'long', event_type: 'delayed', event_time: '2025-03-09T13:00:00.000Z' }),
      change({ service_request_id: 'over', event_type: 'succeeded' }),
    ]);

    const rows = await ask('unfinished');

    expect(rows.map((row) => [row['service_request_id'], row['event_type'], row['running_ms']])).toEqual([
      ['long', 'delayed', 86_400_000],
      ['short', 'started', 3_600_000],
    ]);
  });
});

describe('untold', () => {
  const failed = (id: string, said = {}) =>
    change({ service_request_id: id, event_type: 'failed', error_message: `${id} went wrong`, ...said });
  const idsOf = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map((row) => row['service_request_id']);

  it.each(['sent', 'suppressed', 'folded', 'silenced'] as const)('leaves out what was %s', async (status) => {
    const told = failed('told');
    await table.fill([told, failed('untold')]);
    await table.fillLedger([notification(told, { status })]);

    expect(idsOf(await ask('untold'))).toEqual(['untold']);
  });

  it('takes what is folded for told when its cause is', async () => {
    const [cause, outer] = [failed('cause'), failed('outer')];
    const folded = notification(outer, { alert_id: 'b', status: 'folded', folded_into: 'a' });
    await table.fill([cause, outer]);

    await table.fillLedger([notification(cause, { alert_id: 'a', status: 'sent' }), folded]);
    const told = await ask('untold');
    await table.fillLedger([
      notification(cause, { alert_id: 'a', status: 'failed', reason: '404 no_service' }),
      folded,
    ]);
    const untold = await ask('untold');

    expect(told).toEqual([]);
    expect(untold.map((row) => [row['service_request_id'], row['status'], row['reason']])).toEqual([
      ['cause', 'failed', '404 no_service'],
      ['outer', 'failed', '404 no_service'],
    ]);
  });

  it('says what the ledger says of the others, and null where it knows nothing, latest first', async () => {
    const [unconfigured, refused, claimed] = [1, 2, 3].map((hour) =>
      failed(`${hour}`, { event_time: `2025-03-10T0${hour}:00:00.000Z` }),
    ) as [ReturnType<typeof change>, ReturnType<typeof change>, ReturnType<typeof change>];
    const unknown = failed('4', { event_type: 'timeout', event_time: '2025-03-10T04:00:00.000Z' });
    await table.fill([unconfigured, refused, claimed, unknown]);
    await table.fillLedger([
      notification(unconfigured, { status: 'unconfigured', reason: 'the secret has no value yet' }),
      notification(refused, { status: 'failed', reason: '404 no_service' }),
      notification(claimed, { status: 'claimed' }),
    ]);

    const rows = await ask('untold');

    expect(rows.map((row) => [row['service_request_id'], row['event_type'], row['status'], row['reason']])).toEqual([
      ['4', 'timeout', null, null],
      ['3', 'failed', 'claimed', null],
      ['2', 'failed', 'failed', '404 no_service'],
      ['1', 'failed', 'unconfigured', 'the secret has no value yet'],
    ]);
    expect(rows[3]).toMatchObject({ failed_at: '2025-03-10T01:00:00.000Z', error_message: '1 went wrong' });
  });

  it('leaves out a run that is retried or succeeded later, and what failed more than a week ago', async () => {
    await table.fill([
      failed('retried', { will_retry: true }),
      failed('recovered', { retry_attempts: 0 }),
      change({ service_request_id: 'recovered', event_type: 'succeeded', retry_attempts: 1 }),
      change({ service_request_id: 'stopped', event_type: 'stopped' }),
      failed('old', { event_time: '2025-03-03T11:59:59.000Z' }),
    ]);

    expect(await ask('untold')).toEqual([]);
  });

  it('takes one word of the ledger for a run, and that it was told before all others', async () => {
    const run = failed('twice');
    await table.fill([run, { ...run, recorded_at: '2025-03-10T07:00:00.000Z' }]);
    const rows = [
      notification(run, { alert_id: 'a', status: 'failed', claimed_at: '2025-03-10T09:00:00.000Z' }),
      notification(run, { alert_id: 'b', status: 'claimed', claimed_at: '2025-03-10T10:00:00.000Z' }),
    ];

    await table.fillLedger(rows);
    const before = await ask('untold');
    await table.fillLedger([...rows, notification(run, { alert_id: 'c', claimed_at: '2025-03-10T08:00:00.000Z' })]);
    const after = await ask('untold');

    expect(before.map((row) => row['status'])).toEqual(['claimed']);
    expect(after).toEqual([]);
  });

  it('does not take the news of a delay, a reminder or another account for that of the failure', async () => {
    const run = failed('delayed first');
    await table.fill([run]);
    await table.fillLedger([
      notification(run, { alert_id: 'a', event_type: 'delayed' }),
      notification(run, { alert_id: 'b', kind: 'reminder' }),
      notification(run, { alert_id: 'c', account_id: '444455556666' }),
    ]);

    expect(await ask('untold')).toMatchObject([{ service_request_id: 'delayed first', status: null }]);
  });

  it('asks anew for an execution that was redriven, but not for the attempts of a job', async () => {
    const machine = { service_type: 'step_functions', service_name: 'nightly' };
    const first = { event_time: '2025-03-10T06:00:00.000Z', retry_attempts: 0 };
    const second = { event_time: '2025-03-10T08:00:00.000Z', retry_attempts: 1 };
    const told = [failed('execution', { ...machine, ...first }), failed('run', first)];
    await table.fill([...told, failed('execution', { ...machine, ...second }), failed('run', second)]);
    await table.fillLedger(told.map((record) => notification(record)));

    expect(idsOf(await ask('untold'))).toEqual(['execution']);
  });
});

describe('alerts', () => {
  it('counts per day and channel what was told and what was kept back', async () => {
    const [early, late] = [
      change({ event_type: 'failed', event_time: '2025-03-08T23:59:59.000Z' }),
      change({ event_type: 'failed', event_time: '2025-03-10T06:00:00.000Z' }),
    ];
    await table.fill([]);
    await table.fillLedger([
      notification(early),
      ...(['sent', 'sent', 'suppressed', 'folded', 'silenced', 'unconfigured', 'failed', 'claimed'] as const).map(
        (status, at) => notification(late, { alert_id: `${at}`, status }),
      ),
      notification(late, { alert_id: 'r', kind: 'recovery', channel: 'data_team' }),
      notification(change({ event_time: '2025-02-01T06:00:00.000Z' })),
    ]);

    const rows = await ask('alerts');

    const none = { sent: 0, suppressed: 0, folded: 0, silenced: 0, unconfigured: 0, failed: 0, claimed: 0 };
    const ones = { suppressed: 1, folded: 1, silenced: 1, unconfigured: 1, failed: 1, claimed: 1 };
    expect(rows).toEqual([
      { ...none, day: '2025-03-10', channel: 'data_team', kind: 'recovery', sent: 1 },
      { day: '2025-03-10', channel: 'slack_webhook', kind: 'alert', sent: 2, ...ones },
      { ...none, day: '2025-03-08', channel: 'slack_webhook', kind: 'alert', sent: 1 },
    ]);
  });
});

describe('every named query', () => {
  it.each(readQueries())(
    '$name compares the dt of each table with a constant text, so that only the days asked for are read',
    ({ sql }) => {
      const tables = sql.match(/\bFROM (state|notification)\b/g)?.length ?? 0;

      expect(tables).toBeGreaterThan(0);
      expect(sql.match(/WHERE dt >= date_format\(current_date - interval '\d+' day, '%Y-%m-%d'\)/g)).toHaveLength(
        tables,
      );
      expect(sql.match(/AND dt <= date_format\(current_date \+ interval '1' day, '%Y-%m-%d'\)/g)).toHaveLength(tables);
      expect(sql.match(/\bdt\b/g)).toHaveLength(2 * tables);
    },
  );

  it.each(readQueries())('$name reads a day more than it asks for', ({ sql }) => {
    const asked = Number(/CAST\(now\(\) AS timestamp\) - interval '(\d+)' day/.exec(sql)?.[1]);
    const read = [...sql.matchAll(/current_date - interval '(\d+)' day/g)].map(([, days]) => Number(days));

    expect(new Set(read)).toEqual(new Set([asked + 1]));
  });

  it('agrees with the view run, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (rows) => {
        await table.fill(rows);

        const runs = await table.rows('SELECT * FROM run ORDER BY service_request_id');
        const ids = (wanted: readonly string[]) =>
          runs.filter((row) => wanted.includes(String(row['event_type']))).map((row) => row['service_request_id']);
        const sorted = async (name: string) => (await ask(name)).map((row) => row['service_request_id']).sort();
        const [reliability] = await ask('reliability');
        const [durations] = await ask('durations');
        const [recovery] = await ask('recovery');
        const took = runs.filter((row) => row['event_type'] === 'succeeded').map((row) => row['duration_ms']);
        const known = took.filter((duration) => duration !== null).map(Number);

        expect(await sorted('failures')).toEqual(ids(['failed', 'timeout']));
        expect(await sorted('untold')).toEqual(ids(['failed', 'timeout']));
        expect(await sorted('unfinished')).toEqual(ids(['started', 'retrying', 'delayed', 'overdue']));
        expect(reliability?.['runs'] ?? 0).toBe(ids(['succeeded', 'failed', 'timeout', 'stopped']).length);
        expect(reliability?.['succeeded'] ?? 0).toBe(ids(['succeeded']).length);
        expect(recovery?.['failures'] ?? 0).toBe(ids(['failed', 'timeout']).length);
        expect(durations?.['runs'] ?? 0).toBe(known.length);
        expect(durations?.['longest_ms'] ?? 0).toBe(Math.max(0, ...known));
      }),
      { numRuns: 40 },
    );
  });
});
