import * as fc from 'fast-check';
import { compilePattern } from '../../../handler/event/match';
import { detailTypesOf } from '../../../handler/event/pattern';

function matches(pattern: unknown, event: unknown): boolean {
  return compilePattern(pattern)(event);
}

/** After "Amazon EventBridge: creating event patterns" and "comparison operators": pattern, event, whether it matches. */
const cases: readonly (readonly [says: string, pattern: unknown, event: unknown, matches: boolean])[] = [
  ['a value of the list', { a: ['x', 'y'] }, { a: 'y' }, true],
  ['no value of the list', { a: ['x', 'y'] }, { a: 'z' }, false],
  ['letters in another case', { a: ['x'] }, { a: 'X' }, false],
  ['a number for its text', { a: ['1'] }, { a: 1 }, false],
  ['a number', { a: [1] }, { a: 1 }, true],
  ['null', { a: [null] }, { a: null }, true],
  ['nothing for null', { a: [null] }, {}, false],
  ['the empty text', { a: [''] }, { a: '' }, true],
  ['fields that the pattern does not name', { a: ['x'] }, { a: 'x', b: 'y' }, true],
  ['only one of two fields', { a: ['x'], b: ['y'] }, { a: 'x' }, false],
  ['a field inside', { d: { s: ['x'] } }, { d: { s: 'x' } }, true],
  ['a text where an object should be', { d: { s: ['x'] } }, { d: 'x' }, false],
  ['an object where a text should be', { d: ['x'] }, { d: { x: 'x' } }, false],
  ['one element of a list', { a: ['x'] }, { a: ['w', 'x'] }, true],
  ['no element of a list', { a: ['x'] }, { a: ['w'] }, false],
  ['an empty list', { a: ['x'] }, { a: [] }, false],
  ['one object of a list as a whole', { l: { k: ['a'], v: ['1'] } }, { l: [{ k: 'a', v: '1' }, { k: 'b' }] }, true],
  [
    'halves of two objects of a list',
    { l: { k: ['a'], v: ['1'] } },
    {
      l: [
        { k: 'a', v: '2' },
        { k: 'b', v: '1' },
      ],
    },
    false,
  ],
  ['an element of a list in a list', { a: ['x'] }, { a: [['w'], ['x']] }, true],
  ['fields of an object in a list in a list', { l: { k: ['a'], v: ['1'] } }, { l: [[{ k: 'a', v: '1' }]] }, true],
  [
    'fields of two objects, demanded on two levels',
    { l: { k: ['a'] }, $or: [{ l: { v: ['1'] } }, { b: ['y'] }] },
    { l: [{ k: 'a' }, { v: '1' }] },
    false,
  ],
  ['anything but a text', { a: [{ 'anything-but': 'x' }] }, { a: 'y' }, true],
  ['the text that it may not be', { a: [{ 'anything-but': 'x' }] }, { a: 'x' }, false],
  ['one of the texts that it may not be', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'y' }, false],
  ['a field that is not there, for anything but', { a: [{ 'anything-but': ['x'] }] }, {}, false],
  ['an object, for anything but', { a: [{ 'anything-but': ['x'] }] }, { a: {} }, false],
  ['anything but a prefix', { a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'yx' }, true],
  ['the prefix that it may not have', { a: [{ 'anything-but': { prefix: ['w', 'x'] } }] }, { a: 'xy' }, false],
  ['the suffix that it may not have', { a: [{ 'anything-but': { suffix: 'y' } }] }, { a: 'xy' }, false],
  ['the wildcard that it may not meet', { a: [{ 'anything-but': { wildcard: 'x*z' } }] }, { a: 'xyz' }, false],
  ['a prefix', { a: [{ prefix: 'aws.' }] }, { a: 'aws.glue' }, true],
  ['a prefix in another case', { a: [{ prefix: 'AWS.' }] }, { a: 'aws.glue' }, false],
  ['a prefix of a number', { a: [{ prefix: '1' }] }, { a: 12 }, false],
  ['a suffix', { a: [{ suffix: '.png' }] }, { a: 'a.png' }, true],
  ['a text in any case', { a: [{ 'equals-ignore-case': 'Alice' }] }, { a: 'aLICE' }, true],
  ['a letter whose capital is two', { a: [{ 'equals-ignore-case': 'ß' }] }, { a: 'SS' }, true],
  ['a capital whose small letter is not its own', { a: [{ 'equals-ignore-case': 'k' }] }, { a: '\u212a' }, false],
  ['a wildcard for nothing', { a: [{ wildcard: 'a*b' }] }, { a: 'ab' }, true],
  ['a wildcard over lines', { a: [{ wildcard: 'a*b' }] }, { a: 'a\n.b' }, true],
  ['a wildcard for the whole text only', { a: [{ wildcard: 'a*b' }] }, { a: 'xaby' }, false],
  ['an escaped star', { a: [{ wildcard: 'a\\*b' }] }, { a: 'a*b' }, true],
  ['an escaped backslash', { a: [{ wildcard: 'a\\\\*' }] }, { a: 'a\\b' }, true],
  ['an escaped star for other letters', { a: [{ wildcard: 'a\\*b' }] }, { a: 'axb' }, false],
  ['characters that are special elsewhere', { a: [{ wildcard: 'a.[b]+*' }] }, { a: 'a.[b]+c' }, true],
  ['a dot for another character', { a: [{ wildcard: 'a.b*' }] }, { a: 'axb' }, false],
  ['a field that is there', { a: [{ exists: true }] }, { a: null }, true],
  ['a field that is not there', { a: [{ exists: true }] }, { b: 1 }, false],
  ['no such field', { a: [{ exists: false }] }, { b: 1 }, true],
  ['a field that should not be there', { a: [{ exists: false }] }, { a: '' }, false],
  ['no such field, beside a list that holds one in a list', { a: [{ exists: false }] }, { a: [['x'], {}] }, false],
  ['no such field in any object of a list', { l: { v: [{ exists: false }] } }, { l: [{ k: 'a' }, {}] }, true],
  ['no such field in one object of a list', { l: { v: [{ exists: false }] } }, { l: [{ k: 'a' }, { v: 1 }] }, false],
  [
    'no such field in the object that meets the field before it',
    { l: { k: ['a'], v: [{ exists: false }] } },
    { l: [{ k: 'a' }, { v: 1 }] },
    true,
  ],
  [
    'no such field, where the field that picks the object comes after it',
    { l: { k: [{ exists: false }], v: ['1'] } },
    { l: [{ k: 'a' }, { v: '1' }] },
    false,
  ],
  ['what is no event', { a: [{ exists: false }] }, ['x'], false],
  ['an object that exists, which is no leaf', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
  ['an empty list that exists', { a: [{ exists: true }] }, { a: [] }, false],
  ['the first alternative', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'x' }, true],
  ['the second alternative', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, true],
  ['no alternative', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'y', b: 'x' }, false],
  ['an alternative without what stands beside', { c: ['z'], $or: [{ a: ['x'] }, { b: ['y'] }] }, { a: 'x' }, false],
  [
    'one of two alternatives that name the same field',
    { $or: [{ a: ['x'], d: { s: ['y'] } }, { a: ['z'] }] },
    { a: 'z', d: { s: 'w' } },
    true,
  ],
  ['half of an alternative', { $or: [{ a: ['x'], d: { s: ['y'] } }, { a: ['z'] }] }, { a: 'x', d: { s: 'w' } }, false],
  ['alternatives inside a field', { d: { $or: [{ a: ['x'] }, { b: ['y'] }] } }, { d: { b: 'y' } }, true],
  ['one of several conditions', { a: [{ prefix: 'x' }, 'y', { exists: false }] }, {}, true],
  ['what every object inherits', { constructor: [{ exists: true }] }, {}, false],
];

