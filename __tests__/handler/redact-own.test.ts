import { ownPatternsOf, redact, redactText, whyRefused } from '../../handler/redact';

describe('a pattern of the user', () => {
  it.each([
    'KD-\\d{6}',
    '\\bDE\\d{20}\\b',
    'customer=[^;]+',
    '(?:cust|acct)-\\w+',
    '(?<=iban )\\S+',
    'a{2,4}b',
    '[*+]x',
  ])('may be %s', (source) => {
    expect(whyRefused(source)).toBeNull();
  });

  it.each(['(a+)+$', '(a|a)*b', '((ab)*c)+', '(?:\\d{1,9}-?){2,}', '.*a.*b.*c.*d.*', '(', 'x*', '', 'a'.repeat(1_001)])(
    'must not be %s',
    (source) => {
      expect(whyRefused(source)).toEqual(expect.any(String));
    },
  );

  it('is taken out of texts, keys and JSON inside texts', () => {
    const own = ownPatternsOf(['no "\\w+"']);

    expect(redactText('order no "a1" failed', own)).toBe('order [redacted] failed');
    expect(redact({ 'no "a1"': JSON.stringify({ m: 'no "a1"' }) }, own)).toEqual({
      '[redacted]': JSON.stringify({ m: '[redacted]' }),
    });
  });

  it('is taken out wherever it stands in a long text', () => {
    const own = ownPatternsOf(['KD-\\d{6}']);

    const left = Array.from({ length: 60 }, (_, at) => redactText(`${'x'.repeat(1_000 + at)} KD-123456 end`, own));

    expect(left.filter((text) => !text.endsWith(' [redacted] end'))).toEqual([]);
  });

  it('does not run away over a text of 256 KB', () => {
    const own = ownPatternsOf(['a+b+c', '.*,.*;']);
    const texts = ['a', 'ab', 'xy', 'x', ',', ' '].map((text) => text.repeat(Math.ceil(262_144 / text.length)));
    const begun = performance.now();

    for (const text of texts) redactText(text, own);

    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  it('is compiled once for the same settings', () => {
    const sources = ['KD-\\d{6}'];

    expect(ownPatternsOf(sources)).toBe(ownPatternsOf(sources));
  });
});
