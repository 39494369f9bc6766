/** The keys of a bucket in the order in which S3 lists them. */
export interface Keys {
  readonly add: (key: string) => void;
  /** The keys below a prefix that follow `after`, `most` of them. */
  readonly below: (prefix: string, page: { readonly after: string | null; readonly most: number }) => readonly string[];
}

/** The keys of one folder; put in order when they are asked for. */
interface Folder {
  readonly keys: string[];
  isSorted: boolean;
}

/** Keeps keys by their first folder, so that a listing of few is not slowed down by thousands elsewhere. */
export function createKeys(initial: Iterable<string>): Keys {
  const folders = new Map<string, Folder>();

  function add(key: string): void {
    const name = folderOf(key);
    const folder = folders.get(name) ?? { keys: [], isSorted: true };
    folder.keys.push(key);
    folder.isSorted = false;
    folders.set(name, folder);
  }

  for (const key of initial) add(key);
  return {
    add,
    below: (prefix, { after, most }) => {
      const keys = prefix.includes('/')
        ? sorted(folders.get(folderOf(prefix)))
        : [...folders.values()].flatMap((folder) => folder.keys).sort(byBytes);
      const start = Math.max(firstFrom(keys, prefix), after === null ? 0 : firstFrom(keys, `${after}\0`));
      const rest = keys.slice(start, start + most);
      const end = rest.findIndex((key) => !key.startsWith(prefix));
      return end === -1 ? rest : rest.slice(0, end);
    },
  };
}

function folderOf(key: string): string {
  return key.slice(0, key.indexOf('/') + 1);
}

function sorted(folder: Folder | undefined): readonly string[] {
  if (folder && !folder.isSorted) {
    folder.keys.sort(byBytes);
    folder.isSorted = true;
  }
  return folder?.keys ?? [];
}

/** The order of UTF-8 bytes, which that of UTF-16 is not for letters beyond the first plane. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** Where the keys that are `key` or follow it begin, by halving. */
function firstFrom(keys: readonly string[], key: string): number {
  let [from, to] = [0, keys.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (byBytes(keys[middle] ?? '', key) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
