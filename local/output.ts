import {
  accessSync,
  appendFileSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseJson, textOf } from '../handler/event/json';

/** The file in which a run notes every file that it writes, so that the next one can take exactly those away. */
const ledger = '.datalake-monitoring.files';

/** The folder that a run writes into. */
export interface Output {
  readonly folder: string;
  /**
   * Takes away what the run before wrote and makes room for these names directly in the folder.
   * @throws Error when one of them holds something that no run wrote; nothing is changed then.
   */
  readonly reserve: (names: readonly string[]) => void;
  /** Notes that a file is of this run; to be called before it is written. */
  readonly wrote: (path: string) => void;
}

/**
 * Opens an output folder and changes nothing in it yet.
 * @throws Error when it cannot be a folder that is written to, or when the input lies in what would be taken away.
 */
export function openOutput(folder: string, input?: string): Output {
  if (folder === '') {
    throw new Error('--out is empty: name a folder, or leave it out for out/');
  }
  const path = resolve(folder);
  makeFolder(path, folder);
  const written = readLedger(path);
  if (input !== undefined) refuseOverlap(path, input, written);
  return {
    folder: path,
    reserve: (names) => {
      const foreign = names.flatMap((name) => filesAt(path, name)).filter((file) => !written.has(file));
      if (foreign.length > 0) {
        const more = foreign.length > 3 ? ` and ${foreign.length - 3} more` : '';
        throw new Error(
          `--out ${folder}: holds ${foreign.slice(0, 3).join(', ')}${more}, which no local run wrote; choose another folder`,
        );
      }
      for (const file of written) removeFile(path, file);
      writeFileSync(join(path, ledger), '');
    },
    wrote: (file) => appendFileSync(join(path, ledger), `${JSON.stringify(relative(path, file))}\n`),
  };
}

/** Step by step: told to make all at once, Node tries for ever where a file system takes no folders, such as /proc. */
function makeFolder(path: string, asked: string): void {
  try {
    if (!existsSync(path)) {
      makeFolder(dirname(path), asked);
      mkdirSync(path);
    }
    accessSync(path, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw reason.startsWith('--out') ? error : new Error(`--out ${asked}: cannot be written to (${reason})`);
  }
  if (!statSync(path).isDirectory()) {
    throw new Error(`--out ${asked}: ${path} is a file; name a folder`);
  }
}

function refuseOverlap(out: string, input: string, written: ReadonlySet<string>): void {
  const [real, folder] = [realpathSync(input), realpathSync(out)];
  if (isWithin(folder, real)) {
    throw new Error(
      `--out ${out}: lies in --events ${input}, so results would be read as events; choose another folder`,
    );
  }
  const taken = [...written].find((file) => isWithin(join(folder, file), real) || isWithin(real, join(folder, file)));
  if (taken !== undefined) {
    throw new Error(
      `--events ${input}: lies in what an earlier run wrote into --out ${out}, which a new run takes away; choose another --out`,
    );
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** What an earlier run noted; a line that is no path inside the folder is none of ours. */
function readLedger(path: string): ReadonlySet<string> {
  const text = existsSync(join(path, ledger)) ? readFileSync(join(path, ledger), 'utf8') : '';
  const files = text.split('\n').flatMap((line) => textOf(parseJson(line)) ?? []);
  return new Set(files.filter((file) => isWithin(resolve(path, file), path) && resolve(path, file) !== path));
}

/** The files at a name of the folder, in it when it is a folder, as paths from the folder. */
function filesAt(path: string, name: string): readonly string[] {
  const stats = lstatSync(join(path, name), { throwIfNoEntry: false });
  if (!stats?.isDirectory()) {
    return stats ? [name] : [];
  }
  return readdirSync(join(path, name)).flatMap((inner) => filesAt(path, join(name, inner)));
}

/** Removes a file, and the folders that it leaves empty. */
function removeFile(path: string, file: string): void {
  if (lstatSync(join(path, file), { throwIfNoEntry: false })?.isDirectory()) {
    return;
  }
  rmSync(join(path, file), { force: true });
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    if (!existsSync(join(path, folder))) continue;
    if (readdirSync(join(path, folder)).length > 0) return;
    rmdirSync(join(path, folder));
  }
}
