import * as fc from 'fast-check';
import { readQueries } from '../../queries/read';
import { histories } from './histories';
import { change, openStateTable, type StateTable } from './state-table';

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

describe('every named query', () => {
  it.each(readQueries())(
    '$name compares dt itself with a constant text, so that only the days asked for are read',
    ({ sql }) => {
      expect(sql).toMatch(/WHERE dt >= date_format\(current_date - interval '\d+' day, '%Y-%m-%d'\)/);
      expect(sql).toMatch(/AND dt <= date_format\(current_date \+ interval '1' day, '%Y-%m-%d'\)/);
      expect(sql.match(/\bdt\b/g)).toHaveLength(2);
    },
  );

  it.each(readQueries())('$name reads a day more than it asks for', ({ sql }) => {
    const asked = Number(/CAST\(now\(\) AS timestamp\) - interval '(\d+)' day/.exec(sql)?.[1]);
    const read = Number(/current_date - interval '(\d+)' day/.exec(sql)?.[1]);

    expect(read).toBe(asked + 1);
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
