import parse from 'jsonpath-rfc9535/parser';
import type { Place } from '../handler/settings';

/** A JSON path as the names and indexes that lead to its place, or what is wrong with it. */
export type ParsedPath = { readonly place: Place } | { readonly problem: string };

/** What people get wrong, and what right looks like. */
const grammar = 'one begins with $, and puts a name of more than letters, digits and _ in brackets and quotes';
const example = "take $.detail.errors[0].message or $.detail['my-key'] as an example";

type Segment = ReturnType<typeof parse>['segments'][number];

/**
 * Reads a JSON path (RFC 9535) of one place, which the standard calls a singular query. The functions follow names and
 * indexes without the parser: it would make their bundle a third larger.
 */
export function parsePath(path: string): ParsedPath {
  try {
    const steps = parse(path).segments.map(stepOf);
    const place = steps.filter((step) => step !== null);
    return place.length === steps.length
      ? { place }
      : { problem: 'may lead to several places; take names and indexes only, such as $.detail.errors[0].message' };
  } catch {
    return { problem: `is no JSON path: ${grammar}; ${meant(path) ?? example}` };
  }
}

function stepOf({ type, node }: Segment): string | number | null {
  if (type !== 'ChildSegment') return null;
  if (node.type === 'MemberNameShorthand') return node.value;
  const [selector, ...more] = node.type === 'BracketedSelection' ? node.selectors : [];
  const isOne = selector?.type === 'NameSelector' || selector?.type === 'IndexSelector';
  return isOne && more.length === 0 ? selector.value : null;
}

/** The path that was probably meant, with `$` in front and its odd names in brackets; null when that is no path either. */
function meant(path: string): string | null {
  const steps = path.replace(/^\$?\.?/, '.').replace(/\.([^.[\]'"*]+)/g, (step, name: string) => {
    return /^[A-Za-z_]\w*$/.test(name) ? step : `['${name}']`;
  });
  try {
    parse(`$${steps}`);
    return `write $${steps}`;
  } catch {
    return null;
  }
}
