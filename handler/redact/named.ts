import { options } from './options';
import { after, type Pattern, quotedAfter } from './pattern';
import { sentences } from './sentences';
import { bare, placeholder, quote, separator, separatorOfBare, telling, textPrefix } from './values';
import { secretWord } from './words';

/** Names of secrets and of headers that hold them, and such a name with what may stand before it. */
const anyWord = `(?:${secretWord}|authorization|cookie|token)`;
const anyName = String.raw`[\w.:-]{0,128}?${anyWord}`;

/** What a setting's name is called, where its value stands beside it. */
const nameOf = String.raw`\b(?:parameter|option)?(?:name|key|property|header)${quote}?\s*[=:]>?\s*${quote}?[\w./:-]{0,128}?${anyWord}${quote}?`;

/** White space, also as JSON writes it. */
const space = String.raw`(?:\s|\\+[nrt]){0,32}`;

const isValue = String.raw`${quote}?(?:parameter)?value${quote}?\s*[=:]>?\s*`;

/** What stands between the name and the value of a setting, in YAML, in XML, and as programs print it. */
const toValue = String.raw`\s*[,;]?${space}(?:-\s)?${isValue}`;

/** A tag of XML that is named like a secret, or whose attribute is. */
const tag = String.raw`(?:<|&lt;)(?:[\w.:-]{0,64}?${anyWord}(?:\s[^<>]{0,128})?|\w{1,32}\s[^<>]{0,64}?\b(?:name|key)=${quote}${anyName}${quote}[^<>]{0,64})(?<!\/)(?:>|&gt;)`;

/** The text in a tag, up to the tag that closes it or to where all was cut; in a tag as it is, `&lt;` is a sign of the text. */
const tagged = String.raw`(?!\[redacted\]|\s*<|(?<!>)\s*&lt;)(?:(?<=>)[^<]+(?=<\/)|(?:(?!&lt;)[^<])+(?=<\/|&lt;\/)|[^\s<&"'\\]{4,}(?=["'\\]{0,8}$))`;

/** Names and values that stand beside each other. */
const pairs: readonly Pattern[] = [
  // The key of an account of Azure, by the name of its host
  after(
    String.raw`\baccount\.key\.[\w-]{1,64}\.\w{1,16}\.core\.[\w.]{1,32}${quote}?\s{0,8}[,=:]?>?\s{0,8}${quote}?`,
    String.raw`(?:(?=[a-z/+]{0,64}\d)[\w/+-]{16,}=*|[\w/+-]{4,128}==)`,
  ),
  after(String.raw`${tag}<!\[CDATA\[`, String.raw`(?!\[redacted\])(?:(?!\]\]>)[\s\S]){1,1024}`),
  after(tag, tagged),
  after(String.raw`<name>${space}${anyName}${space}<\/name>${space}<value>`, tagged),
  // The value before its name
  quotedAfter(
    `\\b${isValue}(${quote})`,
    String.raw`[^"'\\\r\n]{1,512}(?=\2\s*,\s*${quote}(?:name|key)${quote}\s*[=:]>?\s*${quote}${anyName}${quote})`,
  ),
  after(String.raw`\bvalue=`, String.raw`[^\s,;{}"'\\]{1,512}(?=,\s*(?:name|key)=${anyName}(?![\w-]))`),
  // A parameter of Systems Manager, by its type
  quotedAfter(String.raw`\bSecureString\b[^\r\n{}]{0,256}?\b${isValue}(${quote})`),
  after(String.raw`\bSecureString\b[^\r\n{}]{0,64}?\b${isValue}`, `(?!${quote})${bare}`),
  after(String.raw`SecureString(?:\s+--value\s+|\t|\\+t)`, bare),
  quotedAfter(`${nameOf}${toValue}(${quote})`),
  after(`${nameOf}${toValue}`, `(?!${quote})${bare}`),
  // The two arguments of a call
  quotedAfter(
    String.raw`\(\s*${quote}${anyName}${quote}\s*,\s*${textPrefix}(${quote})`,
    String.raw`[^\r\n]{1,1024}?(?=\2\s*\))`,
  ),
  // A list of just a name and its value, with and without quotes
  quotedAfter(
    String.raw`\[\s*${quote}${anyName}${quote}\s*,\s*(${quote})`,
    String.raw`${telling}[^"'\\\r\n]{1,1024}(?=\2\s*\])`,
  ),
  after(String.raw`\([\w.-]{0,64}?${secretWord},`, String.raw`(?=[^\s,()]{0,64}\d)[^\s,()"']{4,256}(?=\))`),
  // A value in the braces of ODBC, in which `}}` stands for a brace
  after(
    String.raw`(?:password|pwd)=(?!${placeholder})\{`,
    String.raw`(?!\{\s|\[redacted\])(?:[^}\r\n]|\}\}){1,256}(?=\}(?:;|$))`,
  ),
  // Lists and objects of secrets, up to the bracket that closes them
  after(
    String.raw`(?:(?:${secretWord})s?|cookies)(?:${quote}\s*${separator}|${separatorOfBare})\s*(?:\{\s*|(?:[[(]\s*){1,2})`,
    String.raw`(?!\[?redacted|${quote}type${quote}\s*[:=]\s*${quote}(?:string|object|array|number|integer|boolean)|\w{0,40}?(?:${secretWord}|token)[\])}]|known|sensitive|hidden|masked|filtered|\{|\s|arn:aws|["']?\[redacted\])(?:[^\])}]{1,1024}?(?=[\])}](?![\w!#$%^*+=~?@/-]|\.\w))|[^\])}"']{0,256}["'][^\])}]{0,1024}?(?=[\])}]))`,
  ),
];

