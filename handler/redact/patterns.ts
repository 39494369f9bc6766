import { named } from './named';
import { after, noSentence, type Pattern, redacted } from './pattern';
import { start, token, tokenPrefixes } from './tokens';
import { bare, explained, separatorOfBare, textPrefix, wrapped } from './values';

/** A slash as it is, escaped, or in a URL within a URL. */
const slash = String.raw`(?:\\{0,8}\/|%(?:25)*2f)`;

/** After the host of a URL: a port and the end of the host, no password. */
const port = String.raw`\d{1,5}(?:[/?#,;\\]|$)`;

/** The same where it cannot be a port: the name before is no host's, and an `@` follows. */
const notPort = String.raw`(?<=\/\/(?!localhost)[^\s:/@"'[.]{1,64}:)(?!(?:2[12]|80|443|8080|8443)[/#])(?!\d{1,5}[^\s@]{0,64}[;?&]\w{1,32}=)(?=\d{1,5}[/#?;][^\s"'@?/]{0,64}@(?:[a-z_-]|\d{1,3}\.\d))`;

const keys: readonly Pattern[] = [
  [
    new RegExp(
      String.raw`-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}${noSentence}(?:(?!-----BEGIN)[\s\S])*?(?:-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}|(?=-----BEGIN)|$)`,
      'g',
    ),
    redacted,
  ],
  // The end of one whose beginning was cut off
  [
    /(?:(?<![A-Za-z0-9+/=])|(?<=\\[nr]))(?:[A-Za-z0-9+/=]{16,128}(?:\s|\\+[nr]){1,8}){1,64}-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}/g,
    redacted,
  ],
];

const places: readonly Pattern[] = [
  after(String.raw`hooks\.slack(?:-gov)?\.com${slash}(?:services|workflows|triggers)${slash}`, String.raw`[\w/%\\-]+`),
  after(
    String.raw`discord(?:app)?\.com${slash}api${slash}(?:v\d{1,2}${slash})?webhooks${slash}`,
    String.raw`[\w/%\\-]+`,
  ),
  // The paths of webhooks without their host, as urllib3 tells of them
  after(
    String.raw`\/(?:services|workflows|triggers)\/`,
    String.raw`T[A-Z0-9]{7,12}\/[A-Z0-9]{7,14}\/[\w/-]{20,}(?![\w.-])`,
    'g',
  ),
  after(String.raw`\/api\/(?:v\d{1,2}\/)?webhooks\/`, String.raw`\d{15,20}\/[\w-]{40,}`),
  after(
    String.raw`(?:webhook\.office(?:365)?\.com${slash}\w{1,32}|outlook\.office(?:365)?\.com${slash}webhook)${slash}`,
    String.raw`[\w/%\\@.-]+`,
  ),
  after(String.raw`hooks\.zapier\.com${slash}hooks${slash}catch${slash}`, String.raw`[\w/%\\-]+`),
  after(String.raw`\/hooks${slash}`, String.raw`[a-z0-9]{20,}(?![\w.-])`),
  after(String.raw`api\.telegram\.org${slash}(?:file${slash})?bot`, String.raw`\d{6,12}(?::|%3a)[\w-]+`),
  after(String.raw`\/bot`, String.raw`\d{6,12}(?::|%3a)[\w-]{30,}`),
];

