import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A shell in which one block of commands after the other is run; what a block exports is there in the next. */
export interface Shell {
  /**
   * Runs commands to their end and returns what they printed; `input` is what a person types.
   * @throws Error with what was printed when one of them fails.
   */
  readonly run: (commands: string, input?: string) => Promise<string>;
}

interface ShellOptions {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** File that keeps the variables between two runs. */
  readonly memory: string;
}

/** Opens a shell in a folder. */
export function openShell({ folder, env, memory }: ShellOptions): Shell {
  writeFileSync(memory, '');
  return {
    run: (commands, input = '') =>
      new Promise((resolve, reject) => {
        const script = `set -euo pipefail\n. '${memory}'\n${commands}\nexport -p > '${memory}'\n`;
        const child = spawn('bash', ['-c', script], { cwd: folder, env, stdio: 'pipe' });
        const printed: Buffer[] = [];
        child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
        child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
        child.once('error', reject).once('close', (code) => {
          const text = Buffer.concat(printed).toString();
          if (code === 0) resolve(text);
          else reject(new Error(`Failed (${code}):\n${commands}\nIt printed:\n${text.slice(-4_000)}`));
        });
        child.stdin.on('error', () => undefined).end(input);
      }),
  };
}

/** Puts commands into a folder for `PATH`: names with the shell script of each. */
export function placeCommands(folder: string, scripts: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
}
