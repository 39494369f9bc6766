import type { Configuration } from '../config-check';
import { quietProblems } from './quiet';
import { redactionProblems } from './redaction';
import { routeProblems } from './routing';

/** What is wrong with what is said of alerts; one sentence each, with the place. */
export function alertProblems(config: Configuration): readonly string[] {
  return [...routeProblems(config), ...quietProblems(config), ...redactionProblems(config.redaction.patterns)];
}
