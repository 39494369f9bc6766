import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { columns, type StateRecord } from '../../../../handler/record/schema';
import { prefixes } from '../../../../infra/names';
import type { ParquetValue } from '../../../../local/openx';
import { createParquetRows } from '../../../../local/parquet';
import { histories } from '../../../queries/histories';
import { change } from '../../../queries/state-table';

const dayMs = 86_400_000;

/** Rows as no day of a quiet lake holds them, over the last weeks; each group is a task of its own. */
export function unusualRows(now: number): readonly StateRecord[] {
  return [...extremes(now), ...boundaries(now), ...percentiles(now), ...confusedHistories(now)];
}

/** Nothing where nothing may be, the largest and smallest everywhere, and texts that writers of files trip over. */
function extremes(now: number): readonly StateRecord[] {
  const at = { event_time: iso(now - 3 * dayMs), recorded_at: iso(now - 3 * dayMs) };
  const text = 'ünï "quoted" \'single\' \\ / \t\n\r 日本語 👩‍🔧 \u0000 $\u007bdt} %{x} --';
  const whole = Object.fromEntries(columns.filter(({ type }) => type === 'string').map(({ name }) => [name, text]));
  return [
    change({ service_name: 'extremes', service_request_id: 'nothing', ...at }),
    change({ ...whole, service_name: 'extremes', event_type: 'failed', ...at }),
    change({ service_name: 'extremes', service_request_id: 'empty', error_message: '', event_type: 'timeout', ...at }),
    change({ service_name: 'extremes', service_request_id: 'long', detail: 'x'.repeat(65_536), ...at }),
    change({
      service_name: 'extremes',
      service_request_id: 'large',
      retry_attempts: Number.MAX_SAFE_INTEGER,
      duration_ms: Number.MAX_SAFE_INTEGER,
      dpu_seconds: Number.MAX_VALUE,
      started_at: '9999-12-31T23:59:59.999Z',
      will_retry: true,
      ...at,
    }),
    change({
      service_name: 'extremes',
      service_request_id: 'small',
      retry_attempts: Number.MIN_SAFE_INTEGER,
      duration_ms: Number.MIN_SAFE_INTEGER,
      dpu_seconds: Number.MIN_VALUE,
      started_at: '1969-12-31T23:59:59.999Z',
      will_retry: false,
      ...at,
    }),
  ];
}

/** The first and the last instant of every day that a named query may or may not reach; some arrive a day late. */
function boundaries(now: number): readonly StateRecord[] {
  const midnight = now - (now % dayMs);
  return Array.from({ length: 36 }, (_, back) => midnight - back * dayMs).flatMap((day, back) =>
    [day, day + dayMs - 1].map((instant, at) =>
      change({
        service_name: 'boundaries',
        service_request_id: `run-${back}-${at}`,
        event_type: back % 3 === 0 ? 'failed' : back % 3 === 1 ? 'succeeded' : 'started',
        event_time: iso(instant),
        recorded_at: iso(instant + (back % 4 === 3 ? dayMs : 0)),
        duration_ms: back % 2 === 0 ? back * 1_000 : null,
        console_url: `https://console/${back}`,
      }),
    ),
  );
}

/** Tasks of one to twelve successes, for the percentiles of small groups. */
function percentiles(now: number): readonly StateRecord[] {
  return Array.from({ length: 12 }, (_, size) => size + 1).flatMap((size) =>
    Array.from({ length: size }, (_, run) =>
      change({
        service_name: `task-of-${size}`,
        service_request_id: `run-${run}`,
        event_time: iso(now - 5 * dayMs),
        recorded_at: iso(now - 5 * dayMs),
        duration_ms: ((run * 7) % size) * 1_000,
      }),
    ),
  );
}

/** Histories of three runs with ties, reversals, attempts and copies, spread over a month. */
function confusedHistories(now: number): readonly StateRecord[] {
  return fc.sample(histories, { numRuns: 150, seed: 20_261_014 }).flatMap((rows, at) => {
    const day = Date.parse('2025-03-10T00:00:00.000Z');
    const shift = now - (now % dayMs) - ((at % 32) + 1) * dayMs - day;
    return rows.map((row) => ({
      ...row,
      service_name: `history-${at}`,
      event_time: iso(Date.parse(row.event_time) + shift),
      recorded_at: iso(Date.parse(row.recorded_at) + shift),
    }));
  });
}

/**
 * Writes rows as Parquet under the keys that Firehose would give them, into a folder that stands for the bucket. The
 * columns are those of the record, so that no fault of the Terraform can reach both the files and the table.
 */
export function writeRows(rows: readonly StateRecord[], bucket: string): void {
  const days = new Set(rows.map(({ recorded_at }) => recorded_at.slice(0, 10)));
  for (const day of days) {
    const file = createParquetRows(columns);
    for (const row of rows.filter(({ recorded_at }) => recorded_at.startsWith(day)))
      file.add(columns.map(({ name, type }) => parquetValue(type, row[name])));
    const folder = join(bucket, prefixes.rows, `dt=${day}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'unusual.parquet'), file.toFile());
  }
}

function parquetValue(type: (typeof columns)[number]['type'], value: string | number | boolean | null): ParquetValue {
  if (value === null) return null;
  if (type === 'timestamp') return Date.parse(String(value));
  return type === 'bigint' ? BigInt(value) : value;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
