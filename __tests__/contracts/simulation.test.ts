import { search } from '../../simulation/search';
import { brokenWorlds } from '../../simulation/variants';

/** Within so many schedules each missing piece shows; they are a few seconds. */
const enough = 300;

test('a world that keeps its word is left in order', async () => {
  const { done, found } = await search({ seed: 1, schedules: 25 });

  expect(found?.violations ?? []).toEqual([]);
  expect(done.schedules).toBe(25);
  expect(done.struck).toBeGreaterThan(100);
  expect(done.posts).toBeGreaterThan(50);
});

test.each([
  ['without the lease', 'nothing is posted twice'],
  ['without If-Match', 'no update of an incident is lost'],
  ['without If-None-Match', 'nothing is posted twice'],
  ['without the resend of partial failures', 'every event is a row'],
] as const)('a world %s is found out: %s', async (name, promise) => {
  const { found } = await search({ seed: 1, schedules: enough, variant: brokenWorlds[name] });

  expect(found?.violations.map((violation) => violation.promise)).toContainEqual(expect.stringContaining(promise));
});
