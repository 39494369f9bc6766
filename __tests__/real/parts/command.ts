import { spawnSync } from 'node:child_process';

/** What a command is run with. */
export interface CommandOptions {
  readonly cwd?: string;
  /** The whole environment; left out, that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Goes to its standard input. */
  readonly input?: string;
  /** After so long it is killed, milliseconds; left out, ten minutes. */
  readonly timeoutMs?: number;
}

const installedBy: Readonly<Record<string, string>> = {
  java: 'Java 17 or later (Debian: apt-get install openjdk-17-jdk-headless)',
  javac: 'Java 17 or later with its compiler (Debian: apt-get install openjdk-17-jdk-headless)',
  mvn: 'Maven (Debian: apt-get install maven)',
  go: 'Go 1.23 or later (Debian: apt-get install golang)',
  python3: 'Python 3.10 or later with pip (Debian: apt-get install python3-pip)',
  openssl: 'OpenSSL (Debian: apt-get install openssl)',
};

/**
 * Runs a command to its end and returns its standard output.
 * @throws Error that says in one line what has to be installed when the command is not there, else how it failed and what
 * it printed last.
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): string {
  const { timeoutMs = 600_000, ...rest } = options;
  const { status, signal, error, stdout, stderr } = spawnSync(command, [...args], {
    ...rest,
    encoding: 'utf8',
    timeout: timeoutMs,
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') {
    throw new Error(`This suite needs ${installedBy[command] ?? command}`);
  }
  if (status === 0) return stdout;
  const how = signal === null ? `exit code ${status}` : `${signal}, perhaps after ${timeoutMs / 1000} s`;
  const last = lastLines(`${stdout}${stderr}`, 40);
  throw new Error(`${[command, ...args].join(' ').slice(0, 300)} failed (${how}):\n${last}`);
}

/** The end of what something printed, where it says why it failed. */
export function lastLines(text: string, count = 60): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
