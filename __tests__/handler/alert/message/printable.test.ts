import fc from 'fast-check';
import { mrkdwn, plain } from '../../../../handler/alert/message/mrkdwn';
import { cut, oneLine, printable } from '../../../../handler/alert/message/printable';
import { linkTo, localTime, mentionsIn } from '../../../../handler/alert/message/sequence';

describe('what turns a text or is not seen is shown', () => {
  test.each([
    ['an override that reverses the rest', 'orders\u202egnp.exe', 'orders\ufffdgnp.exe'],
    ['an isolate', '\u2067abc\u2069', '\ufffdabc\ufffd'],
    ['marks of direction', 'a\u200fb\u200ec\u061cd', 'a\ufffdb\ufffdc\ufffdd'],
    ['a space without width', 'orders\u200bdaily', 'orders\ufffddaily'],
    ['joiners between Latin letters', 'or\u200dde\u200crs', 'or\ufffdde\ufffdrs'],
    ['a mark of byte order', '\ufefforders', '\ufffdorders'],
    ['a soft hyphen', 'or\u00adders', 'or\ufffdders'],
    ['a filler', 'a\u3164b\u115fc', 'a\ufffdb\ufffdc'],
    ['tags that spell a hidden text', 'a\u{e0068}\u{e0069}', 'a\ufffd\ufffd'],
    ['half a character', 'a\ud83db', 'a\ufffdb'],
    ['a colour of a terminal', '\u001b[31mred', '\ufffd[31mred'],
    ['line breaks of all kinds', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ])('%s', (_what, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test('marks that would cover other lines are few', () => {
    expect(printable(`Z${'\u0351'.repeat(500)}`)).toBe(`Z${'\u0351'.repeat(8)}`);
  });

  test.each(['👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽', '1️⃣ ☎️', 'می‌خواهم', 'क्‍ष', 'naïve café', '東京 葛󠄀', 'a\tb\nc'])('%s stays', (text) => {
    expect(printable(text)).toBe(text);
  });

  test('a line of blanks is seen', () => {
    expect(oneLine(' \n\t ')).toBe('\ufffd');
    expect(oneLine('a\n\n b ')).toBe('a b');
  });
});

describe('a cut', () => {
  test.each([
    ['an emoji of several', 'ab👩‍👩‍👧‍👦cd', 6, 'ab…'],
    ['a letter with its accent', 'abe\u0301cdef', 5, 'ab\u0065\u0301…'],
    ['a letter whose accent would be cut off', 'abe\u0301cdef', 4, 'ab…'],
    ['a flag', 'a🇫🇷🇩🇪bc', 8, 'a🇫🇷…'],
    ['nothing when all fits', 'abc', 3, 'abc'],
  ])('leaves %s whole', (_what, text, limit, expected) => {
    expect(cut(text, limit)).toBe(expected);
  });

  test('of one endless emoji is made all the same', () => {
    const endless = '👩\u200d'.repeat(1_000);

    const shown = cut(endless, 300);

    expect(shown.length).toBeGreaterThan(200);
    expect(shown.length).toBeLessThanOrEqual(300);
  });

  test('never leaves half an entity', () => {
    expect(mrkdwn('<<<<', 11)).toBe('&lt;&lt;…');
    expect(plain('a &lt', 4)).toBe('a &…');
  });

  test('keeps its limit and what stands before it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 2, max: 90 }), (text, limit) => {
        const shown = cut(text, limit);

        expect(shown.length).toBeLessThanOrEqual(Math.max(limit, 0));
        expect(text.startsWith(shown.replace(/…$/, ''))).toBe(true);
        expect(shown.isWellFormed()).toBe(text.isWellFormed());
      }),
    );
  });
});

describe('links', () => {
  test.each([
    ['https://x.example/a|b>c<d', '<https://x.example/a%7Cb%3Ec%3Cd|it>'],
    ['https://x.example/?a=1&b=2', '<https://x.example/?a=1&amp;b=2|it>'],
    ['https://x.example/\u202egnp', '<https://x.example/%E2%80%AEgnp|it>'],
    ['https://x.example/a b\nc', '<https://x.example/a%20b%0Ac|it>'],
    ['https://x.example/\ud800', '<https://x.example/%EF%BF%BD|it>'],
    ['javascript:alert(1)', null],
    ['slack://open', null],
    ['<!channel>', null],
    ['', null],
    [`https://x.example/${'a'.repeat(5_000)}`, null],
  ])('%s', (url, expected) => {
    expect(linkTo(url, 'it')).toBe(expected);
  });

  test('a label cannot end the link', () => {
    expect(linkTo('https://x.example/', 'a>b<!here>')).toBe('<https://x.example/|a&gt;b&lt;!here&gt;>');
  });

  test('a time that is none is shown as it is', () => {
    expect(localTime('2026-01-05T09:59:30.000Z')).toMatch(/^<!date\^1767607170\^/);
    expect(localTime('<soon>')).toBe('&lt;soon&gt;');
  });
});

describe('mentions', () => {
  const of = (...mentions: (string | null)[]) => mentionsIn(mentions.map((mention) => ({ mention })));

  test.each(['<!subteam^S012AB3CD>', '<@U012AB3CD>', '<@W012AB3CD>', '<!here>', '<!channel>'])(
    '%s calls',
    (mention) => {
      expect(of(mention)).toBe(mention);
    },
  );

  test.each([
    ['<!everyone>', '&lt;!everyone&gt;'],
    ['<https://x.example|here>', '&lt;https://x.example|here&gt;'],
    ['<@U1|name>', '&lt;@U1|name&gt;'],
    ['@here', '@here'],
    ['<!here', '&lt;!here'],
  ])('%s calls nobody', (mention, shown) => {
    expect(of(mention)).toBe(shown);
  });

  test('several stand in one, and each calls once', () => {
    expect(of('<!here> <@U1>', null, '<@U1>,<!subteam^S1>')).toBe('<!here> <@U1> <!subteam^S1>');
  });
});
