import { violationsOf } from './invariants';
import type { Violation } from './invariants/truth';
import { makePlan } from './make-plan';
import type { Plan } from './plan';
import { shrink } from './shrink';
import { simulate } from './simulate';
import { honest, type Variant } from './variants';

/** Which schedules to try. */
export interface Search {
  readonly seed: number;
  readonly schedules: number;
  readonly variant?: Variant;
  readonly onProgress?: (done: Done) => void;
}

/** What was tried so far. */
export interface Done {
  readonly schedules: number;
  readonly calls: number;
  readonly struck: number;
  readonly posts: number;
}

/** The first schedule after which a promise was broken, as small as it gets. */
export interface Counterexample {
  readonly seed: number;
  readonly plan: Plan;
  readonly violations: readonly Violation[];
}

/** Tries schedules one after the other until one breaks a promise. */
export async function search({ seed, schedules, variant = honest, onProgress }: Search): Promise<{
  readonly done: Done;
  readonly found: Counterexample | null;
}> {
  let done: Done = { schedules: 0, calls: 0, struck: 0, posts: 0 };
  for (let number = 0; number < schedules; number++) {
    const plan = makePlan(seed + number);
    const history = await simulate(plan, variant);
    const { calls, struck, posts } = history;
    done = {
      schedules: done.schedules + 1,
      calls: done.calls + calls,
      struck: done.struck + struck,
      posts: done.posts + posts.length,
    };
    onProgress?.(done);
    const violations = violationsOf(plan, history);
    if (violations.length > 0) return { done, found: await smallest(plan, violations, variant) };
  }
  return { done, found: null };
}

async function smallest(plan: Plan, violations: readonly Violation[], variant: Variant): Promise<Counterexample> {
  const broken = new Set(violations.map(({ promise }) => promise));
  const breaks = async (smaller: Plan) => violationsOf(smaller, await simulate(smaller, variant));
  const small = await shrink(plan, async (smaller) =>
    (await breaks(smaller)).some(({ promise }) => broken.has(promise)),
  );
  return { seed: plan.seed, plan: small, violations: await breaks(small) };
}
