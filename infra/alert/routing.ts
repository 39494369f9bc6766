import type { Configuration } from '../config-check';
import { matchProblems, takesAllOf } from './matching';

/** What is wrong with the routes; one sentence each, with the place. */
export function routeProblems(config: Configuration): readonly string[] {
  const { routes } = config;
  return routes.flatMap(({ match }, at) => {
    const where = `config.ts: routes[${at}]`;
    const wrong = matchProblems(match, `${where}.match`, config);
    if (wrong.length > 0) return wrong;
    const before = routes.slice(0, at).findIndex((other) => takesAllOf(other.match, match));
    if (before >= 0) {
      return [
        `${where} is never reached: routes[${before}] takes all that it takes; put it before routes[${before}], or take it out`,
      ];
    }
    if (!takesAllOf(match, { name: ['*'] })) return [];
    return [`${where} takes everything; say it by defaultRoute, which takes what no route before it took`];
  });
}
