import { after, type Pattern, quotedAfter } from './pattern';
import { bare, quote, separator, separatorOfBare, textPrefix } from './values';
import { secretWord } from './words';

/** Names of secrets and of headers that hold them, and such a name with what may stand before it. */
const anyWord = `(?:${secretWord}|authorization|cookie|token)`;
const anyName = String.raw`[\w.:-]{0,128}?${anyWord}`;

/** What a setting's name is called, where its value stands beside it. */
const nameOf = String.raw`\b(?:name|key|property)${quote}?\s*[=:]>?\s*${quote}?${anyName}${quote}?`;

/** What stands between the name and the value of a setting, in YAML, in XML, and as programs print it. */
const toValue = String.raw`\s*[,;]?(?:\s|\\+[nrt]){0,32}(?:-\s)?${quote}?value${quote}?\s*[=:]>?\s*`;

/** Names and values that stand beside each other. */
const pairs: readonly Pattern[] = [
  // The key of an account of Azure, by the name of its host
  after(
    String.raw`\baccount\.key\.[\w-]{1,64}\.\w{1,16}\.core\.[\w.]{1,32}${quote}?\s{0,8}[,=:]?>?\s{0,8}${quote}?`,
    String.raw`(?:(?=[a-z/+]{0,64}\d)[\w/+-]{16,}=*|[\w/+-]{4,128}==)`,
  ),
  after(String.raw`<[\w.:-]{0,64}?${anyWord}(?:\s[^<>]{0,128})?>`, String.raw`(?!\[redacted\]<)[^<]+(?=<\/)`),
  after(String.raw`<name>\s*${anyName}\s*<\/name>\s*<value>`, String.raw`(?!\[redacted\]<)[^<]+(?=<\/)`),
  quotedAfter(`${nameOf}${toValue}(${quote})`),
  after(`${nameOf}${toValue}`, `(?!${quote})${bare}`),
  // The two arguments of a call
  quotedAfter(
    String.raw`\(\s*${quote}${anyName}${quote}\s*,\s*${textPrefix}(${quote})`,
    String.raw`[^\r\n]{1,1024}?(?=\2\s*\))`,
  ),
  // Lists and objects of secrets, up to the bracket that closes them
  after(
    String.raw`(?:(?:${secretWord})s?|cookies)(?:${quote}\s*${separator}|${separatorOfBare})\s*(?:\{\s*|(?:[[(]\s*){1,2})`,
    String.raw`(?!\[?redacted|${quote}type${quote}\s*[:=]\s*${quote}(?:string|object|array|number|integer|boolean)|\w{0,40}?(?:${secretWord}|token)[\])}]|known|sensitive|hidden|\{|\s|arn:aws|["']?\[redacted\])[^\])}]{1,1024}?(?=[\])}])`,
  ),
];

/** A name without quotes, or one in them, and its separator. */
const assigned = `(?:${quote}(?:\\s*,\\s*${quote}value${quote})?\\s*${separator}|${separatorOfBare})`;

/** A value in the lines below its name, as YAML writes long texts. */
const block = String.raw`[|>][+-]?\d?[ \t]*(?:\r?\n|\\+n)\s*`;

const assignments: readonly Pattern[] = [
  quotedAfter(
    `(?:${secretWord}|authorization|cookie|(?<=["'])(?:token|pass)(?=${quote})|\\b(?:token|pass)(?=\\s*=))${assigned}\\s*${textPrefix}(${quote})`,
  ),
  after(`(?:${secretWord})${separatorOfBare}\\s*(?:${block})?`, `(?!${textPrefix}${quote}|(?:YES|NO)\\))${bare}`),
  after(`(?:${secretWord})${quote}\\s*${separator}\\s*`, String.raw`[\d.-]{4,}`),
  after(String.raw`\btoken${separatorOfBare}`, bare),
  after(String.raw`(?<![a-z])pass${separatorOfBare}[ \t]*`, String.raw`(?!\d{1,6}(?![\w@!#$%-]))${bare}`),
  after(String.raw`(?<!unexpected )\btoken:[ \t]+`, String.raw`(?=[^\s\d]{0,64}\d)(?=\S{8})${bare}`),
  // The change of a value in a plan of Terraform
  quotedAfter(String.raw`\[redacted\]${quote}\s*->\s*(${quote})`),
  // In a part of a URL
  after(
    String.raw`(?:${secretWord}|\btoken)(?:%(?:25)*2[27])?(?:%(?:25)*3[ad])(?:\+|%(?:25)*20)*(?:%(?:25)*2[27])?`,
    String.raw`(?!\[redacted\])(?:[^\s"'&%\\;,<>]|%(?!(?:25)*(?:26|22|27|2c|7d|5d|3b|0a))[0-9a-f]{2})+`,
  ),
];

