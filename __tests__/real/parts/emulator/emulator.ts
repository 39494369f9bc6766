import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonPackages } from '../cache';
import { createCertificate } from '../certificate';
import { freePort, startServerProcess } from '../server';
import { place } from '../stacks';
import { mends } from './exceptions';

/** An emulator of the AWS API on the loopback, empty at first. */
export interface Emulator {
  readonly url: string;
  readonly port: number;
  /** What clients of AWS and Terraform must find in their environment to meet it. */
  readonly environment: Readonly<Record<string, string>>;
  /** File of what it printed. */
  readonly log: string;
  readonly stop: () => Promise<void>;
}

/** How the emulator is started. */
export interface EmulatorOptions {
  /** Function names with the URL that answers their invocations: the event comes as the body of a POST. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Whether it checks credentials and policies and speaks TLS with a certificate of its own. */
  readonly strict?: boolean;
}

/**
 * Starts MiniStack with the mends of `exceptions.ts`. Its Lambda answers by the URLs given, its data lies in a temporary
 * folder, and all its accounts are empty.
 */
export async function startEmulator({ functions = {}, strict = false }: EmulatorOptions = {}): Promise<Emulator> {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const started = await startIn(folder, { functions, strict });
    return { ...started, stop: () => started.stop().then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function startIn(folder: string, { functions, strict }: Required<EmulatorOptions>): Promise<Emulator> {
  const port = await freePort();
  const certificate = strict ? createCertificate(folder) : null;
  const url = `${strict ? 'https' : 'http'}://127.0.0.1:${port}`;
  const proxies = Object.entries(functions).map(([name, to]) => [`MINISTACK_LAMBDA_PROXY_${name}`, to] as const);
  const log = join(folder, 'emulator.log');
  const server = await startServerProcess({
    name: 'MiniStack',
    command: 'python3',
    args: [join(__dirname, 'start.py'), ...Object.keys(mends)],
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      TMPDIR: folder,
      PYTHONPATH: pythonPackages(join(__dirname, 'ministack.txt')),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      MINISTACK_ACCOUNT_ID: place.ACCOUNT,
      MINISTACK_REGION: place.REGION,
      ...(certificate === null
        ? {}
        : { AUTH: 'true', USE_SSL: '1', MINISTACK_SSL_CERT: certificate.path, MINISTACK_SSL_KEY: certificate.keyPath }),
      ...Object.fromEntries(proxies),
    },
    cwd: folder,
    log,
    ready: () => isUp(`${url}/_ministack/health`, certificate?.text),
  });
  return { url, port, environment: environmentFor(url, certificate?.path), log, stop: server.stop };
}

function environmentFor(url: string, certificate: string | undefined): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: place.REGION,
    AWS_DEFAULT_REGION: place.REGION,
    // The emulator takes a key of twelve digits for the root user of that account.
    AWS_ACCESS_KEY_ID: place.ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'made-up',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(certificate === undefined ? {} : { AWS_CA_BUNDLE: certificate, NODE_EXTRA_CA_CERTS: certificate }),
  };
}

function isUp(url: string, ca: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const request = ca === undefined ? httpRequest(url) : httpsRequest(url, { ca });
    request
      .on('error', () => resolve(false))
      .on('response', (response) => {
        response.resume();
        resolve((response.statusCode ?? 500) < 500);
      });
    request.end();
  });
}
