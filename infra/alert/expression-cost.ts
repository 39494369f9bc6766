import { type Part, UnsuitableExpression } from './expression';
import { areApart, begins, first, isOfOneLength, isOne, mayBeEmpty } from './expression-shape';

/** How often, at the most, an expression looks at a character for each place at which it may begin. */
export interface Cost {
  /** In how many ways the part can take its text, so often what follows is tried. */
  readonly ways: number;
  readonly work: number;
}

/** Where a part stands. */
interface Around {
  /** The characters of which one follows, as they are written; null: it may be anything. */
  readonly after: readonly string[] | null;
  /** Nothing follows that can fail, so that nothing is tried twice. */
  readonly isLast: boolean;
  /** The part directly before, and whether all before it have one length. */
  readonly before: Part | null;
  readonly isFixed: boolean;
  /** What was done before, by one beginning. */
  readonly done: number;
  /** Inside a repetition or a look, where a repetition without an end is run through again and again. */
  readonly isInside: boolean;
}

const alone: Around = { after: null, isLast: true, before: null, isFixed: true, done: 1, isInside: false };

/**
 * How much an expression can cost on the worst text.
 * @throws UnsuitableExpression where it has no bound that grows with the text alone.
 */
export function costOf(part: Part): Cost {
  return cost(part, alone);
}

function cost(part: Part, around: Around): Cost {
  switch (part.kind) {
    case 'character':
      return { ways: 1, work: 1 };
    case 'assertion':
      return { ways: 1, work: part.inner === null ? 1 : workOfLook(part.inner, part.isBehind) };
    case 'sequence':
      return costOfSequence(part.parts, around);
    case 'choice':
      return costOfChoice(part.options, around);
    case 'repeat':
      return costOfRepeat(part, around);
  }
}

/** A look is never taken up again. Looking behind goes backwards, where what stands next to what means something else. */
function workOfLook(inner: Part, isBehind: boolean): number {
  if (isBehind && !(inner.kind === 'choice' ? inner.options : [inner]).every(isOfOneLength)) {
    throw new UnsuitableExpression(
      'looks behind at a text of changing length; look at one character, or a fixed number',
    );
  }
  return cost(inner, { ...alone, isInside: true }).work;
}

function costOfSequence(parts: readonly Part[], around: Around): Cost {
  let [ways, work, isFixed] = [1, 0, around.isFixed];
  for (const [at, part] of parts.entries()) {
    const rest = parts.slice(at + 1);
    const here = cost(part, {
      ...around,
      after:
        rest.every(mayBeEmpty) && around.after === null
          ? null
          : [...rest.flatMap(begins(rest)), ...(around.after ?? [])],
      isLast: around.isLast && rest.every((it) => it.kind === 'repeat' && it.least === 0),
      before: at === 0 ? around.before : (parts[at - 1] ?? null),
      isFixed,
      done: around.done + work,
    });
    work += ways * here.work;
    ways *= here.ways;
    isFixed &&= isOfOneLength(part);
  }
  return { ways, work };
}

function costOfChoice(options: readonly Part[], around: Around): Cost {
  const costs = options.map((it) => cost(it, around));
  const work = costs.reduce((sum, it) => sum + it.work, 0);
  const isClear = options.every(
    (it, at) => !mayBeEmpty(it) && options.slice(at + 1).every((other) => areApart(first(it), first(other))),
  );
  const ways = costs.map((it) => it.ways);
  return { ways: isClear ? Math.max(...ways) : ways.reduce((sum, it) => sum + it, 0), work };
}

function costOfRepeat(part: Part & { readonly kind: 'repeat' }, around: Around): Cost {
  const { inner, least, most, source } = part;
  if (most > 1 && mayBeEmpty(inner)) {
    throw new UnsuitableExpression(`repeats what may be empty, by ${source}; make it take at least one character`);
  }
  const isClear = around.after !== null && areApart(first(inner), around.after);
  if (most === Number.POSITIVE_INFINITY) return costOfEndless(part, around, isClear);
  const once = cost(inner, { ...alone, isLast: false, isInside: around.isInside || most > 1 });
  const isNeverBack = around.isLast && (least === 0 || once.ways === 1);
  const tried = powers(isNeverBack ? 1 : once.ways, most);
  const work = once.work * tried.slice(0, -1).reduce((sum, it) => sum + it, 0);
  if (isNeverBack) return { ways: 1, work };
  const ways = isClear && once.ways === 1 ? 1 : tried.slice(least).reduce((sum, it) => sum + it, 0);
  return { ways, work };
}

/**
 * A repetition without an end is run through once for each text, not once for each character of it, where a character
 * that it cannot take stands directly before it, or where nothing that can fail comes after it.
 */
function costOfEndless(part: Part & { readonly kind: 'repeat' }, around: Around, isClear: boolean): Cost {
  const { inner, source } = part;
  const { before, isLast, isFixed, done, isInside } = around;
  const begun = before !== null && isOne(before) && inner.kind === 'character' && areApart(first(before), first(inner));
  if (isInside || inner.kind !== 'character' || !(isLast || begun)) {
    throw new UnsuitableExpression(
      `can take very long on a hostile text, by ${source}; say how often at the most, such as {1,64}`,
    );
  }
  if (isLast) return { ways: 1, work: 1 };
  return { ways: isFixed && isClear ? 1 : Math.max(2, isFixed ? 2 : done), work: 1 };
}

/** `ways` to the power of 0 … `most`, as far as numbers go. */
function powers(ways: number, most: number): readonly number[] {
  return ways === 1 ? Array<number>(Math.min(most, 1e5) + 1).fill(1) : raised(ways, Math.min(most, 64));
}

function raised(ways: number, most: number): readonly number[] {
  return Array.from({ length: most + 1 }, (_, power) => ways ** power);
}
