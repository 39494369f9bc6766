import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The project's folder. */
export const root = join(__dirname, '..');

/** Bundles a file of ours, or of a copy of the project, as the image is bundled. */
export function bundleInto(outfile: string, entry = 'handler/index.ts', project = root): void {
  execFileSync(process.execPath, ['scripts/bundle.mjs', outfile, entry], { cwd: project, stdio: 'pipe' });
}

/** Runs something in a temporary folder and removes it. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const result = use(folder);
  if (result instanceof Promise) {
    return result.finally(remove) as T;
  }
  remove();
  return result;
}
