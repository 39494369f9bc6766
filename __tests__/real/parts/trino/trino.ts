import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../emulator/emulator';
import { freePort, startServerProcess } from '../server';
import { startCatalogueProxy } from './catalogue-proxy';
import { askTrino, type TrinoAnswer } from './client';
import { trinoProgram } from './program';

/** A Trino that sees the catalogue of an emulator as Athena would. */
export interface Trino {
  /** Runs a statement in a database. @throws Error with Trino's own word for the fault in front. */
  readonly ask: (database: string, sql: string) => Promise<TrinoAnswer>;
  readonly stop: () => Promise<void>;
}

/** Enough for the rows of a test; the whole process stays not far above a gigabyte. */
const heap = '-Xmx768M';

/** With one tier of compilation Java keeps 48 MB for code, which the code that Trino makes of each query outgrows. */
const code = '-XX:ReservedCodeCacheSize=256M';

/** Starts Trino over an emulator's Glue and S3. */
export async function startTrino(emulator: Emulator): Promise<Trino> {
  const { classPath, plugins } = trinoProgram();
  const folder = mkdtempSync(join(tmpdir(), 'trino-'));
  const proxy = await startCatalogueProxy(emulator.url);
  const release = async () => {
    await proxy.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const configuration = configure(folder, { port, plugins, emulator, catalogue: proxy.url });
  const ask = (database: string, sql: string) => onceANodeIsKnown(() => askTrino(url, { catalogue, database, sql }));
  try {
    const server = await startServerProcess({
      name: 'Trino',
      command: 'java',
      args: [...javaOptions(folder, configuration), '-cp', classPath, 'Launch'],
      env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
      cwd: folder,
      log: join(folder, 'trino.log'),
      ready: async () => (await ask('information_schema', 'SELECT 1')).rows.length === 1,
      readyWithinMs: 120_000,
    });
    return { ask, stop: () => server.stop().then(release) };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Just after its start, and when the machine is busy, Trino does not know for seconds that it is a node itself. */
async function onceANodeIsKnown<T>(ask: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 30_000; ; await sleep(200)) {
    try {
      return await ask();
    } catch (error) {
      if (!String(error).includes('NO_NODES_AVAILABLE') || Date.now() > deadline) throw error;
    }
  }
}

/** The name that Athena gives to Glue's catalogue, and that its views must say. */
const catalogue = 'awsdatacatalog';

interface Setting {
  readonly port: number;
  readonly plugins: string;
  readonly emulator: Emulator;
  readonly catalogue: string;
}

/** Writes the server's configuration; returns the path of its main file. */
function configure(folder: string, { port, plugins, emulator, catalogue: glue }: Setting): string {
  const catalogues = join(folder, 'catalogues');
  mkdirSync(catalogues);
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = emulator.environment;
  writeProperties(join(catalogues, `${catalogue}.properties`), {
    'connector.name': 'hive',
    'hive.metastore': 'glue',
    'hive.metastore.glue.region': AWS_REGION,
    'hive.metastore.glue.endpoint-url': glue,
    'hive.metastore.glue.aws-access-key': AWS_ACCESS_KEY_ID,
    'hive.metastore.glue.aws-secret-key': AWS_SECRET_ACCESS_KEY,
    'hive.metastore.glue.default-warehouse-dir': 's3://unused/warehouse',
    'fs.hadoop.enabled': 'false',
    'fs.native-s3.enabled': 'true',
    's3.endpoint': emulator.url,
    's3.region': AWS_REGION,
    's3.path-style-access': 'true',
    's3.aws-access-key': AWS_ACCESS_KEY_ID,
    's3.aws-secret-key': AWS_SECRET_ACCESS_KEY,
    'hive.partition-projection-enabled': 'true',
    'hive.parquet.use-column-names': 'true',
    'hive.table-statistics-enabled': 'false',
  });
  return writeProperties(join(folder, 'config.properties'), {
    coordinator: 'true',
    'node-scheduler.include-coordinator': 'true',
    'http-server.http.port': String(port),
    'discovery.uri': `http://127.0.0.1:${port}`,
    'catalog.config-dir': catalogues,
    'plugin.dir': plugins,
    'query.max-memory': '256MB',
    'query.max-memory-per-node': '256MB',
  });
}

function writeProperties(path: string, properties: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(path, lines.join(''));
  return path;
}

function javaOptions(folder: string, configuration: string): readonly string[] {
  const properties = {
    'jdk.attach.allowAttachSelf': 'true',
    'file.encoding': 'UTF-8',
    config: configuration,
    'node.environment': 'test',
    'node.id': 'one',
    'node.data-dir': join(folder, 'data'),
    'node.bind-ip': '127.0.0.1',
    'node.internal-address': '127.0.0.1',
  };
  const given = Object.entries(properties).map(([name, value]) => `-D${name}=${value}`);
  return ['-XX:TieredStopAtLevel=1', heap, code, '-XX:+UseG1GC', '-XX:+ExitOnOutOfMemoryError', ...given];
}