/** Before an option: nothing of a word. */
const optionStart = String.raw`(?:(?<![\w.:/-])|(?<=\\[nrt]))`;

/** White space, the end of a line that goes on, or what stands between the elements of a list. */
const optionEnd = String.raw`${quote}?,?(?:\s|\\(?=\r?\n))+${quote}?`;

/** No value: another option, what a usage calls the value, or how a sentence goes on. */
const noValue = String.raw`(?!-|\w{0,24}(?:password|token|secret|key)\]|(?:is|was|or|and|option|options|flag|flags|must|argument|parameter|expected|requires|required|for|to|has|not|with|in|cannot|from)(?![^\s.,;:)\]]))`;

const options: readonly Pattern[] = [
  after(`${optionStart}--[\\w.-]{0,40}?(?:${secretWord}|token|(?<=-)pass)${optionEnd}`, `${noValue}${bare}`),
  after(
    `${optionStart}-(?:[a-z]{0,16}pass(?:word|wd|phrase)?|passin|passout)${optionEnd}(?:pass:)?`,
    `(?!pass:)${noValue}${bare}`,
  ),
  after(
    String.raw`(?:\bcurl\b|\bwget\b)[^\r\n]{0,512}?\s["']?(?:-u|--user|--proxy-user)(?:["']?,?\s+|=)["']?[^\s:"']{1,128}:`,
    String.raw`[^\s"'@]+`,
  ),
  after(String.raw`\bmysql\w{0,16}\s(?:[^\r\n|;]{0,256}?\s)?-p["']?`, String.raw`[^\s"']+`, 'g'),
  after(
    String.raw`\b(?:sshpass|(?:docker|podman|oc|helm registry) login|az login)\s(?:[^\r\n|;]{0,256}?\s)?-p[ =]?["']?`,
    String.raw`(?!-)[^\s"']+`,
    'g',
  ),
  after(
    String.raw`\b(?:sqlcmd|bcp|(?:un)?zip)["']?,?\s(?:[^\r\n|;]{0,256}?\s)?["']?-P["']?,? ?["']?`,
    String.raw`(?!-)[^\s"']+`,
    'g',
  ),
];

/** Names that are followed by a secret also where nothing but a space or a word stands between. */
const spoken =
  'pass(?:word|wd|phrase)|secret_?access_?key|(?:aws_)?secret_?key|session_?token|access_?token|auth_?token|api[ _]?key|client_?secret';

const sentences: readonly Pattern[] = [
  quotedAfter(String.raw`\bidentified +by +(?:password +)?(\\*["'])`),
  quotedAfter(
    String.raw`\b(?:\w{1,40}_)?(?:${spoken})\s+(?:(?:is|was|of|as)\s+)?(${quote}|\x60)`,
    String.raw`[^\s"'\x60\\]{1,256}?(?=\2)`,
  ),
  after(String.raw`\bpass(?:word|phrase)\s+(?:is|was)\s+`, String.raw`(?=[^\s\d]{0,64}\d)(?!\d{1,4}\s)[^\s"'\\]+`),
  after(
    String.raw`\b(?:aws_secret_access_key|aws_session_token|secret (?:access )?key|access token|api key|auth token)\s+(?:(?:is|was)\s+)?`,
    String.raw`(?=[a-z/+_-]{0,64}\d)[\w/+.-]{16,}=*(?![\w:/])`,
  ),
  after(String.raw`\blogin\s+\S{1,128}\s+password\s+`, bare),
  after(
    String.raw`\b[Uu]sing +(?:the +)?[Pp]assword +`,
    String.raw`(?!SCRAM|SHA|[Mm][Dd]5)(?=[^\s"']{0,64}?(?:[\d!@#$%^&*]|[a-z][A-Z]))[^\s"'\\]{4,}`,
    'g',
  ),
];

/** What stands beside a name like a secret, in all the forms that programs and people write. */
export const named: readonly Pattern[] = [...pairs, ...sentences, ...assignments, ...options];
