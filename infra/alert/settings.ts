import { defaultSettings, type Route, type Settings } from '../../handler/settings';
import { alertOnOf } from '../capture/captured';
import type { Configuration } from '../config-check';
import { ownSettings } from '../own-sources';

/** What the running functions read of a configuration. */
export function settingsOf(config: Configuration): Settings {
  return {
    alertOn: config.alertOn,
    alertOnOf: alertOnOf(config),
    ownSources: ownSettings(config.ownSources),
    routes: routesOf(config),
    silences: config.silences.map(({ from = null, ...said }) => ({ ...said, from })),
    maintenance: config.maintenance.map(({ ends = null, ...said }) => ({ ...said, ends })),
    redactionPatterns: config.redaction.patterns,
    keepPayloads: config.keepPayloads,
  };
}

/** The routes in their order, each filled up by the default route, which is the last. */
function routesOf({ routes, defaultRoute }: Pick<Configuration, 'routes' | 'defaultRoute'>): Route[] {
  const last = filledUp(defaultRoute, fallback);
  return [...routes.map((said, at) => ({ ...filledUp(said, last), name: `routes[${at}]`, match: said.match })), last];
}

/** The default route of an installation that says nothing of routes. */
const fallback = defaultSettings.routes.at(-1) as Route;

function filledUp(said: Configuration['defaultRoute'], last: Route): Route {
  const { cooldownMinutes, ...others } = said;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  const cooldownSeconds = cooldownMinutes === undefined ? last.cooldownSeconds : cooldownMinutes * 60;
  return { ...last, ...given, cooldownSeconds };
}
