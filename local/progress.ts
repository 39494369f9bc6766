/** One line that tells how far a run is, where somebody watches. */
export interface Progress {
  readonly say: (text: string) => void;
  /** Prints for good, below or instead of the progress line. */
  readonly print: (text: string) => void;
}

/** So often the line changes at most, milliseconds. */
const pauseMs = 100;

/** Shows progress on a terminal; anything else (a pipe, a file) only gets what is printed for good. */
export function showProgress(output: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): Progress {
  let lastAt = 0;
  return {
    say: (text) => {
      if (output.isTTY && Date.now() - lastAt >= pauseMs) {
        lastAt = Date.now();
        output.write(`\r\u001b[2K… ${text}`);
      }
    },
    print: (text) => {
      output.write(output.isTTY ? `\r\u001b[2K${text}` : text);
    },
  };
}
