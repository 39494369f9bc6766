import { readFileSync } from 'node:fs';

/** One change of a stack's Terraform. */
interface Change {
  /** The way to the value, for example `["resource", "aws_sns_topic", "capture_topic", "name"]`. */
  readonly at: readonly string[];
  /** A text in the value, which must be there, and what stands there instead … */
  readonly replace?: string;
  readonly by?: string;
  /** … or the whole value instead, null to remove it. */
  readonly value?: unknown;
}

/** A deliberate fault in the Terraform that a suite must tell. */
export interface Breakage {
  /** What somebody did, in words. */
  readonly title: string;
  readonly stack: 'registry' | 'monitoring';
  readonly patch: readonly Change[];
  /** The jest project that must fail; `only` names a test file of it, as a pattern. */
  readonly suite: string;
  readonly only?: string;
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
 * The Terraform of a stack with the breakage in it; as it was where the breakage is none or concerns the other stack.
 * @throws Error when a change would change nothing.
 */
export function broken(terraform: string, stack: string, breakage: Breakage | null): string {
  if (breakage === null || breakage.stack !== stack) return terraform;
  const changed = JSON.parse(terraform) as Json;
  for (const change of breakage.patch) apply(changed, change);
  return JSON.stringify(changed, null, 2);
}

function apply(terraform: Json, { at, replace, by = '', value = null }: Change): void {
  const [last = '', ...way] = [...at].reverse();
  const parent = way.reverse().reduce<unknown>((node, key) => (node as Json | undefined)?.[key], terraform);
  const old = (parent as Json | undefined)?.[last];
  if (old === undefined || (replace !== undefined && !String(old).includes(replace))) {
    throw new Error(`The breakage changes nothing: no ${replace ?? 'value'} at ${at.join('.')}`);
  }
  const holder = parent as Json;
  if (replace !== undefined) holder[last] = String(old).replaceAll(replace, by);
  else if (value === null) delete holder[last];
  else holder[last] = value;
}
