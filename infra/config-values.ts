import * as v from 'valibot';

/** What every service takes as the key or the value of a tag (AWS, "Tag naming limits and requirements"). */
const tagText = /^(?!aws:)[\p{L}\p{N}\p{Zs}_.:/=+\-@]{0,256}$/iu;

/**
 * Whom Lake Formation can grant something by a plain grant (Lake Formation guide, "Lake Formation permissions reference").
 * Accounts and organisations are none: they need a share of AWS RAM, and grants that they may pass on.
 */
const lakeFormationPrincipal = new RegExp(
  [
    /^arn:aws[a-z-]*:iam::\d{12}:(user|role)\/[\w+=,.@/-]+$/,
    /^arn:aws[a-z-]*:iam::\d{12}:saml-provider\/[\w.-]+:(user|group)\/.+$/,
    /^arn:aws[a-z-]*:quicksight:[a-z\d-]+:\d{12}:(user|group)\/.+$/,
    /^arn:aws[a-z-]*:identitystore:::(user|group)\/[\w-]+$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** A number of days with a default. */
export function days(fallback: number, meaning: string) {
  const whole = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650));
  return v.optional(v.pipe(whole, v.title('whole number of days from 1 to 3650'), v.description(meaning)), fallback);
}

/** A text that is not empty. */
export function text(type: string, meaning: string) {
  return v.pipe(v.string(), v.nonEmpty(), v.title(type), v.description(meaning));
}

/** An instant with its zone, given back in UTC. */
export function instant(meaning: string) {
  return v.pipe(
    v.string(),
    v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/),
    v.check((said) => !Number.isNaN(Date.parse(said)) && isDay(said.slice(0, 10))),
    v.transform((said) => new Date(said).toISOString()),
    v.title('time with its zone, such as 2026-01-05T08:00:00Z or 2026-01-05T09:00+01:00'),
    v.description(meaning),
  );
}

/** The clock takes the 30th of February for the 2nd of March. */
function isDay(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
}

/** Keys and values of tags. */
export const tags = v.pipe(
  v.record(v.pipe(v.string(), v.regex(tagText), v.nonEmpty(), v.maxLength(128)), v.pipe(v.string(), v.regex(tagText))),
  v.title('object of tag keys and values (letters, digits, spaces and _.:/=+-@, not aws:… at the beginning)'),
  v.description('Tags of every resource'),
);

/** Who may read the rows where Lake Formation decides. */
export const lakeFormation = v.strictObject({
  readers: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.regex(lakeFormationPrincipal))),
      v.title(
        'list of ARNs of this account: IAM roles and users, users and groups of SAML, QuickSight or Identity Center',
      ),
      v.description(
        'Where Lake Formation governs the catalogue: who may read the table and the views. With the key `lakeFormation`, even empty, Firehose is granted what it needs',
      ),
    ),
    [],
  ),
});
