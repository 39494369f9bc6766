import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ConfigurationInput } from '../../infra/config';
import { runLocally } from '../../local/main';
import { openOutput } from '../../local/output';
import { monitoringOf } from '../infra/stacks';
import { blocksOf } from './guide/document';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'adding-a-source.md'), 'utf8');
const blocks = blocksOf(page).filter(({ heading }) => heading.startsWith('Without code'));
const textIn = (language: string) => blocks.find((block) => block.language === language)?.text ?? '';
const config = runInNewContext(`({ ${textIn('ts')} })`) as ConfigurationInput;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-source-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('the source that docs/adding-a-source.md declares makes a row and an alert of its event, through the Terraform', async () => {
  const [terraform, events, out] = ['cdk.tf.json', 'event.json', 'out'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const queued = { ...(JSON.parse(textIn('json')) as object), detail: { pipeline: 'orders', status: 'QUEUED' } };
  writeFileSync(terraform, monitoringOf(config).text);
  writeFileSync(events, JSON.stringify([JSON.parse(textIn('json')), queued]));

  const summary = await runLocally({ terraform, events, output: openOutput(out), print: () => {} });

  expect(summary).toMatchObject({ read: 2, rows: 1, dropped: 1, alerts: 1, quarantined: 0, idle_rules: {} });
  expect(await rowsIn(join(out, 'lake'))).toEqual([
    {
      service_type: 'warehouse_pipeline',
      service_name: 'orders',
      service_request_id: '17',
      event_type: 'failed',
      source_state: 'BROKEN',
      error_type: 'ValueError',
      duration_ms: '600000',
    },
  ]);
  expect(readFileSync(join(out, 'slack.jsonl'), 'utf8')).toContain('Warehouse pipeline orders failed');
});

test('what docs/sources.md shows of switches and filters is accepted', () => {
  const [shown] = blocksOf(readFileSync(join(__dirname, '..', '..', 'docs', 'sources.md'), 'utf8'));

  const { text } = monitoringOf(runInNewContext(`({ ${shown?.text} })`) as ConfigurationInput);

  expect(shown?.language).toBe('ts');
  expect(text).toContain('orders-*');
  expect(text).not.toContain('capture_rules_glue_crawler');
});

async function rowsIn(lake: string) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const columns =
    'service_type, service_name, service_request_id, event_type, source_state, error_type, duration_ms::varchar AS duration_ms';
  const read = await connection.runAndReadAll(
    `SELECT ${columns} FROM read_parquet('${lake}/monitor/state/*/*.parquet', hive_partitioning = true)`,
  );
  return read.getRowObjects();
}
