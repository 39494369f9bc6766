import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file that is written line by line. */
export interface Lines {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/** Lines are gathered up to this many characters before they are written. */
const bufferCharacters = 64 * 1024;

/** Creates a file of lines, and its folder. */
export function openLines(path: string): Lines {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  let pending = '';
  function flush(): void {
    writeSync(file, pending);
    pending = '';
  }
  return {
    write: (line) => {
      pending += `${line}\n`;
      if (pending.length >= bufferCharacters) flush();
    },
    close: () => {
      flush();
      closeSync(file);
    },
  };
}