const refused: readonly (readonly [says: string, pattern: unknown])[] = [
  ['a text', 'x'],
  ['nothing', null],
  ['a list', []],
  ['no field', {}],
  ['a field without conditions', { a: [] }],
  ['an object without fields', { a: {} }],
  ['a value without its list', { a: 'x' }],
  ['an unknown operator', { a: [{ startsWith: 'x' }] }],
  ['two operators in one condition', { a: [{ prefix: 'x', suffix: 'y' }] }],
  ['two operators in one anything-but', { a: [{ 'anything-but': { prefix: 'x', suffix: 'y' } }] }],
  ['an empty anything-but', { a: [{ 'anything-but': [] }] }],
  ['an empty operator in anything-but', { a: [{ 'anything-but': {} }] }],
  ['anything but null', { a: [{ 'anything-but': null }] }],
  ['anything but texts and numbers together', { a: [{ 'anything-but': ['x', 1] }] }],
  ['anything but an empty prefix', { a: [{ 'anything-but': { prefix: '' } }] }],
  ['anything but no wildcard', { a: [{ 'anything-but': { wildcard: [] } }] }],
  ['anything but a wildcard, beside another condition', { a: [{ 'anything-but': { wildcard: '*y' } }, 'x'] }],
  ['an emoji in any case', { a: [{ 'equals-ignore-case': '🚀' }] }],
  ['a key with a dot', { 'a.b': ['x'] }],
  ['more alternatives than EventBridge takes', { $or: Array.from({ length: 1_001 }, (_, at) => ({ a: [at] })) }],
  ['exists of a text', { a: [{ exists: 'true' }] }],
  ['a prefix of a number', { a: [{ prefix: 1 }] }],
  ['one alternative', { $or: [{ a: ['x'] }] }],
  ['alternatives that are no objects', { $or: ['x', 'y'] }],
  ['a list in a list', { a: [['x']] }],
  ['a field beside alternatives that name it, too', { a: ['x', 'y'], $or: [{ a: ['x'] }, { b: ['y'] }] }],
  ['such a field deeper inside', { d: { s: ['x'] }, $or: [{ d: { s: ['y'] } }, { b: ['y'] }] }],
  [
    'such a field in alternatives of alternatives',
    { a: ['x'], $or: [{ $or: [{ a: ['y'] }, { c: ['y'] }] }, { b: ['y'] }] },
  ],
  ['two stars in a row', { a: [{ wildcard: 'a**b' }] }],
  ['two stars in a row that it may not meet', { a: [{ 'anything-but': { wildcard: 'a**' } }] }],
  ['a backslash before a letter', { a: [{ wildcard: 'a\\b' }] }],
  ['a backslash before nothing', { a: [{ wildcard: 'a\\' }] }],
];

