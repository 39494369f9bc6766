import { after, type Pattern, quotedAfter } from './pattern';
import { bare, quote, telling } from './values';
import { secretWord } from './words';

/** Names that are followed by a secret also where nothing but a space or a word stands between. */
const spoken =
  'pass(?:word|wd|phrase)|secret_?access_?key|(?:aws_)?secret_?key|session_?token|access_?token|auth_?token|api[ _]?key|client_?secret';

/** What is said in words, and in SQL. */
export const sentences: readonly Pattern[] = [
  quotedAfter(String.raw`\bidentified +by +(?:password +)?(\\*["'])`),
  after(
    String.raw`\b(?:create|alter) +user +\S{1,128} +identified +by +(?:values +)?`,
    String.raw`(?!${quote}|password\b)${bare}`,
  ),
  quotedAfter(String.raw`(?:\bauth=|\bHTTP[a-z]{1,8}Auth)\(\s*${quote}[^"'\\]{1,128}${quote}\s*,\s*(${quote})`),
  quotedAfter(String.raw`\bset +password +for +\S{1,128} *= *(?:password\( *)?(\\*["'])`),
  quotedAfter(String.raw`\bkey_id +${quote}[^"'\\]{1,128}${quote}, *secret +(\\*["'])`),
  quotedAfter(
    String.raw`\b(?:\w{1,40}_)?(?:${spoken})\s+(?:(?:is|was|of|as)\s+)?(${quote}|\x60)`,
    String.raw`(?:(?!\2)\S|\2\2(?=[^\s,;)])){1,256}?(?=\2(?!\2[^\s,;)"\\]))`,
  ),
  after(String.raw`\bpass(?:word|phrase)\s+(?:is|was)\s+`, String.raw`(?=[^\s\d]{0,64}\d)(?!\d{1,4}\s)[^\s"'\\]+`),
  after(
    String.raw`\b(?:aws_secret_access_key|aws_session_token|secret[ ._-](?:access[ ._-])?key|access token|api key|auth token|(?:client|hmac)[ _-]secret|secret(?=\s+(?:is|was)\s))\s+(?:(?:is|was|provided:)\s+)?`,
    String.raw`(?=[a-z/+_-]{0,64}\d)[\w/+.-]{16,}=*(?![\w:/])`,
  ),
  after(String.raw`\btoken\s+`, String.raw`(?=[a-z:_-]{0,64}\d)[\w:-]{40,}`),
  after(String.raw`\bENV \w{0,64}?${secretWord} `, `${telling}${bare}`),
  after(String.raw`\buser\.info\s*(?:[=:]|->)\s*[^\s:"'\\]{1,128}:`, bare),
  after(String.raw`\blogin\s+\S{1,128}\s+password\s+`, bare),
  after(
    String.raw`\b(?:[Uu]sing|[Ww]ith) +(?:the +)?[Pp]assword +`,
    String.raw`(?!SCRAM|SHA|[Mm][Dd]5)(?=[^\s"']{0,64}?(?:[\d!@#$%^&*]|[a-z][A-Z]))[^\s"'\\]{4,}`,
    'g',
  ),
];