const tokens: readonly Pattern[] = [
  // The secret key beside its id, as files and errors list the two
  after(
    String.raw`(?:AKIA|ASIA)[A-Z0-9]{16}(?:\/|(?:\\[nrt]|[^A-Za-z0-9/+]){1,24}(?:\/ )?)(?:secret[^\r\n]{0,24}?[=:"' ]{1,4})?`,
    String.raw`(?=[A-Za-z/+]{0,39}\d)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])`,
    'g',
  ),
  [
    /(?:(?<![A-Z0-9])|(?<=\\[nrtbf])|(?<=%[0-9A-F]{2})|(?<=\\u[0-9A-F]{4}))(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
    redacted,
  ],
  [new RegExp(`${start}(?:${token})${wrapped}`, 'g'), redacted],
  // The beginning of one that was cut off
  [
    new RegExp(
      String.raw`${start}(?:(?:${tokenPrefixes.join('|')})(?=[A-Za-z]{0,64}\d)(?=[a-z\d]{0,64}[A-Z])[A-Za-z0-9]{8,}|(?:AKIA|ASIA)(?=[A-Z]{0,15}\d)[A-Z0-9]{4,15})(?=["'\\]{0,8}$)`,
      'g',
    ),
    redacted,
  ],
  [
    new RegExp(String.raw`${start}(?<!-)eyJ[\w-]{8,}\.(?:[\w-]{4,}|\.[\w-]{4,})(?:\.[\w-]*){0,3}${wrapped}`, 'g'),
    redacted,
  ],
];

const urls: readonly Pattern[] = [
  // A token in the user's place
  after(String.raw`\bhttps?:\\{0,8}\/\\{0,8}\/`, String.raw`(?=[a-z_-]{0,64}\d)[\w-]{20,256}(?=(?::x-oauth-basic)?@)`),
  // The keys of a bucket, of which the first is out by now
  after(String.raw`\b(?:s3[an]?|aws):\/\/\[redacted\]:`, String.raw`[\w/+%-]{20,256}(?=@)`),
  after(
    String.raw`\b[a-z][a-z0-9+._-]{0,40}:\\{0,8}\/\\{0,8}\/[^\s:/@"'[]{0,256}:`,
    String.raw`(?:(?!${port})|${notPort})(?:[^\s@"']|'(?=[^\s"',;)\]}>@])){0,1024}(?:@[^\s@/"']*){0,256}(?=@)`,
  ),
  after(
    String.raw`(?:%(?:25)*3a)(?:%(?:25)*2f){2}[^\s%@"':/]{0,128}(?:%(?:25)*3a|:)`,
    String.raw`(?:[^\s%"'@&/]|%(?!(?:25)*(?:40|2f))[0-9a-f]{2}){1,256}(?=%(?:25)*40|@)`,
  ),
  // Cut before its host
  after(
    String.raw`\b[a-z][a-z0-9+._-]{0,40}:\/\/[^\s:/@"'[.]{1,64}:`,
    String.raw`(?=[^\s\d]{0,64}\d)(?!\d)[^\s/@"'\\:]{4,256}(?=["'\\]{0,8}$)`,
  ),
  // A source of Go
  after(String.raw`(?<![\w./-])[\w.-]{1,64}:`, String.raw`[^\s"'@/:]{1,128}(?=@(?:tcp|unix)\()`),
  after(
    String.raw`\bjdbc:oracle:\w{1,16}:[^\s/@:"'\\]{1,128}\\?\/`,
    String.raw`[^\s@"']{0,128}(?:@[^\s@/"']*){0,256}(?=@)`,
  ),
  after(String.raw`\bjdbc:oracle:\w{1,16}:[^\s/@:"'\\]{1,128}\\?\/(\\*")`, String.raw`[^\s"\\]{1,128}(?=\2@)`),
  after(String.raw`\bconnect\(\s*\\*["'][\w.$-]{1,64}\/`, String.raw`[^\s@/"']{1,128}(?=@)`),
  after(String.raw`\bsql(?:plus|ldr|cl)\s[^\r\n/]{0,64}?[\w.$-]{1,64}\/`, String.raw`[^\s@/"']{1,128}(?=@)`),
];

const headers: readonly Pattern[] = [
  // The answer of a Digest, which stands after other parts of the header
  after(String.raw`\bdigest [^\r\n]{0,512}?\bresponse=\\*["']?`, String.raw`(?!\[redacted\])[^\s"'\\,]{8,}`),
  after(String.raw`(?<![\w-])response=\\*["']?`, '[0-9a-f]{32,128}(?![0-9a-z])'),
  after(
    String.raw`\bauthorization(?:\\*["']\s*[:=]|${separatorOfBare})\s*(?:\[(?!redacted\]))?(?:${textPrefix}\\*["']|(?!${textPrefix}\\*["']))`,
    String.raw`(?!${explained}|(?:bearer|basic|token)[ \t]+(?:\*{3,}|<\w{1,24}>|\$?\{\w{1,40}\})(?![\w.~+/-]))(?:(?:bearer|basic|token)(?:\r?\n|(?:\\+r)?\\+n)[ \t]{1,16}(?![\w-]+:)|[a-z][\w-]{0,30}[ \t]{1,8})?(?:\w{1,16}=\\*["'][^"'\\]+|${bare})`,
  ),
  after(
    String.raw`\b(?:set-)?cookie(?:\\*["']\s*:|${separatorOfBare})\s*\\*["']?`,
    String.raw`(?!\[redacted\]|${explained})[^\s"'\\][^\r\n"'\\]*`,
  ),
  after(String.raw`<Cookie [\w.-]{1,64}=`, String.raw`[^\s>]+`, 'g'),
  after(String.raw`(?:JSESSIONID|PHPSESSID|ASPSESSIONID\w{0,16})=`, String.raw`[\w.!%-]{8,}`, 'g'),
  after(
    String.raw`\bbearer(?: token)?(?:\s+|%20|\+)`,
    String.raw`(?:[\w.~+/%-]{16,}|(?=[a-z._-]{0,16}\d)[\w.~+/-]{6,})=*${wrapped}`,
  ),
  after(
    String.raw`\b(?:basic|auth plain) `,
    String.raw`(?:[A-Za-z0-9+/]{6,}={1,2}|(?=[A-Za-z+/]{0,40}\d)[A-Za-z0-9+/]{16,})(?![\w.-])`,
  ),
  after(
    String.raw`["']_?auth\\*["']\s*:\s*\\*["']`,
    String.raw`(?:[A-Za-z0-9+/]{8,}={1,2}|(?=[A-Za-z+/]{0,40}\d)[A-Za-z0-9+/]{20,})(?=\\*["'])`,
  ),
  after(String.raw`(?:(?<![\w.-])|(?<=\\[nrt]))_auth\s*=\s*`, bare),
  after(
    String.raw`(?<!\/)\b(?:oauth_)?signature=\\*["']?`,
    String.raw`(?:[\w%+/=~-]{16,}|[\w%+/=~-]{6,}(?=["'\\]{0,8}$))`,
  ),
  after(String.raw`(?:(?<![A-Za-z/])|(?<=\\[nrt])|(?<=%26))sig(?:=|\\+u003d|%3d)`, String.raw`[\w%+/=-]{16,}`),
];

/** Each kind of secret inside a text, with what is left of it. Repetitions are bounded or cannot start twice. */
export const patterns: readonly Pattern[] = [...keys, ...places, ...tokens, ...urls, ...headers, ...named];
