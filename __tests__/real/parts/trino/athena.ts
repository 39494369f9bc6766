import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { StateRecord } from '../../../../handler/record/schema';
import { openBucket } from '../../../../local/bucket';
import { type Lake, openLake } from '../../../../local/lake';
import { runLocally } from '../../../../local/main';
import { openOutput } from '../../../../local/output';
import { readDeployment } from '../../../../local/terraform';
import { awsClients } from '../emulator/aws';
import { type Emulator, startEmulator } from '../emulator/emulator';
import { terraformOf } from '../stacks';
import { type Attributes, apply, type Installed, prepare } from '../terraform/installation';
import type { TrinoAnswer } from './client';
import { writeExampleDay } from './examples';
import { unusualRows, writeRows } from './rows';
import { startTrino } from './trino';

/** The catalogue as Terraform made it, over the same rows in the emulator's bucket and on this machine. */
export interface Athena {
  /** Asks Trino, in the database of the installation. */
  readonly ask: (sql: string) => Promise<TrinoAnswer>;
  /** The local lake over the same Terraform and the same files, at an instant. */
  readonly lakeAt: (now: number) => Promise<Lake>;
  /** What Terraform applied, by address. */
  readonly applied: Readonly<Record<string, Attributes>>;
  /** The rows that no event brought. */
  readonly unusual: readonly StateRecord[];
  /** What the local run made of the example day. */
  readonly fromEvents: ExampleRun;
  /** Keys of all files of rows, and how many rows they hold. */
  readonly stored: { readonly keys: readonly string[]; readonly rows: number };
}

/** How many different rows the local run wrote, and what went wrong. */
interface ExampleRun {
  readonly rows: number;
  readonly problems: readonly string[];
}

/** More days than any named query asks for; each costs a look into the bucket whenever all are asked for. */
const retention = { rows: 45 };

/** Opens all of it; `onStop` is handed what must be stopped at the end, whatever fails here. */
export async function openAthena(onStop: (stop: () => Promise<void>) => void): Promise<Athena> {
  const folder = mkdtempSync(join(tmpdir(), 'athena-'));
  onStop(async () => rmSync(folder, { recursive: true, force: true }));
  const emulator = await startEmulator();
  onStop(emulator.stop);
  const [trino, made] = await Promise.allSettled([startTrino(emulator), makeLake(folder, emulator)]);
  if (trino.status === 'fulfilled') onStop(trino.value.stop);
  if (made.status === 'rejected') throw made.reason;
  if (trino.status === 'rejected') throw trino.reason;
  const { database } = made.value.installation.names;
  return { ...made.value, ask: (sql) => trino.value.ask(database, sql) };
}

async function makeLake(folder: string, emulator: Emulator) {
  const installed = await prepare({ retention, onDestroy: 'delete' }, folder, emulator);
  const terraform = terraformOf(folder, 'monitoring');
  const json = JSON.parse(readFileSync(terraform, 'utf8')) as TerraformJson;
  await apply(installed, 'monitoring', catalogueIn(json));
  const out = join(folder, 'out');
  const now = Date.now();
  const fromEvents = await runExamples({ terraform, folder, out, now });
  const unusual = unusualRows(now);
  writeRows(unusual, join(out, 'lake'));
  const keys = await upload(join(out, 'lake'), installed, emulator);
  const stored = { keys, rows: await countRows(join(out, 'lake')) };
  const { pathOf } = openBucket({ folder: out, wrote: () => {} });
  return {
    installation: installed.installation,
    applied: await installed.state('monitoring'),
    lakeAt: async (at: number) => openLake({ deployment: readDeployment(json), pathOf, now: at }),
    unusual,
    fromEvents,
    stored,
  };
}

interface TerraformJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Addresses of all that Athena knows of an installation. */
function catalogueIn({ resource }: TerraformJson): readonly string[] {
  const types = Object.entries(resource).filter(([type]) => /^aws_(glue|athena)_|^aws_s3_bucket$/.test(type));
  return types.flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
}

interface RunOptions {
  readonly terraform: string;
  readonly folder: string;
  readonly out: string;
  readonly now: number;
}

async function runExamples({ terraform, folder, out, now }: RunOptions): Promise<ExampleRun> {
  const events = join(folder, 'day.jsonl');
  writeExampleDay(events, now);
  try {
    return await runLocally({ terraform, events, output: openOutput(out), print: () => {}, realNow: now });
  } catch (error) {
    // Trino is asked about its own rows all the same, and says what it makes of the fault.
    return { rows: 0, problems: [String(error)] };
  }
}

/** Puts the rows and the ledger into the bucket; returns the keys of the rows. */
async function upload(lake: string, { installation }: Installed, emulator: Emulator): Promise<readonly string[]> {
  const call = awsClients(emulator.environment);
  const keys = readdirSync(lake, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(parquet|json)$/.test(path),
  );
  for (const key of keys) {
    const object = { Bucket: installation.names.bucket, Key: key, Body: readFileSync(join(lake, key)) };
    await call('s3', 'PutObject', object);
  }
  return keys.filter((key) => key.endsWith('.parquet'));
}

/** What the files themselves say, whatever the Terraform makes of them. */
async function countRows(lake: string): Promise<number> {
  const connection = await (await DuckDBInstance.create()).connect();
  const files = `${lake}/**/*.parquet`;
  const reader = await connection.runAndReadAll(`SELECT sum(num_rows) FROM parquet_file_metadata('${files}')`);
  connection.closeSync();
  return Number(reader.getRows()[0]?.[0]);
}
