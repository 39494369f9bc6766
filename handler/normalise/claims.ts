import type { CapturedEvent } from '../event/captured-event';
import type { JsonObject } from '../event/json';
import { compilePattern } from '../event/match';
import { keysOfEvent, keysOfPattern } from '../event/pattern-keys';
import type { SourceFields } from './source';

/** What can claim an event and read it: a built-in source, or one of the user's own. */
export interface Claimant {
  readonly name: string;
  readonly pattern: object;
  readonly normalise: (event: CapturedEvent) => SourceFields;
}

/** A claimant, and whether its pattern takes an event. */
export interface Claim {
  readonly claimant: Claimant;
  readonly matches: (event: JsonObject) => boolean;
}

/** Finds those who may claim an event, by its `source` and `detail-type`. */
export type Claims = (source: string, detailType: string) => readonly Claim[];

/**
 * Indexes claimants by `source` and `detail-type`, so that finding one stays flat as sources grow; those who come first
 * claim first.
 */
export function claimsOf(claimants: readonly Claimant[]): Claims {
  const index = new Map<string, Claim[]>();
  const places = new Map<Claim, number>();
  for (const claimant of claimants) {
    const claim = { claimant, matches: compilePattern(claimant.pattern) };
    places.set(claim, places.size);
    for (const key of keysOfPattern({ ...claimant.pattern })) {
      index.set(key, [...(index.get(key) ?? []), claim]);
    }
  }
  const placeOf = (claim: Claim) => places.get(claim) ?? 0;
  return (source, detailType) =>
    keysOfEvent(source, detailType)
      .flatMap((key) => index.get(key) ?? [])
      .sort((a, b) => placeOf(a) - placeOf(b));
}
