/** Whether a glob is a plain text, which is compared as it stands. */
export function isPlain(glob: string): boolean {
  return !glob.includes('*');
}

/** Several stars in a row mean what one means; EventBridge refuses them. */
export function simplified(glob: string): string {
  return glob.replace(/\*+/g, '*');
}

/** A glob as EventBridge's wildcard: a star stands for any characters, and a backslash for itself. */
export function wildcardOf(glob: string): string {
  return simplified(glob).replaceAll('\\', '\\\\');
}

/** Whether some text is met by both globs. */
export function canMeet(one: string, other: string): boolean {
  const known = new Map<string, boolean>();
  function meet(a: number, b: number): boolean {
    const key = `${a} ${b}`;
    const answer = known.get(key) ?? decide(a, b);
    known.set(key, answer);
    return answer;
  }
  function decide(a: number, b: number): boolean {
    if (a === one.length && b === other.length) return true;
    if (one[a] === '*') return meet(a + 1, b) || (b < other.length && meet(a, b + 1));
    if (other[b] === '*') return meet(a, b + 1) || (a < one.length && meet(a + 1, b));
    return one[a] !== undefined && one[a] === other[b] && meet(a + 1, b + 1);
  }
  return meet(0, 0);
}
