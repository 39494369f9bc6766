import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleInto, inFolder } from './bundle';

/** Medians over fresh processes, milliseconds from the start of the process. */
export interface ColdStartTimes {
  /** To the first answer: clients built, settings read from S3, an empty batch done. */
  readonly handler: number;
  /** The same of a handler that builds the same clients, reads the same object, and does nothing else. */
  readonly bare: number;
  /** Of both, to the point where the file is loaded. */
  readonly handlerLoaded: number;
  readonly bareLoaded: number;
}

/** The size of the bundle, bytes. */
export interface BundleSize {
  readonly bytes: number;
  readonly gzipBytes: number;
}

const runs = 25;

const driver = `
const { persist } = require(process.argv[1]);
const loaded = performance.now();
persist({ Records: [] }).then(() => {
  process.stderr.write('times: ' + JSON.stringify([loaded, performance.now()]));
});
`;

/** Starts both handlers in turn, each time in a fresh process. */
export function measureColdStart(node: string): Promise<ColdStartTimes> {
  return inFolder(async (folder) => {
    const [ours, bare] = [join(folder, 'ours.js'), join(folder, 'bare.js')];
    bundleInto(ours);
    bundleInto(bare, 'bench/bare.ts');
    const { url, close } = await serveSettings();
    const times: Record<string, number[][]> = { [ours]: [], [bare]: [] };
    for (let run = 0; run < runs; run += 1) {
      for (const bundle of [ours, bare]) times[bundle]?.push(await start(node, bundle, url));
    }
    close();
    const middle = (bundle: string, at: number) => median((times[bundle] ?? []).map((it) => it[at] ?? Number.NaN));
    return {
      handler: middle(ours, 1),
      bare: middle(bare, 1),
      handlerLoaded: middle(ours, 0),
      bareLoaded: middle(bare, 0),
    };
  });
}

/** The bundle's size, as it lies in the image and compressed. */
export function measureBundle(): BundleSize {
  return inFolder((folder) => {
    const bundle = join(folder, 'index.js');
    bundleInto(bundle);
    return { bytes: statSync(bundle).size, gzipBytes: gzipSync(readFileSync(bundle)).length };
  });
}

function start(node: string, bundle: string, url: string): Promise<number[]> {
  const child = spawn(node, ['-e', driver, bundle], { env: environmentOf(url) });
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('close', (status) => {
      const times = /times: (\[.*\])/.exec(printed)?.[1];
      return times ? resolve(JSON.parse(times) as number[]) : reject(new Error(`It ended with ${status}:\n${printed}`));
    });
  });
}

function environmentOf(url: string) {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    BUCKET: 'bucket',
    SETTINGS_KEY: 'settings',
    QUEUE_URL: url,
    DELIVERY_STREAM: 'stream',
    QUARANTINE_PREFIX: 'quarantine/',
    METRICS_NAMESPACE: 'bench',
    LOG_LEVEL: 'ERROR',
  };
}

/** A server on this machine in S3's place. */
async function serveSettings() {
  const server = createServer((_, response) => response.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
