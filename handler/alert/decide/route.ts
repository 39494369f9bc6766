import type { StateRecord } from '../../record/schema';
import type { Route } from '../../settings';
import { isAbout } from './match';

/** The first route that is about a state change; the last one of the settings is about all. */
export function routeOf(record: StateRecord, routes: readonly Route[]): Route {
  const route = routes.find(({ match }) => isAbout(match, record)) ?? routes.at(-1);
  if (route === undefined) throw new TypeError('Settings without a route; parseSettings always gives one');
  return route;
}
