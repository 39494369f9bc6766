import type { Part } from './expression';

/** Whether an expression can take an empty text, somewhere. */
export function mayBeEmpty(part: Part): boolean {
  if (part.kind === 'character') return false;
  if (part.kind === 'sequence') return part.parts.every(mayBeEmpty);
  if (part.kind === 'choice') return part.options.some(mayBeEmpty);
  return part.kind === 'assertion' || part.least === 0 || mayBeEmpty(part.inner);
}

/** What a part of a sequence adds to the characters with which it begins: nothing behind one that cannot be empty. */
export function begins(parts: readonly Part[]) {
  const last = parts.findIndex((it) => !mayBeEmpty(it));
  return (part: Part, at: number) => (last < 0 || at <= last ? first(part) : []);
}

/** The characters with which a part can begin, as they are written. */
export function first(part: Part): readonly string[] {
  if (part.kind === 'character') return [part.source];
  if (part.kind === 'sequence') return part.parts.flatMap(begins(part.parts));
  if (part.kind === 'choice') return part.options.flatMap(first);
  return part.kind === 'assertion' ? [] : first(part.inner);
}

/** Whether a part is one character, or so many of the same. */
export function isOne(part: Part): boolean {
  return part.kind === 'character' || (part.kind === 'repeat' && part.least > 0 && part.inner.kind === 'character');
}

/** Whether all that a part takes is of one length. */
export function isOfOneLength(part: Part): boolean {
  if (part.kind === 'sequence') return part.parts.every(isOfOneLength);
  if (part.kind === 'repeat') return part.least === part.most && isOfOneLength(part.inner);
  return part.kind !== 'choice';
}

const units = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code));
const taken = new Map<string, Uint8Array>();

function takenBy(source: string): Uint8Array {
  const known = taken.get(source);
  if (known) return known;
  const form = new RegExp(`^(?:${source})$`);
  const found = Uint8Array.from(units, (unit) => Number(form.test(unit)));
  taken.set(source, found);
  return found;
}

/** Whether no character is one of both. */
export function areApart(some: readonly string[], others: readonly string[]): boolean {
  return some.every((one) =>
    others.every((other) => {
      const [these, those] = [takenBy(one), takenBy(other)];
      return !these.some((is, code) => is === 1 && those[code] === 1);
    }),
  );
}
