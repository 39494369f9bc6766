import fc from 'fast-check';
import { fits, isAbout } from '../../../../handler/alert/decide/match';
import { recordOf } from '../record';

test.each([
  ['orders', 'orders', true],
  ['orders', 'orders-daily', false],
  ['orders-*', 'orders-daily', true],
  ['orders-*', 'orders-', true],
  ['*-daily', 'orders-daily', true],
  ['*', '', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['*b*b*', 'ab', false],
  ['*b*b*', 'abcb', true],
  ['a.c', 'abc', false],
  ['', 'a', false],
  ['', '', true],
])('the glob "%s" fits "%s": %s', (glob, text, expected) => {
  expect(fits(glob, text)).toBe(expected);
});

test('a glob fits exactly what the regular expression of the same meaning fits', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });

  fc.assert(
    fc.property(letters, text, (glob, value) => {
      const same = new RegExp(`^${glob.replaceAll('*', '.*')}$`, 's').test(value);

      expect(fits(glob, value)).toBe(same);
    }),
  );
});

test('everything that is said must hold, and of a list one', () => {
  const record = recordOf({ service_name: 'orders_daily', error_type: null });

  expect(isAbout({}, record)).toBe(true);
  expect(isAbout({ service: ['lambda', 'glue_job'], name: ['orders_*'] }, record)).toBe(true);
  expect(isAbout({ service: ['glue_job'], name: ['invoices_*'] }, record)).toBe(false);
  expect(isAbout({ account: ['1111*'], region: ['eu-*'], fingerprint: ['1:0123456789abcdef'] }, record)).toBe(true);
  expect(isAbout({ errorType: ['*'] }, record)).toBe(false);
});
