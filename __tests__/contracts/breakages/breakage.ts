import { readFileSync } from 'node:fs';
import type { ConfigurationInput } from '../../../infra/config';

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
  /** The installation in which the fault can be made; left out, the default one. */
  readonly config?: ConfigurationInput;
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
 * The Terraform of a stack with the breakage in it. What has no place in this stack or installation is left out: a test
 * of the breakages themselves sees to it that each changes something.
 */
export function broken(terraform: string, stack: string, breakage: Breakage | null): string {
  if (breakage === null || breakage.stack !== stack) return terraform;
  const changed = JSON.parse(terraform) as Json;
  for (const change of breakage.patch) apply(changed, change);
  return JSON.stringify(changed, null, 2);
}

function apply(terraform: Json, { at, replace, by = '', value = null }: Change): void {
  const [last = '', ...way] = [...at].reverse();
  const holder = way.reverse().reduce<unknown>((node, key) => (node as Json | undefined)?.[key], terraform) as Json;
  const old = holder?.[last];
  if (old === undefined) return;
  if (replace !== undefined) holder[last] = String(old).replaceAll(replace, by);
  else if (value === null) delete holder[last];
  else holder[last] = value;
}