describe('an event pattern', () => {
  it.each(cases)('decides on %s', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  it.each(refused)('is refused when it holds %s', (_, pattern) => {
    expect(() => compilePattern(pattern)).toThrow(expect.objectContaining({ code: 'PATTERN_INVALID' }));
  });

  it('may hold alternatives on different levels that name different fields', () => {
    const pattern = { d: { s: ['x'], $or: [{ k: ['1'] }, { k: ['2'] }] }, $or: [{ a: ['x'] }, { d: { t: ['y'] } }] };

    expect(matches(pattern, { d: { s: 'x', k: '2', t: 'y' } })).toBe(true);
    expect(matches(pattern, { d: { s: 'x', k: '3', t: 'y' } })).toBe(false);
  });

  it('lets through the detail-types of all its alternatives, each once', () => {
    expect(detailTypesOf({ source: ['s'], 'detail-type': ['a', 'b'] })).toEqual(['a', 'b']);
    expect(detailTypesOf({ source: ['s'], $or: [{ 'detail-type': ['b'] }, { 'detail-type': ['a', 'b'] }] })).toEqual([
      'b',
      'a',
    ]);
  });

  it('is decided at once where large lists could be combined in many ways', () => {
    const many = Array.from({ length: 50_000 }, (_, at) => `x${at}`);
    const pattern = { d: { a: [{ prefix: 'x' }], b: [{ prefix: 'x' }], c: ['y'] } };

    expect(matches(pattern, { d: { a: many, b: many, c: many } })).toBe(false);
  });

  it('says where it is wrong', () => {
    expect(() => compilePattern({ detail: { state: [{ startsWith: 'x' }] } })).toThrow(/pattern\.detail\.state/);
  });
});

const scalar = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.constant(null));
const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const fields = fc.array(fc.tuple(key, scalar), { minLength: 1 }).map((entries) => Object.fromEntries(entries));
const listed = (event: object) => Object.fromEntries(Object.entries(event).map(([name, value]) => [name, [value]]));

describe('the laws of patterns', () => {
  it('the pattern of an event matches it, with whatever stands beside', () => {
    fc.assert(
      fc.property(fields, fields, (event, more) => {
        expect(matches(listed(event), { ...more, ...event })).toBe(true);
      }),
    );
  });

  it('one more field in a pattern never lets more through', () => {
    fc.assert(
      fc.property(fields, fields, fields, (event, one, two) => {
        const both = { ...listed(two), ...listed(one) };

        expect(matches(both, event) && !matches(listed(one), event)).toBe(false);
      }),
    );
  });

  it('one more value in a list never shuts out', () => {
    fc.assert(
      fc.property(scalar, scalar, scalar, (value, one, two) => {
        expect(matches({ a: [one] }, { a: value }) && !matches({ a: [one, two] }, { a: value })).toBe(false);
      }),
    );
  });

  it('of a value, and of anything but it, a text or number meets exactly one', () => {
    const plain = fc.oneof(fc.string({ maxLength: 2 }), fc.integer({ min: 0, max: 2 }));

    fc.assert(
      fc.property(plain, plain, (value, other) => {
        expect(matches({ a: [{ 'anything-but': [other] }] }, { a: value })).toBe(
          !matches({ a: [other] }, { a: value }),
        );
      }),
    );
  });

  it('a field exists or does not', () => {
    fc.assert(
      fc.property(fields, key, (event, name) => {
        const entry = (exists: boolean) => Object.fromEntries([[name, [{ exists }]]]);

        expect(matches(entry(true), event)).toBe(!matches(entry(false), event));
      }),
    );
  });

  it('a wildcard without a star is the text, and with stars finds what it was made of', () => {
    const escaped = (text: string) => text.replace(/[\\*]/g, '\\$&');

    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }),
        fc.string(),
        (parts, filling) => {
          const pattern = { a: [{ wildcard: parts.map(escaped).join('*') }] };

          expect(matches(pattern, { a: parts.join(filling) })).toBe(true);
          expect(matches({ a: [{ wildcard: escaped(filling) }] }, { a: filling })).toBe(true);
        },
      ),
    );
  });

  it('any JSON is matched or not, and never throws', () => {
    const pattern = compilePattern({
      a: [{ exists: true }],
      b: { c: [{ 'anything-but': ['x'] }, { wildcard: 'a*' }] },
    });

    fc.assert(fc.property(fc.jsonValue(), (event) => typeof pattern(event) === 'boolean'));
  });
});
