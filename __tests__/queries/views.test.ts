import * as fc from 'fast-check';
import type { StateRecord } from '../../handler/record/schema';
import { verdict } from '../../handler/record/verdict';
import { readQueries, readViews, type TrinoType } from '../../queries/read';
import { histories } from './histories';
import { change, openStateTable, type StateTable } from './state-table';

const duckDbTypes: Readonly<Record<TrinoType, string>> = {
  varchar: 'VARCHAR',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  'timestamp(3)': 'TIMESTAMP_MS',
  date: 'DATE',
};

let table: StateTable;
beforeAll(async () => {
  table = await openStateTable();
});
afterAll(() => table.close());

describe.each([...readViews(), ...readQueries()])('$name', ({ columns, sql }) => {
  it('returns exactly the columns that it declares', async () => {
    const described = await table.rows(`DESCRIBE ${sql}`);

    expect(described.map((column) => [column['column_name'], column['column_type']])).toEqual(
      columns.map((column) => [column.name, duckDbTypes[column.type]]),
    );
  });

  it('asks no other clock than now() and current_date, and needs no time zone', () => {
    expect(sql).not.toMatch(/current_timestamp|localtime|at time zone|getdate|today\(/i);
  });

  it('keeps to what Trino reads too', () => {
    expect(sql).not.toMatch(/\bqualify\b|::|;|\bgroup by all\b|\bexclude\b/i);
  });
});

describe('the view run', () => {
  const runs = () => table.rows('SELECT * FROM run ORDER BY service_request_id');

  it('tells of a run with a start and an end', async () => {
    await table.fill([
      change({ event_type: 'started', event_time: '2025-03-10T06:00:00.000Z' }),
      change({
        event_type: 'failed',
        event_time: '2025-03-10T06:07:30.250Z',
        error_type: 'NameError',
        error_message: "name 'orders' is not defined",
        error_fingerprint: '1:abc',
        console_url: 'https://console.aws.amazon.com/run',
        logs_url: 'https://console.aws.amazon.com/logs',
        caused_by_request_id: 'inner',
      }),
    ]);

    expect(await runs()).toEqual([
      {
        account_id: '111122223333',
        region: 'eu-west-1',
        service_type: 'glue_job',
        service_name: 'orders_daily',
        service_request_id: 'jr_1',
        event_type: 'failed',
        source_state: 'FAILED',
        error_type: 'NameError',
        error_message: "name 'orders' is not defined",
        error_fingerprint: '1:abc',
        attempts: 1,
        started_at: '2025-03-10T06:00:00.000Z',
        ended_at: '2025-03-10T06:07:30.250Z',
        duration_ms: 450_250,
        first_event_time: '2025-03-10T06:00:00.000Z',
        last_event_time: '2025-03-10T06:07:30.250Z',
        console_url: 'https://console.aws.amazon.com/run',
        logs_url: 'https://console.aws.amazon.com/logs',
        caused_by_request_id: 'inner',
      },
    ]);
  });

  it('counts a change once, however often and however late it was written', async () => {
    const start = change({ event_type: 'started', event_time: '2025-03-10T06:00:00.000Z' });
    const end = change({ event_type: 'succeeded', event_time: '2025-03-10T06:10:00.000Z' });

    await table.fill([end, start, start, { ...end, recorded_at: '2025-03-15T09:00:00.000Z' }]);

    expect(await runs()).toMatchObject([{ event_type: 'succeeded', attempts: 1, duration_ms: 600_000 }]);
  });

  it('is not over while the service makes another attempt', async () => {
    await table.fill([
      change({ event_type: 'started', event_time: '2025-03-10T06:00:00.000Z', retry_attempts: 0 }),
      change({ event_type: 'failed', event_time: '2025-03-10T06:05:00.000Z', retry_attempts: 0, will_retry: true }),
    ]);

    expect(await runs()).toMatchObject([{ event_type: 'retrying', ended_at: null, duration_ms: null }]);
  });

  it('is over when it ended after a retry, with a number that the end does not have, and counts both attempts', async () => {
    await table.fill([
      change({ event_type: 'started', event_time: '2025-03-10T06:00:00.000Z' }),
      change({ event_type: 'retrying', event_time: '2025-03-10T06:05:00.000Z', retry_attempts: 1 }),
      change({ event_type: 'succeeded', event_time: '2025-03-10T06:09:00.000Z' }),
    ]);

    expect(await runs()).toMatchObject([{ event_type: 'succeeded', attempts: 2 }]);
  });

  it('takes the last attempt, and tells how long that one took', async () => {
    await table.fill([
      change({ event_type: 'started', event_time: '2025-03-10T06:00:00.000Z' }),
      change({ event_type: 'failed', event_time: '2025-03-10T06:05:00.000Z', retry_attempts: 0, will_retry: true }),
      change({ event_type: 'started', event_time: '2025-03-10T06:06:00.000Z', retry_attempts: 1 }),
      change({ event_type: 'succeeded', event_time: '2025-03-10T06:08:00.000Z', retry_attempts: 1 }),
    ]);

    expect(await runs()).toMatchObject([
      { event_type: 'succeeded', attempts: 2, started_at: '2025-03-10T06:00:00.000Z', duration_ms: 120_000 },
    ]);
  });

  it('is open again when a failed execution is redriven', async () => {
    await table.fill([
      change({ event_type: 'failed', event_time: '2025-03-10T06:05:00.000Z', retry_attempts: 0 }),
      change({ event_type: 'started', event_time: '2025-03-10T08:00:00.000Z', retry_attempts: 1 }),
    ]);

    expect(await runs()).toMatchObject([{ event_type: 'started', attempts: 2, ended_at: null }]);
  });

  it('is a success when it was delayed on the way', async () => {
    await table.fill([
      change({ event_type: 'succeeded', event_time: '2025-03-10T06:30:00.000Z' }),
      change({ event_type: 'delayed', event_time: '2025-03-10T06:20:00.000Z' }),
    ]);

    expect(await runs()).toMatchObject([{ event_type: 'succeeded' }]);
  });

  it("trusts the service's own times and duration before ours", async () => {
    await table.fill([
      change({
        event_time: '2025-03-10T06:30:00.000Z',
        started_at: '2025-03-10T06:00:10.000Z',
        ended_at: '2025-03-10T06:29:59.000Z',
        duration_ms: 1_700_000,
      }),
    ]);

    expect(await runs()).toMatchObject([
      { started_at: '2025-03-10T06:00:10.000Z', ended_at: '2025-03-10T06:29:59.000Z', duration_ms: 1_700_000 },
    ]);
  });

  it('has no duration when the clocks contradict each other', async () => {
    await table.fill([change({ event_time: '2025-03-10T06:30:00.000Z', started_at: '2025-03-10T07:00:00.000Z' })]);

    expect(await runs()).toMatchObject([{ duration_ms: null }]);
  });

  it('keeps runs of the same name in two accounts, regions or services apart', async () => {
    await table.fill([
      change({}),
      change({ account_id: '444455556666' }),
      change({ region: 'us-east-1' }),
      change({ service_type: 'lambda' }),
    ]);

    expect(await runs()).toHaveLength(4);
  });

  it('has one row per run and agrees with the rule in TypeScript, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (rows) => {
        await table.fill(rows);

        const seen = (await runs()).map(({ service_request_id, event_type, source_state, ended_at }) => ({
          service_request_id,
          event_type,
          source_state,
          isOver: ended_at !== null,
        }));

        expect(seen).toEqual(expectedRuns(rows));
      }),
      { numRuns: 60 },
    );
  });
});

