import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseJson } from '../handler/event/json';

/** The file in which a run notes what it writes, so that the next one can take exactly that away. */
const ledger = '.datalake-monitoring.json';

/** The folder that a run writes into. */
export interface Output {
  readonly folder: string;
  /**
   * Says what will be written, by names directly in the folder. Something of that name that no run wrote is left alone.
   * @throws Error when there is such a thing.
   */
  readonly reserve: (names: readonly string[]) => void;
}

/** Opens an output folder: what an earlier run wrote is removed, everything else stays. */
export function openOutput(folder: string): Output {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true });
  for (const name of writtenBefore(path)) {
    rmSync(join(path, name), { recursive: true, force: true });
  }
  const reserved: string[] = [];
  return {
    folder: path,
    reserve: (names) => {
      const foreign = names.filter((name) => !reserved.includes(name) && existsSync(join(path, name)));
      if (foreign.length > 0) {
        throw new Error(
          `--out ${folder}: holds ${foreign.join(', ')}, which no local run wrote; choose another folder`,
        );
      }
      reserved.push(...names);
      writeFileSync(join(path, ledger), `${JSON.stringify(reserved)}\n`);
    },
  };
}

function writtenBefore(path: string): readonly string[] {
  const names = existsSync(join(path, ledger)) ? parseJson(readFileSync(join(path, ledger), 'utf8')) : [];
  const isPlain = (name: unknown): name is string => typeof name === 'string' && /^\w[\w.-]*$/.test(name);
  return Array.isArray(names) ? names.filter(isPlain) : [];
}
