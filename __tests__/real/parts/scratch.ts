import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigurationInput } from '../../../infra/config';

/** All that the commands of the project read. */
const content = [
  '.dockerignore',
  'cdktf.json',
  'config.ts',
  'Dockerfile',
  'explain',
  'handler',
  'infra',
  'local',
  'main.ts',
  'package-lock.json',
  'package.json',
  'queries',
  'replay',
  'scripts',
  'silence',
  'simulation',
  'tsconfig.json',
] as const;

const root = join(__dirname, '..', '..', '..');

/** Copies the project into a new folder, where commands may write; its packages are those of this checkout. */
export function copyProject(folder: string): void {
  copyContent(folder);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/** What is exchanged in a copy. */
export interface Exchange {
  /** Names of packages with those that `main.ts` and `infra/` import instead. */
  readonly names: Readonly<Record<string, string>>;
  /** Folder whose `node_modules` has the new packages, and whatever else is to be found before the project's own. */
  readonly packages: string;
}

/** Copies the project with some packages exchanged; the old ones are not to be found in it. */
export function copyProjectWith({ names, packages }: Exchange, folder: string): void {
  copyContent(folder);
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  const topLevel = Object.keys(names).map((name) => name.split('/')[0] ?? name);
  link(join(packages, 'node_modules'), modules, ['.bin']);
  link(join(root, 'node_modules'), modules, topLevel);
  for (const path of ['main.ts', ...typescriptIn(folder, 'infra')]) rename(join(folder, path), names);
}

/** Puts a configuration in place of the one of a copy. */
export function configure(folder: string, config: ConfigurationInput): void {
  const settings = JSON.stringify(config, null, 2);
  const text = `import { defineConfig } from './infra/config';\n\nexport default defineConfig(${settings});\n`;
  writeFileSync(join(folder, 'config.ts'), text);
}

function copyContent(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const path of content) cpSync(join(root, path), join(folder, path), { recursive: true });
}

function link(from: string, to: string, except: readonly string[]): void {
  for (const name of readdirSync(from)) {
    const target = join(to, name);
    if (!except.includes(name) && !existsSync(target)) symlinkSync(join(from, name), target);
  }
}

function typescriptIn(folder: string, path: string): readonly string[] {
  const all = readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' });
  return all.filter((name) => name.endsWith('.ts')).map((name) => join(path, name));
}

function rename(path: string, names: Exchange['names']): void {
  const text = Object.entries(names).reduce(
    (before, [from, to]) => before.replaceAll(`'${from}'`, `'${to}'`).replaceAll(`'${from}/`, `'${to}/`),
    readFileSync(path, 'utf8'),
  );
  writeFileSync(path, text);
}
