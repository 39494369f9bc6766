import { runInNewContext } from 'node:vm';
import { readInstallation } from '../../../infra/config';

const here = { ACCOUNT: '111122223333', REGION: 'eu-central-1' };

function read(...patterns: readonly string[]) {
  return readInstallation({ redaction: { patterns: [...patterns] } }, here).config.redaction.patterns;
}

/** What people have to hide: their customers, their cards, the keys of their own systems. */
const usual = [
  'ACME-[A-Z0-9]{12}',
  'cust_[a-z0-9]+',
  'card \\d+',
  'password:\\s?\\S+',
  '"apiKey":"[^"]+"',
  '[\\w.]{1,64}@example\\.org',
  '(?:\\d{1,3}\\.){3}\\d{1,3}',
  '\\b[A-Z]{2}\\d{2}[A-Z0-9]{11,30}\\b',
  '(?<![A-Z])KND[0-9]{8}(?![0-9])',
  '(?:order|invoice|customer)-\\d{4,10}',
  '(?<kind>key|token)=[A-Za-z0-9+/]{40,1000}={0,2}',
  'tenant=[^&\\s]+',
  '\\d{4}[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{4}',
  '[[\\]{}]x\\u00e9\\x41a{',
  'customer=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
];

/** Expressions that ran for hours where somebody used them. */
const endless = [
  '(a+)+$',
  '(a|a)*b',
  '(a|aa)+b',
  '(\\w+\\s?)*z',
  '(x+x+)+y',
  '\\d+x',
  '.*.*x',
  '\\s*$a',
  '[\\w.]+@example\\.org',
  '(?=.*\\d)a',
  'a{1,1000}a{1,1000}b',
  '(?:a|b|ab){0,50}c',
  `${'a?'.repeat(40)}${'a'.repeat(40)}`,
  '(?:a{1,9}){1,99}b',
];

describe('a pattern of redaction', () => {
  it.each(usual)('may be %s', (pattern) => {
    expect(read(pattern)).toEqual([pattern]);
  });

  it.each(endless)('is refused when a hostile text could hold up every alert: %s', (pattern) => {
    expect(() => read(pattern)).toThrow(
      /config\.ts: redaction\.patterns\[0\] is .*; it can take very long on a hostile text/,
    );
  });

  it('says what part of it is meant, and what to do', () => {
    expect(() => read('ok', '\\d+x')).toThrow(
      'redaction.patterns[1] is "\\\\d+x"; it can take very long on a hostile text, by \\d+; say how often at the most, such as {1,64}',
    );
  });

  it.each<[string, string]>([
    ['(', 'it is no regular expression (/(/: Unterminated group)'],
    ['a*', 'it matches the empty text'],
    ['x|', 'it matches the empty text'],
    ['\\b', 'it matches the empty text'],
    ['(?=a)', 'it matches the empty text'],
    ['.', 'it also takes out the source, as in aws.glue, which events cannot do without'],
    ['[A-Z]{4,9}', 'it also takes out the state, as in FAILED'],
    ['\\d{4}-\\d\\d-\\d\\d', 'it also takes out the time, as in 2026-01-31T02:30:00Z'],
    ['[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'it also takes out the id of an event or a request'],
    ['jr_[0-9a-f]{64}', 'it also takes out the id of a Glue run'],
    ['\\d{12}', 'it also takes out the account'],
    ['/CUST-\\d{8}/i', 'it stands between slashes, which are taken for what it looks for; leave them out'],
    ['(a?){30}b', 'it repeats what may be empty, by (a?){30}'],
    ['(.)\\1', 'it refers back to a group'],
    ['(?<a>.)\\k<a>', 'it refers back to a group'],
    ['\\p{L}{3}', 'it has \\p{…} or \\u{…}, which mean nothing without the flag u'],
    ['\\u{1F600}', 'it has \\p{…} or \\u{…}, which mean nothing without the flag u'],
    ['(?<=a{1,3})b', 'it looks behind at a text of changing length'],
  ])('is told what is wrong with it: %s', (pattern, message) => {
    expect(() => read(pattern)).toThrow(message);
  });

  it('is neither empty nor longer than 500 characters, and one of 50 at most', () => {
    const form = 'list of at most 50 regular expressions of at most 500 characters';

    expect(() => read('')).toThrow(form);
    expect(() => read('x'.repeat(501))).toThrow(form);
    expect(() => read(...Array<string>(51).fill('x'))).toThrow(form);
  });

  it('is not taken with too many that are costly', () => {
    const costly = Array.from({ length: 11 }, (_, at) => `${at}-[a-z]{1,950}!`);

    expect(() => read(...costly.slice(0, 10))).not.toThrow();
    expect(() => read(...costly)).toThrow('redaction.patterns can take very long together');
  });
});

describe('on texts that were made to hold it up', () => {
  const length = 100_000;
  const hostile = ['a', '1', ' ', '.', '-', 'A', '"', 'a1', 'ab.', '1.', 'x=', '1234-', 'aa@', 'key=', 'cust_a'].map(
    (part) => `${part.repeat(length / part.length)}\u0000`,
  );

  function endsInTime(pattern: string, milliseconds: number): boolean {
    try {
      runInNewContext(
        "for (const text of texts) text.replace(new RegExp(pattern, 'g'), '')",
        { texts: hostile, pattern },
        { timeout: milliseconds },
      );
      return true;
    } catch {
      return false;
    }
  }

  it.each(usual)('a pattern that is taken ends soon: %s', (pattern) => {
    expect(endsInTime(pattern, 8_000)).toBe(true);
  });

  it.each(['(a+)+$', '(a|aa)+b'])('one that is refused does not: %s', (pattern) => {
    expect(endsInTime(pattern, 500)).toBe(false);
  });
});
