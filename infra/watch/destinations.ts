import { destinationsIn } from '../capture/destinations';
import { type Alarm, above, aboveInAny, type Metric, sum } from './alarm';

/** What functions could not deliver to their destinations, all of them together. */
export const destinationQuery = 'SELECT SUM(DestinationDeliveryFailures) FROM SCHEMA("AWS/Lambda", FunctionName)';

/** What each function that is named could not deliver; its aliases are counted in it. */
export function destinationMetrics(lambdaDestinations: readonly string[]): readonly Metric[] {
  const functions = destinationsIn(lambdaDestinations).exact.map((name) => name.replace(/:.*$/, ''));
  return [...new Set(functions)].map((FunctionName) =>
    sum('AWS/Lambda', 'DestinationDeliveryFailures', { FunctionName }),
  );
}

/**
 * Whether functions reach the topic. Which functions globs find, Terraform knows and an alarm cannot be told, so with
 * globs it looks at all functions of the account.
 */
export function destinationAlarms(lambdaDestinations: readonly string[]): readonly Alarm[] {
  const [id, heading] = ['destinations', 'A function cannot tell the topic'] as const;
  if (destinationsIn(lambdaDestinations).globs.length === 0) {
    return aboveInAny(id, heading, destinationMetrics(lambdaDestinations));
  }
  const ofAll = above(id, heading, sum('AWS/Lambda', 'DestinationDeliveryFailures', {}));
  return [{ ...ofAll, query: destinationQuery }];
}
