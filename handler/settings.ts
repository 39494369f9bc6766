import * as v from 'valibot';
import { type EventType, eventTypes } from './record/schema';

/** Event types that this version knows. A list that holds only unknown ones is not read as "never alert". */
const knownTypes = v.pipe(
  v.array(v.unknown()),
  v.check((values) => values.length === 0 || eventTypes.some((type) => values.includes(type))),
  v.transform((values): EventType[] => eventTypes.filter((type) => values.includes(type))),
);

/** Where something stands in an event: the names and indexes that lead there from its root. */
export type Place = readonly (string | number)[];

/** An element that is neither leads nowhere. */
const place = v.pipe(
  v.array(v.unknown()),
  v.transform((steps) => steps as Place),
);

const ownSource = v.object({
  name: v.string(),
  pattern: v.record(v.string(), v.unknown()),
  fields: v.object({ service_name: place, state: place, others: v.record(v.string(), place) }),
  states: v.record(v.string(), v.string()),
  replaces: v.nullable(v.string()),
});

/** One element that another version wrote and this one cannot read costs that element, not the whole list. */
const ownSources = v.pipe(
  v.array(v.fallback(v.nullable(ownSource), null)),
  v.transform((all) => all.filter((it) => it !== null)),
);

/** The key of the secret under which the default channel's webhook stands. */
export const defaultChannel = 'slack_webhook';

/** How bad a failure is; it decides the sign in front of a message and the order within a group. */
export const severities = ['critical', 'error', 'warning'] as const;

/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** The days of a week, as a maintenance window names them. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const texts = v.array(v.string());

/**
 * Which state changes a route or a silence is about: all that is said must hold, of a list any; names are globs with `*`.
 * A condition that this version does not know makes the whole unreadable: left out, it would match more than was meant.
 */
const match = v.pipe(
  v.unknown(),
  v.check((it) => !Array.isArray(it)),
  v.strictObject({
    service: v.optional(texts),
    name: v.optional(texts),
    account: v.optional(texts),
    region: v.optional(texts),
    errorType: v.optional(texts),
    fingerprint: v.optional(texts),
  }),
);

/** A cooldown lasts a week at the most. */
export const longestCooldownSeconds = 604_800;

const route = v.object({
  /** What the ledger calls it: `default`, or its place in `config.ts`. */
  name: v.string(),
  match,
  /** The key of the secret under which the channel's webhook stands. */
  channel: v.string(),
  mention: v.fallback(v.nullable(v.string()), null),
  runbook: v.fallback(v.nullable(v.string()), null),
  severity: v.fallback(v.picklist(severities), 'error'),
  /** Null leaves it to the source and the installation. */
  alertOn: v.fallback(v.nullable(knownTypes), null),
  cooldownSeconds: v.fallback(v.pipe(v.number(), v.minValue(0), v.maxValue(longestCooldownSeconds)), 3_600),
});

/** Where alerts go that no route of the user takes. */
const defaultRoute: Route = {
  name: 'default',
  match: {},
  channel: defaultChannel,
  mention: null,
  runbook: null,
  severity: 'error',
  alertOn: null,
  cooldownSeconds: 3_600,
};

const note = 'A route of config.ts cannot be read, so this may belong into another channel: deploy again.';

/**
 * The routes in their order; one that cannot be read is left out, and the last takes whatever no other took. It says
 * so then, because nobody would look for what never came into a channel.
 */
const routes = v.pipe(
  v.array(v.fallback(v.nullable(route), null)),
  v.transform((all): Route[] => {
    const read: readonly Route[] = all.filter((it) => it !== null);
    const last = read.at(-1);
    const [others, standing] = last?.name === defaultRoute.name ? [read.slice(0, -1), last] : [read, defaultRoute];
    return [...others, read.length === all.length ? standing : { ...standing, note }];
  }),
);

/** Times are ISO 8601 in UTC; `from` null: from ever on. */
const silence = v.object({
  match,
  from: v.optional(v.nullable(v.string()), null),
  until: v.string(),
  reason: v.string(),
});

/** Whether a time zone is known here by its name; offsets such as `+02:00` are not, to some versions of Node. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

const clock = v.pipe(v.string(), v.regex(/^\d\d:\d\d$/));

const maintenance = v.object({
  match,
  days: v.array(v.picklist(weekdays)),
  /** `HH:MM` on the clock of `timeZone`; an end that is not later than the beginning is on the day after. */
  from: clock,
  until: clock,
  timeZone: v.pipe(v.string(), v.check(isTimeZone)),
  /** ISO 8601: no window begins from then on; null: none ever ends. */
  ends: v.optional(v.nullable(v.string()), null),
  reason: v.string(),
});

/** A list of which every element that cannot be read costs itself. */
function readable<T>(element: v.GenericSchema<unknown, T>) {
  return v.pipe(
    v.array(v.fallback(v.nullable(element), null)),
    v.transform((all): T[] => all.filter((it): it is NonNullable<typeof it> => it !== null)),
  );
}

/** Which state changes a route or a silence is about. */
export type Match = Readonly<v.InferOutput<typeof match>>;

/** Where and how an alert is told; `note` is said with whatever is told by it. */
export type Route = Readonly<v.InferOutput<typeof route>> & { readonly note?: string };

/** A time in which alerts are kept, but told to nobody. */
export type Silence = Readonly<v.InferOutput<typeof silence>>;

/** The same every week. */
export type Maintenance = Readonly<v.InferOutput<typeof maintenance>>;

/**
 * What a running function reads of `config.ts`: one JSON object in the bucket, named by the hash of its content.
 * A value that another version wrote and this one cannot read falls back to its default; unknown keys and event types
 * are ignored.
 */
const schema = v.object({
  alertOn: v.fallback(knownTypes, ['failed', 'timeout', 'delayed', 'overdue']),
  /** By `service_type`, where it is not as `alertOn` says. */
  alertOnOf: v.fallback(v.record(v.string(), v.fallback(v.nullable(knownTypes), null)), {}),
  ownSources: v.fallback(ownSources, []),
  routes: v.optional(v.fallback(routes, [{ ...defaultRoute, note }]), [defaultRoute]),
  silences: v.fallback(readable(silence), []),
  maintenance: v.fallback(readable(maintenance), []),
  /** Sources of regular expressions: what they match is taken out like a secret. */
  redactionPatterns: v.fallback(texts, []),
  keepPayloads: v.fallback(v.boolean(), false),
});

/**
 * The settings: which event types alert, the sources that the user declares, and whether `detail` keeps business
 * payloads.
 */
export type Settings = Readonly<v.InferOutput<typeof schema>>;

/** A source that the user declares in `config.ts`, its paths parsed. */
export type OwnSource = v.InferOutput<typeof ownSource>;

/**
 * Reads the text of a silence, which `npm run silence` puts into the bucket.
 * @returns null when it is none.
 */
export function parseSilence(text: string): Silence | null {
  try {
    const result = v.safeParse(silence, JSON.parse(text));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

/** The settings of a default installation. */
export const defaultSettings: Settings = v.parse(schema, {});

/**
 * Reads the text of a settings object.
 * @returns the settings, or null when the text is not a JSON object at all.
 */
export function parseSettings(text: string): Settings | null {
  try {
    const value: unknown = JSON.parse(text);
    const result = v.safeParse(schema, value);
    return result.success && !Array.isArray(value) ? result.output : null;
  } catch {
    return null;
  }
}
