import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { runCommand } from './command';

/** Where downloads are kept between runs, outside the repository: `datalake-monitoring` in the user's cache folder. */
export function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'datalake-monitoring');
}

/**
 * The folder that `make` filled, now or in an earlier run with the same recipe (whatever its content depends on). It is
 * there whole or not at all, whoever else makes it at the same time.
 */
export function cached(name: string, recipe: string, make: (folder: string) => void): string {
  const hash = createHash('sha256').update(recipe).digest('hex').slice(0, 16);
  const folder = join(cacheFolder(), `${name}-${hash}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder(), { recursive: true });
  const unfinished = mkdtempSync(`${folder}.`);
  try {
    make(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** A folder for `PYTHONPATH` with the packages of a requirements file, from PyPI. */
export function pythonPackages(requirements: string): string {
  const recipe = `${runCommand('python3', ['--version'])}${readFileSync(requirements, 'utf8')}`;
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  return cached(basename(requirements, '.txt'), recipe, (folder) => {
    runCommand('python3', [...install, '--target', folder]);
  });
}

/** A folder with `node_modules`, made by npm from the registry; `packages` name exact versions. */
export function npmPackages(name: string, packages: readonly string[]): string {
  const install = ['install', '--no-audit', '--no-fund', '--no-package-lock', ...packages];
  return cached(name, packages.join(' '), (folder) => {
    runCommand('npm', [...install, '--prefix', folder]);
  });
}

/** A class path of all jars that a `pom.xml` names, from Maven Central, together with one Java source, compiled. */
export function javaProgram(name: string, { pom, source }: { readonly pom: string; readonly source: string }): string {
  const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';
  const jars = cached(`${name}-jars`, readFileSync(pom, 'utf8'), (folder) => {
    runCommand('mvn', ['-B', '-q', '-f', pom, copy, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`]);
  });
  const classes = cached(`${name}-classes`, `${jars}\n${readFileSync(source, 'utf8')}`, (folder) => {
    runCommand('javac', ['-nowarn', '-cp', join(jars, '*'), '-d', folder, source]);
  });
  return [classes, join(jars, '*')].join(delimiter);
}
