import * as fc from 'fast-check';
import { compilePattern } from '../../../handler/event/match';
import { canMeet, wildcardOf } from '../../../infra/capture/globs';

test.each([
  ['orders-*', 'orders-daily', true],
  ['orders-*', 'tmp-*', false],
  ['orders-*', '*-tmp', true],
  ['orders-*', 'orders-tmp-*', true],
  ['*a', '*b', false],
  ['*a*', '*b*', true],
  ['', '*', true],
  ['', 'a', false],
  ['orders', 'Orders', false],
  ['a*c', 'a*b', false],
])('one text can meet both "%s" and "%s": %s', (one, other, can) => {
  expect([canMeet(one, other), canMeet(other, one)]).toEqual([can, can]);
});

test('long globs full of stars are decided at once', () => {
  expect(canMeet(`${'a*'.repeat(100)}b`, `${'*a'.repeat(100)}c`)).toBe(false);
});

const letters = fc.constantFrom('a', 'b', '*', '\\');
const glob = fc.array(letters, { maxLength: 6 }).map((all) => all.join(''));
const text = fc.array(fc.constantFrom('a', 'b', '\\'), { maxLength: 6 }).map((all) => all.join(''));

test('globs that a text meets, both of them, can be met', () => {
  fc.assert(
    fc.property(glob, glob, text, (one, other, it) => {
      expect(meets(one, it) && meets(other, it) && !canMeet(one, other)).toBe(false);
    }),
    { numRuns: 2_000, seed: 5 },
  );
});

test.each([
  ['orders-*', 'orders-daily', 'order-daily'],
  ['a**b', 'a and b', 'a and c'],
  ['a\\b*', 'a\\bc', 'ab'],
  ['Orders*', 'Orders', 'orders'],
  ['a?c*', 'a?c', 'abc'],
])('as a wildcard, "%s" is met by "%s" and not by "%s"', (from, right, wrong) => {
  expect([meets(from, right), meets(from, wrong)]).toEqual([true, false]);
});

/** Whether the matcher of the rules says so. */
function meets(from: string, value: string): boolean {
  return compilePattern({ detail: { name: [{ wildcard: wildcardOf(from) }] } })({ detail: { name: value } });
}
