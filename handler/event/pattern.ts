import { MonitorError } from '../errors';

/** A value that EventBridge compares exactly. */
export type PatternScalar = string | number | boolean | null;

type TextTest =
  | { readonly prefix: string | readonly string[] }
  | { readonly suffix: string | readonly string[] }
  | { readonly wildcard: string | readonly string[] }
  | { readonly 'equals-ignore-case': string | readonly string[] };

/** One condition of a pattern's list: the operators of EventBridge that the matcher knows. */
export type PatternCondition =
  | PatternScalar
  | { readonly prefix: string }
  | { readonly suffix: string }
  | { readonly wildcard: string }
  | { readonly 'equals-ignore-case': string }
  | { readonly exists: boolean }
  | { readonly 'anything-but': string | number | readonly (string | number)[] | TextTest };

/** The conditions below one key: any of a list, or an object that must match in all its keys. `$or` holds alternatives. */
export interface PatternObject {
  readonly [key: string]: readonly PatternCondition[] | PatternObject | readonly PatternObject[];
}

interface Change {
  readonly 'detail-type': readonly string[];
  readonly detail?: PatternObject;
}

/**
 * An EventBridge event pattern as plain data: the stack deploys it, the handler matches with it. `detail-type` stands
 * beside `source` or in each alternative, never in both: EventBridge does not demand both, the inner one wins.
 * `source` is a list of texts, or a condition where anybody may send the event.
 */
export type EventPattern = { readonly source: readonly PatternCondition[] } & (
  | (Change & { readonly $or?: never })
  | { readonly $or: readonly Change[]; readonly 'detail-type'?: never; readonly detail?: never }
);

/** The detail-types that a pattern lets through, each once. */
export function detailTypesOf(pattern: EventPattern): readonly string[] {
  const changes = pattern.$or ?? [pattern];
  return [...new Set(changes.flatMap((change) => change['detail-type']))];
}

/** The error about a pattern that EventBridge would refuse, or that we do not know how to match. */
export function invalidPattern(reason: string): MonitorError {
  return new MonitorError('PATTERN_INVALID', `Event pattern: ${reason}`);
}
