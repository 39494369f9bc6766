import parse from 'jsonpath-rfc9535/parser';
import type { Place } from '../handler/settings';

/** A JSON path as the names and indexes that lead to its place, or what is wrong with it. */
export type ParsedPath = { readonly place: Place } | { readonly problem: string };

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
  } catch (error) {
    return { problem: `is no JSON path (${error instanceof Error ? error.message : String(error)})` };
  }
}

function stepOf({ type, node }: Segment): string | number | null {
  if (type !== 'ChildSegment') return null;
  if (node.type === 'MemberNameShorthand') return node.value;
  const [selector, ...more] = node.type === 'BracketedSelection' ? node.selectors : [];
  const isOne = selector?.type === 'NameSelector' || selector?.type === 'IndexSelector';
  return isOne && more.length === 0 ? selector.value : null;
}
