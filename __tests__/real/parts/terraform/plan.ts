import type { Attributes, Installed } from './installation';
import { must } from './tool';

/** One change that a plan would make. */
export interface Change {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before: Attributes | null;
  readonly after: Attributes | null;
}

/** What a plan of a stack would change, in the order of its addresses; empty where it is clean. */
export async function planned(
  { terraform }: Pick<Installed, 'terraform'>,
  stack: 'registry' | 'monitoring',
): Promise<readonly Change[]> {
  const said = await must(terraform(stack, 'plan', '-input=false', '-no-color', '-out=plan.bin'));
  if (said.includes('No changes. Your infrastructure matches the configuration.')) return [];
  const plan = JSON.parse(await must(terraform(stack, 'show', '-json', 'plan.bin'))) as {
    readonly resource_changes?: readonly { readonly address: string; readonly change: Omit<Change, 'address'> }[];
    readonly output_changes?: Readonly<Record<string, Omit<Change, 'address' | 'before' | 'after'>>>;
  };
  const resources = (plan.resource_changes ?? []).map(({ address, change: { actions, before, after } }) => ({
    address,
    actions,
    before,
    after,
  }));
  const outputs = Object.entries(plan.output_changes ?? {}).map(([name, { actions }]) => ({
    address: `output.${name}`,
    actions,
    before: null,
    after: null,
  }));
  return [...resources, ...outputs].filter(({ actions }) => !['no-op', 'read'].includes(actions.join()));
}

/**
 * What changes say in one text each: `aws_sqs_queue.x update delay_seconds: 0 → 3`. Values that are known only after the
 * apply are left out.
 */
export function described(changes: readonly Change[]): readonly string[] {
  return changes.flatMap(({ address, actions, before, after }) => {
    const what = `${address} ${actions.join(' and ')}`;
    if (before === null || after === null) return [what];
    const differences = differencesOf(before, after);
    return differences.length === 0 ? [what] : differences.map((difference) => `${what} ${difference}`);
  });
}

function differencesOf(before: unknown, after: unknown, path: readonly string[] = []): readonly string[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    // On the top level Terraform leaves out what it does not know yet.
    const known = path.length === 0 ? keys.filter((key) => key in after) : keys;
    return known.flatMap((key) => differencesOf(before[key], after[key], [...path, key]));
  }
  const [old, now] = [before, after].map((value) => JSON.stringify(value ?? null));
  return old === now ? [] : [`${path.join('.')}: ${old} → ${now}`];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
