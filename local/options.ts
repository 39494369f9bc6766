import { parseArgs } from 'node:util';

/** What `npm start` says about itself. */
export const usage = `npm start -- [--events FILE_OR_FOLDER] [--out DIR]

Replays events through the pipeline that the Terraform describes, on this machine.

  --events  one JSON event, an array, JSON lines, or a folder of them (default: examples/)
  --out     folder for rows, Slack messages, quarantine and logs, apart from the events (default: out/)
`;

/** The options of `npm start`. */
export interface StartOptions {
  readonly events: string;
  readonly out: string;
}

/**
 * Reads the options of `npm start`.
 * @throws Error that says what is wrong and what there is.
 */
export function readOptions(args: readonly string[], defaults: StartOptions): StartOptions | 'help' {
  try {
    const options = { events: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...args], options, strict: true });
    return values.help ? 'help' : { events: values.events ?? defaults.events, out: values.out ?? defaults.out };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`, { cause: error });
  }
}
