import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { cached } from '../cache';
import { runCommand } from '../command';

const client = 'aws-lambda-ric@4.0.2';

/** What compiles its native half, with the Debian package of each. */
const builders = {
  autoreconf: 'autoconf',
  automake: 'automake',
  libtoolize: 'libtool',
  cmake: 'cmake',
  'g++': 'g++',
  make: 'make',
  python3: 'python3',
  xz: 'xz-utils',
} as const;

/**
 * Entry point of AWS's own runtime interface client, which in Lambda's images fetches events and calls the handler;
 * compiled for the Node given, whose folder must hold its headers.
 */
export function runtimeClient(node: string): string {
  const version = runCommand(node, ['--version']).trim();
  const folder = cached('runtime-interface-client', `${client} ${version} ${process.arch}`, (to) => {
    const missing = Object.entries(builders).filter(([tool]) => spawnSync(tool, ['--version']).error !== undefined);
    if (missing.length > 0) {
      throw new Error(`This suite needs (Debian) apt-get install ${missing.map(([, name]) => name).join(' ')}`);
    }
    const env = {
      ...process.env,
      PATH: [dirname(node), process.env['PATH']].join(delimiter),
      npm_config_nodedir: dirname(dirname(node)),
    };
    const install = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--foreground-scripts', client];
    runCommand('npm', [...install, '--prefix', to], { env });
  });
  return join(folder, 'node_modules', 'aws-lambda-ric', 'index.mjs');
}
