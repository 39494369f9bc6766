import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { sources } from '../../handler/normalise/sources.generated';
import { runLocally } from '../../local/main';
import { openOutput } from '../../local/output';
import { readFixtures } from '../handler/normalise/samples';
import { monitoringOf } from '../infra/stacks';

/** Words that no service says today, and the type that is the nearest honest one; what says nothing counts as failed. */
const words = [
  ['EVAPORATED', 'failed'],
  ['AUTO_CANCELLED', 'stopped'],
  ['PARTIALLY_COMPLETED', 'failed'],
  ['COMPLETED_BY_NOBODY_YET', 'succeeded'],
] as const;
/** The condition of a Lambda record is no state but why the invocation failed; a success has one word for ever. */
const failsAlways = 'lambda';
const fixtures = readFixtures();
/** Every source is on, those too that are captured only where somebody asks for it. */
const onRequest = Object.fromEntries(sources.filter((source) => source.onRequest).map(({ name }) => [name, true]));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tomorrow-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The sample of a source whose state nobody knows yet, with another word for it. */
function eventIn(source: string, word: string): unknown {
  const texts = fixtures.filter((it) => it.folder === source).map(({ input }) => JSON.stringify(input));
  const text = texts.find((it) => /"evaporated"/i.test(it)) ?? '{}';
  return JSON.parse(text.replace(/evaporated/gi, word));
}

test.each(words)(
  'a state %s that a service invents tomorrow is a row of every source, and counts as %s',
  async (word, type) => {
    const place = mkdtempSync(join(folder, 'run-'));
    const [terraform, events] = [join(place, 'cdk.tf.json'), join(place, 'events.json')];
    writeFileSync(terraform, monitoringOf({ sources: onRequest, alertOn: ['failed', 'stopped'] }).text);
    writeFileSync(events, JSON.stringify(sources.map(({ name }) => eventIn(name, word))));

    const output = openOutput(join(place, 'out'));
    const summary = await runLocally({ terraform, events, output, print: () => {} });

    const typeOf = (source: string) => (source === failsAlways ? 'failed' : type);
    const expected = sources.map(({ name }) => ({
      service_type: name,
      source_state: word,
      event_type: typeOf(name),
    }));
    expect(await rowsIn(join(place, 'out'))).toEqual(expected);
    expect(summary).toMatchObject({ read: sources.length, dropped: 0, quarantined: 0, idle_rules: {}, problems: [] });
    expect(summary.alerts).toEqual(expected.filter(({ event_type }) => event_type !== 'succeeded').length);
  },
);

async function rowsIn(out: string) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const files = `${out}/lake/monitor/state/*/*.parquet`;
  const read = await connection.runAndReadAll(
    `SELECT service_type, source_state, event_type FROM read_parquet('${files}') ORDER BY service_type`,
  );
  return read.getRowObjects();
}
