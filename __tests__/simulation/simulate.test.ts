import { makePlan } from '../../simulation/make-plan';
import { shrink } from '../../simulation/shrink';
import { simulate } from '../../simulation/simulate';
import { wordsOf } from '../../simulation/words';

test('the same seed gives the same run, to the call', async () => {
  const first = await simulate(makePlan(12));
  const second = await simulate(makePlan(12));

  expect(second.calls).toBe(first.calls);
  expect(second.posts.map(({ at, body }) => [at, body])).toEqual(first.posts.map(({ at, body }) => [at, body]));
  expect([...second.objects]).toEqual([...first.objects]);
});

test('a plan shrinks to what it needs to show something', async () => {
  const plan = makePlan(3);
  const [needed] = plan.steps;

  const small = await shrink(plan, async ({ steps }) => steps.some((step) => step.kind === needed?.kind));

  expect(plan.steps.length).toBeGreaterThan(10);
  expect(small.steps).toHaveLength(1);
  expect(wordsOf(small)).toContain('\n  1. ');
});
