import { readFileSync } from 'node:fs';
import type { ConfigurationInput } from '../../infra/config';

/** One change of a stack's Terraform. */
interface Change {
  /** The way to the value, for example `["resource", "aws_sns_topic", "capture_topic", "name"]`. */
  readonly at: readonly string[];
  /** A text in the value, which must be there, and what stands there instead … */
  readonly replace?: string;
  readonly by?: string;
  /** Whether that text is looked for in what the value holds in base64, as the definition of a view. */
  readonly inBase64?: boolean;
  /** … or the whole value instead, null to remove it; what was not there is added. */
  readonly value?: unknown;
}

/** A deliberate fault in the Terraform that a suite must tell. */
export interface Breakage {
  /** What somebody did, in words. */
  readonly title: string;
  readonly stack: 'registry' | 'monitoring';
  /** The installation in which the fault can be made; left out, the default one. */
  readonly config?: ConfigurationInput;
  readonly patch: readonly Change[];
  /** The jest project that must fail; `only` names a test file of it, as a pattern. */
  readonly suite: string;
  readonly only?: string;
  /** The one test or group of it that must fail, as a pattern of names, where the others would take long. */
  readonly test?: string;
  /** What the failure must say. */
  readonly text: string;
}

type Json = Record<string, unknown>;

/** Reads the breakage that the variable `BREAKAGE` names as a file; null where it names none. */
export function breakageOf(environment: NodeJS.ProcessEnv): Breakage | null {
  const path = environment['BREAKAGE'];
  return path === undefined ? null : (JSON.parse(readFileSync(path, 'utf8')) as Breakage);
}

/**
 * The Terraform of a stack with the breakage in it. What has no place in this stack or installation is left out: a test
 * of the breakages themselves sees to it that each changes something.
 */
export function broken(terraform: string, stack: string, breakage: Breakage | null): string {
  if (breakage === null || breakage.stack !== stack) return terraform;
  const changed = JSON.parse(terraform) as Json;
  for (const change of breakage.patch) apply(changed, change);
  return JSON.stringify(changed, null, 2);
}

function apply(terraform: Json, { at, replace, by = '', inBase64 = false, value = null }: Change): void {
  const [last = '', ...way] = [...at].reverse();
  const holder = way.reverse().reduce<unknown>((node, key) => (node as Json | undefined)?.[key], terraform);
  if (!isHolder(holder)) return;
  const old = holder[last];
  if (replace !== undefined && old === undefined) return;
  const exchanged = (text: string) => text.replaceAll(replace ?? '', by);
  if (replace !== undefined) holder[last] = inBase64 ? throughBase64(String(old), exchanged) : exchanged(String(old));
  else if (value === null) delete holder[last];
  else holder[last] = value;
}

function isHolder(node: unknown): node is Json {
  return typeof node === 'object' && node !== null;
}

/** A text with its part in base64, which is longer than any word, changed. */
function throughBase64(text: string, change: (decoded: string) => string): string {
  return text.replace(/[A-Za-z0-9+/]{64,}=*/, (encoded) =>
    Buffer.from(change(Buffer.from(encoded, 'base64').toString('utf8'))).toString('base64'),
  );
}
