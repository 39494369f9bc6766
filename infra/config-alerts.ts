import * as v from 'valibot';
import type { EventType } from '../handler/record/schema';
import { isTimeZone, longestCooldownSeconds, severities, weekdays } from '../handler/settings';
import { instant, text } from './config-values';

/**
 * The event types that can be told: what went wrong, or was stopped. A success is told as the recovery from a failure,
 * and a start or a retry asks nobody to do anything.
 */
export const toldTypes = ['failed', 'timeout', 'delayed', 'overdue', 'stopped'] as const satisfies readonly EventType[];

/** A list of {@link toldTypes}. */
export const listOfTold = v.array(v.picklist(toldTypes));

/** Who is called in a message, as Slack writes it. */
const mention = /^<(!subteam\^S[A-Z0-9]{2,20}|@[UW][A-Z0-9]{2,20}|!here|!channel)>$/;

/** A link that stays one inside Slack's own signs. */
const link = /^https:\/\/[^\s<>|"/?#]+([/?#][^\s<>|"]*)?$/;

const longestCooldown = longestCooldownSeconds / 60;

/** One text or several, any of which must fit; always given back as a list. */
function condition(form: RegExp, type: string, meaning: string) {
  const glob = v.pipe(v.string(), v.regex(form));
  return v.exactOptional(
    v.pipe(
      v.union([glob, v.pipe(v.array(glob), v.minLength(1))]),
      v.transform((said) => (typeof said === 'string' ? [said] : said)),
      v.title(type),
      v.description(meaning),
    ),
  );
}

const anyText = /\S/;

/** Which failures are meant: all that is said must hold; of a list, any. */
const match = v.strictObject({
  service: condition(anyText, 'source or list of them, globs with *', 'The failures that are meant, by `service_type`'),
  name: condition(anyText, 'name of a task or list of them, globs with *', 'By `service_name`'),
  account: condition(/^(\d{12}|[\d*]*\*[\d*]*)$/, 'twelve digits or list of them, globs with *', 'By `account_id`'),
  region: condition(/^[a-z\d*-]+$/, 'region of AWS or list of them, globs with *', 'By `region`'),
  errorType: condition(anyText, 'class of an error or list of them, globs with *', 'By `error_type`'),
  fingerprint: condition(anyText, 'fingerprint or list of them, globs with *', 'By `error_fingerprint`'),
});

/** Of a route: `null` takes back what the default route says. */
const telling = {
  channel: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^[a-z0-9_-]{1,64}$/),
      v.title('key of the secret: small letters, digits, _ and -, at most 64'),
      v.description('Where it is told: the key of the secret that holds the webhook of the channel'),
    ),
  ),
  mention: v.exactOptional(
    v.pipe(
      v.union([v.null(), v.pipe(v.string(), v.regex(mention))]),
      v.title('"<!subteam^S…>", "<@U…>", "<!here>", "<!channel>", or null for nobody'),
      v.description('Who is called in the message'),
    ),
  ),
  runbook: v.exactOptional(
    v.pipe(
      v.union([v.null(), v.pipe(v.string(), v.url(), v.regex(link), v.maxLength(1_000))]),
      v.title('https URL without blanks and without < > | ", or null for none'),
      v.description('What to do then; a link in the message'),
    ),
  ),
  severity: v.exactOptional(
    v.pipe(
      v.picklist(severities),
      v.title(severities.map((it) => `"${it}"`).join(', ')),
      v.description('How bad it is: the sign of the message, and the order within a list'),
    ),
  ),
  alertOn: v.exactOptional(
    v.pipe(
      listOfTold,
      v.title(`list of ${toldTypes.join(', ')}`),
      v.description('What is told; left out, what the source or the installation says'),
    ),
  ),
  cooldownMinutes: v.exactOptional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(0),
      v.maxValue(longestCooldown),
      v.title(`whole number of minutes from 0 to ${longestCooldown} (a week)`),
      v.description('How long the same error of a task is counted and not told again; 0 tells every one'),
    ),
  ),
};

/** Where failures are told; the first that fits takes them. What no single value can tell is checked by `alert/routing.ts`. */
export const routes = v.array(v.strictObject({ match, ...telling }));

/** Where all is told that no route takes, and what routes leave out. */
export const defaultRoute = v.strictObject(telling);

const reason = (meaning: string) =>
  v.pipe(text('text that is not empty, of at most 200 characters', meaning), v.regex(/\S/), v.maxLength(200));

/** Times in which failures are kept and told to nobody. */
export const silences = v.array(
  v.strictObject({
    match,
    from: v.exactOptional(instant('When it begins; left out, it holds for all before its end')),
    until: instant('When it ends'),
    reason: reason('Why; the ledger keeps it with each failure'),
  }),
);

const clock = (meaning: string) =>
  v.pipe(
    v.string(),
    v.regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    v.title('time of day from 00:00 to 23:59'),
    v.description(meaning),
  );

/** The same every week. */
export const maintenance = v.array(
  v.strictObject({
    match,
    days: v.pipe(
      v.array(v.picklist(weekdays)),
      v.minLength(1),
      v.title(`list of ${weekdays.join(', ')}`),
      v.description('The days on which it begins'),
    ),
    from: clock('When it begins, by the clock of `timeZone`'),
    until: clock('When it ends; a time that is not later than `from` is on the day after'),
    timeZone: v.pipe(
      v.string(),
      v.check(isTimeZone),
      v.title('time zone such as Europe/Berlin or UTC'),
      v.description('Whose clock is meant, with its summer time'),
    ),
    ends: v.exactOptional(instant('From when on it is not repeated any more')),
    reason: reason('Why; the ledger keeps it with each failure'),
  }),
);

/** What is taken out of every text besides the secrets that are known; checked by `alert/redaction.ts`. */
export const redaction = v.strictObject({
  patterns: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(500))),
      v.maxLength(50),
      v.title('list of at most 50 regular expressions of at most 500 characters, as texts'),
      v.description('What is taken out of every text like a secret; see docs/alerts.md'),
    ),
    [],
  ),
});

/** Which failures a route, a silence or a maintenance is about, as checked. */
export type MatchInput = v.InferOutput<typeof match>;
