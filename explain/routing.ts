import { isAbout } from '../handler/alert/decide/match';
import { routeOf } from '../handler/alert/decide/route';
import type { EventType, StateRecord } from '../handler/record/schema';
import type { Match, Route, Settings } from '../handler/settings';

/** Which route takes a state change, and why. */
export interface Routing {
  readonly route: Route;
  /** The conditions of it that hold. */
  readonly because: readonly string[];
  /** The routes before it, with the conditions that do not hold. */
  readonly passedBy: readonly { readonly name: string; readonly because: readonly string[] }[];
  /** The event types that are told of, and who says so. */
  readonly alertOn: readonly EventType[];
  readonly alertOnOf: string;
}

const columns = {
  service: 'service_type',
  name: 'service_name',
  account: 'account_id',
  region: 'region',
  errorType: 'error_type',
  fingerprint: 'error_fingerprint',
} as const satisfies Record<keyof Match, keyof StateRecord>;

/** Says how a state change finds its route. */
export function routingOf(record: StateRecord, settings: Settings): Routing {
  const route = routeOf(record, settings.routes);
  const before = settings.routes.slice(0, settings.routes.indexOf(route));
  return {
    route,
    because: conditionsOf(route, record).map(({ words }) => words),
    passedBy: before.map((it) => ({
      name: it.name,
      because: conditionsOf(it, record)
        .filter(({ holds }) => !holds)
        .map(({ words }) => words),
    })),
    ...alertOnOf(record, route, settings),
  };
}

function conditionsOf({ match }: Route, record: StateRecord) {
  return (Object.keys(columns) as (keyof Match)[]).flatMap((key) => {
    const globs = match[key];
    if (globs === undefined) return [];
    const holds = isAbout({ [key]: globs }, record);
    const words = `${key} ${record[columns[key]] ?? '(none)'} ${holds ? 'fits' : 'does not fit'} ${globs.join(' or ')}`;
    return [{ holds, words }];
  });
}

function alertOnOf({ service_type }: StateRecord, route: Route, { alertOn, alertOnOf: bySource }: Settings) {
  if (route.alertOn !== null) return { alertOn: route.alertOn, alertOnOf: `alertOn of ${route.name}` };
  const ofSource = Object.hasOwn(bySource, service_type) ? (bySource[service_type] ?? null) : null;
  if (ofSource !== null) return { alertOn: ofSource, alertOnOf: `alertOn of the source ${service_type}` };
  return { alertOn, alertOnOf: 'alertOn of the installation' };
}