function expectedRuns(rows: readonly StateRecord[]) {
  const ids = [...new Set(rows.map((row) => row.service_request_id))].sort();
  return ids.map((id) => {
    const decided = verdict(rows.filter((row) => row.service_request_id === id));
    const eventType = decided?.event_type ?? 'started';
    return {
      service_request_id: id,
      event_type: eventType,
      source_state: decided?.record.source_state,
      isOver: ['succeeded', 'failed', 'timeout', 'stopped'].includes(eventType),
    };
  });
}

describe('the view monitor', () => {
  it("gives each state change once, under the old monitor's names", async () => {
    const failure = change({
      event_type: 'failed',
      event_time: '2025-03-09T23:59:59.500Z',
      retry_attempts: 2,
      error_message: 'out of memory',
      exception_details: 'out of memory\n  at work',
    });

    await table.fill([failure, { ...failure, recorded_at: '2025-03-12T00:00:00.000Z' }, change({})]);

    expect(await table.rows('SELECT * FROM monitor ORDER BY "timestamp"')).toEqual([
      {
        error_message: 'out of memory',
        event_type: 'failed',
        exception_details: 'out of memory\n  at work',
        retry_attempts: '2',
        service_name: 'orders_daily',
        service_request_id: 'jr_1',
        service_type: 'glue_job',
        timestamp: '2025-03-09T23:59:59.500Z',
        exported_on: '2025-03-09T00:00:00.000Z',
      },
      expect.objectContaining({ event_type: 'succeeded', retry_attempts: null }),
    ]);
  });
});
