/** `=` or `:`, or what Gson writes for them. */
export const separator = String.raw`(?:[=:]|\\+u003[da])(?:>|\\+u003e)?`;

/**
 * The same after a name without quotes. In a path (`token=2024/part.parquet`), in an ARN and in the id of a run
 * (`execution:rotate-secret:5e0f`) they are a part of it: no secret stands there, and a run that lost its id is lost.
 */
export const separatorOfBare = String.raw`(?=\s*(?:[=:]|\\+u003))(?<!\/[\w.%-]{0,256}|\barn:aws[a-z-]{0,20}:[\w.%$!'()+=@:/*~-]{0,1024})\s*(?:(?::?={1,2}|\\+u003d)(?:>|\\+u003e)?|(?:(?<!:[\w.-]{1,256})|(?=:\s))(?::|\\+u003a))`;

/** A quote at any depth of JSON inside JSON, or what Gson, HTML and XML write for it. */
export const quote = String.raw`(?:\\*["']|\\+u002[27]|&(?:amp;)?(?:quot|apos|#3[49]|#x2[27]);)`;

/** What languages write before the quote of a text: `u'…'` and `rb'…'` in Python, `N'…'` and `E'…'` in SQL. */
export const textPrefix = String.raw`(?:[ubrfne]{0,2}|some\()`;

/**
 * Signs behind which a value is over: white space, a quote, a tag, the end, or the next name with its value. One that is
 * followed by anything else is a part of the value, as in `dor,3&x)y`: passwords that programs make hold all of them.
 */
const closing = String.raw`(?:[,;&>)}\]]{1,8}(?:[\s"'\\]|$|<\/|(?<=[,;&])[a-z][a-z_.-]{1,63}\d?=|(?<=,)(?:[a-z][a-z_.-]{1,63}\d?:|--?[a-z][a-z-]{1,40}(?=[\s,=\])]|$)))|&lt;\/)`;

/** What ends a word that is a value by itself. */
const endsValue = String.raw`(?=[.|]?(?:[\s"'\\]|$|<\/|<br)|${closing})`;

/** The same in code, where the next call may follow. */
const endsInCode = String.raw`(?:${endsValue}|(?=[)\]]\.))`;

/** What ends a word where it is not to be taken for the beginning of a longer one. */
const ends = String.raw`(?![^\s,;&)}\]>|"'\\])`;

/** Words with which an explanation goes on after a name and a colon: `rotate-token: timed out`. */
const explaining =
  'timed|not|is|was|are|has|had|have|must|may|can(?:not)?|could|does|did|do|no|the|an?|access|connection|permission|unable|invalid(?:_\\w{1,24})?|expired|expecting|expected|unexpected|missing|required|optional|incorrect|denied|unknown|unauthorized|forbidden|user|request|received|please|either|both|only|cannot|will|should|it|this|got|lookup|rotation|refresh|version|rows?|count|provider|field|exit|traceback';

/** What is said of a run, by itself or in more words. */
const state =
  '(?:upstream_)?fail(?:ed|ure)?|succeeded|success|running|queued|pending|skipped|aborted|cancell?ed|stopp(?:ed|ing)|start(?:ed|ing)|(?:sig)?killed|sigkill|sigterm|completed?|finished|done|timeout|thrott(?:led|ling)|error|exception|oom|enabled|disabled|ok';

/** The end of a value that is not the beginning of a longer one: `.` ends a sentence. */
const endsSentence = String.raw`[.,;)}\]]{0,2}(?=[\s"'\\]|$)`;

/** What is said of a thing itself, before more of it or at the end. */
export const explained = `(?:${explaining}|${state})(?=[ \\t]|:(?:\\s|$)|${endsSentence})`;