/** A name without quotes, or one in them, and its separator. */
const assigned = `(?:${quote}(?:\\s*,\\s*${quote}(?:parameter)?value${quote})?\\s*${separator}|${separatorOfBare})`;

/** A value in the lines below its name, as YAML writes long texts. */
const block = String.raw`[|>][+-]?\d?[ \t]*(?:\r?\n|\\+n)\s*`;

/** A value as the first of a list in YAML. */
const item = String.raw`(?:\\+n[ \t]*)?-[ \t]{1,8}(?![\w.-]{1,64}:(?:\s|$))`;

/** What Scala writes between the name and the value in a map. */
const arrow = String.raw`\s*-(?:>|\\+u003e)\s*`;

const assignments: readonly Pattern[] = [
  quotedAfter(
    `(?:${secretWord}|authorization|cookie|(?<=["'])(?:token|pass)(?=${quote})|\\b(?:token|pass)(?=\\s*=))${assigned}\\s*${textPrefix}(${quote})`,
  ),
  after(
    `(?:${secretWord})${separatorOfBare}\\s*(?:${block}|${item})?`,
    `(?!${textPrefix}${quote}|(?:YES|NO)\\))${bare}`,
  ),
  after(`(?:${secretWord})${quote}\\s*${separator}\\s*`, String.raw`[\d.-]{4,}`),
  after(String.raw`\btoken${separatorOfBare}`, bare),
  after(String.raw`(?<![a-z])pass${separatorOfBare}[ \t]*`, String.raw`(?!\d{1,6}(?![\w@!#$%-]))${bare}`),
  after(String.raw`(?<!unexpected )\btoken:[ \t]+`, String.raw`(?=[^\s\d]{0,64}\d)(?=\S{8})${bare}`),
  quotedAfter(`${secretWord}${quote}?${arrow}(${quote})`),
  after(`${secretWord}${arrow}`, `${telling}${bare}`),
  // A property of Spark in a table of them
  after(String.raw`(?:${secretWord})(?<=[\w-]\.[\w.-]{0,96})(?: {2,}|\t|\\+t)\s*`, `${telling}${bare}`),
  // The change of a value in a plan of Terraform
  quotedAfter(String.raw`\[redacted\]${quote}\s*->\s*(${quote})`),
  // In a part of a URL
  after(
    String.raw`(?:${secretWord}|\btoken)(?:%(?:25)*2[27])?(?:%(?:25)*3[ad])(?:\+|%(?:25)*20)*(?:%(?:25)*2[27])?`,
    String.raw`(?!\[redacted\])(?:[^\s"'&%\\;,<>]|%(?!(?:25)*(?:26|22|27|2c|7d|5d|3b|0a))[0-9a-f]{2})+`,
  ),
];

/** What stands beside a name like a secret, in all the forms that programs and people write. */
export const named: readonly Pattern[] = [...pairs, ...sentences, ...assignments, ...options];
