const unseen = '\ufffd';

const ellipsis = '…';

/** A character is rarely of more units than this; one that is (a chain of joined emoji) is cut on a code point. */
const longestGrapheme = 64;

/** So many marks above and below one letter are of some language; more are there to cover the lines around. */
const tooManyMarks = /(\p{M}{8})\p{M}+/gu;

/** Letters between which a joiner without width decides how they look. */
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Bengali}\p{Script=Devanagari}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}]$/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A text as it can be shown. What nobody sees, or what turns the text around it - control characters but for newline and
 * tab, marks of direction, characters without width, halves of characters - stands as U+FFFD, so that one sees that
 * there is something. What an emoji or a letter of some scripts is made of stays.
 */
export function printable(text: string): string {
  if (/^[\t\n\x20-\x7e]*$/.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .toWellFormed()
    .replace(
      /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu,
      (sign, at: number, whole: string) =>
        isPart(sign, whole.slice(Math.max(0, at - 4), at), whole.slice(at + sign.length, at + sign.length + 2))
          ? sign
          : unseen,
    )
    .replace(tooManyMarks, '$1');
}

/** A text that can be shown in one line; one of blanks alone is seen, too. */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim() || unseen;
}

/** A text cut to at most `limit` UTF-16 units where a character ends, not inside one. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = Math.max(0, limit - ellipsis.length);
  const start = graphemes.segment(text.slice(0, room + longestGrapheme)).containing(room)?.index ?? room;
  const end = room - start < longestGrapheme ? start : room;
  return text.slice(0, end).replace(/[\ud800-\udbff]$/, '') + ellipsis;
}

/** Whether a character that is not seen by itself belongs to the emoji or the letter before it. */
function isPart(sign: string, before: string, after: string): boolean {
  switch (sign) {
    case '\ufe0e':
    case '\ufe0f':
      return (
        /[\p{Extended_Pictographic}\p{Script=Han}]$/u.test(before) || (/[0-9#*]$/.test(before) && after[0] === '\u20e3')
      );
    case '\u200d':
      return (
        joining.test(before) ||
        (/(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u.test(before) &&
          /^\p{Extended_Pictographic}/u.test(after))
      );
    case '\u200c':
      return joining.test(before);
    default:
      return /[\u{e0100}-\u{e01ef}]/u.test(sign) && /\p{Script=Han}$/u.test(before);
  }
}