/** Prose after a name and a colon: a word before another word, an explanation, a state or the name of an error. */
const prose = `(?<=:[ \\t]{1,4})(?:${[
  String.raw`[a-z]{1,32}[ \t]+(?:[a-z]{1,32}${endsSentence}|\()`,
  // The name of an error before what is said of it
  String.raw`[a-z]{8,64}:[ \t]+[a-z]{2,32}[ \t]+[a-z]`,
  String.raw`http[ \t]+\d{3}${endsSentence}`,
  explained,
  `(?:states|lambda)\\.\\w{1,64}${endsSentence}`,
  `[\\w.$]{0,128}(?:exception|error|fail(?:ed|ure)|fault)(?=:|${endsSentence})`,
].join('|')})`;

/** A count or a date, of rows or of a partition. */
const count = `(?:\\d{1,3}${endsInCode}|\\d{1,6}[ \\t]+[a-z]{1,32}(?![\\w.-]*[=:])|\\d{4}-\\d\\d(?:-\\d\\d)?${ends})`;

/** What stands for a value that is put in elsewhere: `$TOKEN`, `{password}`, `%DB_PASSWORD%`, `$(cat a)`, `***`. */
export const placeholder = `(?:\\$\\(\\w{1,32}\\s|(?:\\*{3,}(?:\\(redacted\\))?|[<[](?:redacted|hidden|sensitive|masked|filtered)[>\\]]|x{4,}|redacted)${ends}|\\$\\{[\\w.:-]{1,64}\\}${ends}|(?:(?:bearer|basic|token) )?[$%{](?:\\w{0,40}_)?(?:[a-z]{0,2}password|pwd|token|secret|key|credentials?)[}%]?${ends})`;

/**
 * What is no secret after a name like one: nothing, a type, a placeholder, an ARN, a variable or column, an explanation.
 */
export const unlessHarmless = `(?!${[
  String.raw`[[{(]?\[redacted\][)}\]]?${endsValue}`,
  'arn:aws[a-z-]{0,20}:',
  String.raw`\{\{(?:-?\s|[^\s{}]{1,64}\}\}${ends})`,
  // A tag
  String.raw`<\w{1,64}(?:\s|>(?![^\s,;&)}\]>|"'\\.:<]))`,
  String.raw`\((?:known|sensitive|hidden)\b`,
  // What SQL puts in later
  String.raw`(?:\?|%s|%\(\w{1,40}\)s|\$\d{1,2})${endsInCode}`,
  String.raw`:[a-z_]\w{0,40}(?=[,;)\]]{0,3}(?:\s|$))`,
  `(?:null|none|nil|undefined|true|false|string|varchar|text|integer|int|bigint|long|double|boolean|binary|timestamp|date|str)${ends}`,
  '(?:string|varchar|array|map|struct|decimal)[<(]',
  String.raw`(?:self|args|config|cfg|settings|options|params|ctx|conf|var|local|creds|data)\.[a-z_][\w.]{0,80}${ends}`,
  String.raw`os\.(?:environ|getenv)\b|process\.env\b|dbutils\.|(?:[a-z_]\w{0,40}\.){0,4}(?:get|load|read|fetch)_?\w{0,40}\(|json\.loads\(|getenv\(|env_var\(`,
  String.raw`[a-z]\w{0,15}\.\w{0,40}(?:token|password|secret|key|pwd|credentials?)${ends}`,
  '(?:[a-z]{1,16}_)?(?:password|passwd|pwd|token|secret|api_key|credentials)(?=[,)])',
  String.raw`[a-z_]\w{0,40}\[\\*["']`,
  String.raw`\/[\w./-]{1,128}\.(?:json|pem|key|txt|jks|p12)${ends}`,
  '!(?:ref|sub|getatt)(?=\\s)',
  prose,
  count,
  placeholder,
  // Signs alone, as those of a list or of a comparison
  String.raw`[^\w\s"'\\]{1,3}(?=[\s"'\\]|$)`,
].join('|')})`;

/** A quote between two signs of a value that has none around it. */
export const innerQuote = String.raw`["'](?<=[^\s"'\\=:,([{]["'])(?=[\w!#$%*^~|@?])`;

/** A value without quotes, up to white space, a quote around it or what else closes it. */
const plain = String.raw`(?:[^\s"'\\,;&<>)}\]]|(?!${closing})[,;&>)}\]]|<(?!\/|br\s?\/?>|\w{1,64}\s[\w:-]{1,32}=\\*["'])|${innerQuote}|\\(?![\\nrtbfu"'/]|$))+`;

/** The further lines of a value that fills a line, as programs wrap long ones: signs of base64 alone. */
export const wrapped = String.raw`(?:(?<=[\w+/=.~-]{56})(?:\\?\r?\n|(?:\\+r)?\\+n)[ \t]{0,16}(?=[\w+/.~-]{0,56}[\dA-Z=])[\w+/.~-]{4,}={0,2}(?=\s|["'\\,;)}\]]|$))*`;

/** A value that is no plain word, count or date: one with a letter and another sign. */
export const telling = String.raw`(?=[^\s"'\\]{0,64}?[a-z])(?=[a-z_]{0,64}(?:[^\sa-z_"'\\,)\]]|(?!${closing})[,)\]]|${innerQuote}))`;

/** A value without quotes that is a secret. */
export const bare = unlessHarmless + plain + wrapped;
