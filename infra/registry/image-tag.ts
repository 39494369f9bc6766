import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What goes into the image, from the root of the project: the `Dockerfile` copies nothing else. */
export const imageInputs = [
  'Dockerfile',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/bundle.mjs',
  'handler',
] as const;

/** What the functions run on: the image is built for it, and the functions ask for it. */
export const architecture = 'arm64';

const root = join(__dirname, '..', '..');

/**
 * The tag of the image of this checkout: a hash of the names and contents of all {@link imageInputs}. It covers the base
 * as the `Dockerfile` names it: the very image only when that name has a digest.
 */
export function imageTag(folder = root): string {
  const hash = createHash('sha256');
  for (const path of imageInputs.flatMap((input) => filesUnder(folder, input)).sort()) {
    const content = createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
    hash.update(`${path} ${content}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function filesUnder(folder: string, path: string): readonly string[] {
  if (statSync(join(folder, path)).isFile()) return [path];
  return readdirSync(join(folder, path)).flatMap((name) => filesUnder(folder, `${path}/${name}`));
}
