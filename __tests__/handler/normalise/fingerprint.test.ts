import { fingerprintOf } from '../../../handler/normalise/fingerprint';
import { ofOneFault, ofTwoFaults } from './fingerprint-pairs';

describe('the fingerprint of an error', () => {
  it.each(ofOneFault)('is the same for %j and %j', (one, other) => {
    expect(fingerprintOf('Error', one)).toBe(fingerprintOf('Error', other));
  });

  it.each(ofTwoFaults)('tells %j from %j', (one, other) => {
    expect(fingerprintOf('Error', one)).not.toBe(fingerprintOf('Error', other));
  });

  it('tells any two of the faults apart', () => {
    const texts = [...new Set(ofTwoFaults.flat())];

    expect(new Set(texts.map((text) => fingerprintOf(null, text))).size).toBe(texts.length);
  });

  it('tells types apart', () => {
    expect(fingerprintOf('ValueError', 'no rows')).not.toBe(fingerprintOf('KeyError', 'no rows'));
  });

  it('is decided by what stands in front, however long the ids in it are', () => {
    const rest = 'of a plan without end '.repeat(500);

    const [one, other] = ['1'.repeat(900), '2'].map((id) => fingerprintOf(null, `no partition ${id} ${rest}`));

    expect(one).toBe(other);
  });

  it('carries its version', () => {
    expect(fingerprintOf(null, 'no rows')).toMatch(/^2:[0-9a-f]{16}$/);
  });

  it('of a megabyte takes no time to speak of', () => {
    const begun = performance.now();

    for (const part of [
      'a',
      '/',
      'a/',
      '1',
      '1-',
      '0a',
      ' ',
      's3://',
      'jr_',
      '2025-03-10 ',
      '#',
      '@',
      'code ',
      'exitCode: ',
      'a-',
      'a-1a',
      'b2-',
      'Mar ',
      '1 s',
    ]) {
      fingerprintOf(null, part.repeat((1 << 20) / part.length));
    }

    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
