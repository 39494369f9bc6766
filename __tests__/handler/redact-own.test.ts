import { ownPatternsOf, redact, redactText } from '../../handler/redact';

describe('a pattern of the user', () => {
  it('is taken out of texts, keys and JSON inside texts', () => {
    const own = ownPatternsOf(['no "\\w+"']);

    expect(redactText('order no "a1" failed', own)).toBe('order [redacted] failed');
    expect(redact({ 'no "a1"': JSON.stringify({ m: 'no "a1"' }) }, own)).toEqual({
      '[redacted]': JSON.stringify({ m: '[redacted]' }),
    });
  });

  it('is taken out of a long text, however much it matches', () => {
    const own = ownPatternsOf(['KD-\\d{6}', 'from here [\\s\\S]+']);
    const long = 'x'.repeat(100_000);

    expect(redactText(`${long} KD-123456 from here ${long}`, own)).toBe(`${long} [redacted] [redacted]`);
  });

  it('that also matches nothing takes out what is something', () => {
    expect(redactText('axxb', ownPatternsOf(['x*']))).toBe('a[redacted]b');
  });

  it('that is no regular expression costs itself', () => {
    const own = ownPatternsOf(['(', 'KD-\\d{6}', 'a{2,1}']);

    expect(own.refused).toEqual([0, 2]);
    expect(redactText('KD-123456', own)).toBe('[redacted]');
  });

  it('is compiled once for the same settings', () => {
    const sources = ['KD-\\d{6}'];

    expect(ownPatternsOf(sources)).toBe(ownPatternsOf(sources));
  });
});
