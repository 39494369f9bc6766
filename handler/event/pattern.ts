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

/** An EventBridge event pattern as plain data: the stack deploys it, the handler matches with it. */
export interface EventPattern extends PatternObject {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
}
