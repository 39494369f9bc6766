/** A mark that says how much a cut took away. */
function markOf(length: number): string {
  return `… [cut, ${length} characters in all]`;
}

/** The text, cut on a code point to at most `limit` UTF-16 units, the cut marked with the whole length. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  const mark = markOf(text.length);
  const end = limit - mark.length;
  const unit = text.charCodeAt(end - 1);
  const splitsPair = unit >= 0xd800 && unit <= 0xdbff;
  return text.slice(0, splitsPair ? end - 1 : end) + mark;
}

/** A non-negative whole number that JavaScript holds exactly, from a number or its text; else null. */
export function wholeNumberOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
