import { after, type Pattern, quotedAfter, redacted } from './pattern';
import { bare, innerQuote, quote, textPrefix, unlessHarmless } from './values';
import { secretWord } from './words';

/** Before an option: nothing of a word. */
const optionStart = String.raw`(?:(?<![\w.:/-])|(?<=\\[nrt]))`;

/** White space, the end of a line that goes on, or what stands between the elements of a list. */
const optionEnd = String.raw`${quote}?(?:,?(?:\s|\\(?=\r?\n))+|,)${quote}?`;

/** What stands between two arguments, in a line and in a list. */
const gap = String.raw`(?:${quote}?,[ \t]{0,8}${quote}?|${quote}?[ \t]{1,8}${quote}?)`;

/** The arguments between a command and one of its options. */
const before = String.raw`(?=[\s,"'\\])[^\r\n|;]{0,256}?(?<=[ ,"'])`;

/** A value up to white space or a quote, whatever it is: a shell passes on the rest. */
const argument = String.raw`(?!\[redacted\])[^\s"']+`;

/** No value: another option, what a usage calls the value, or how a sentence goes on. */
const noValue = String.raw`(?!--?[a-z][\w-]{0,64}(?=[\s="'\\]|$|[,\])]{1,3}(?:[\s"'\\-]|$))|\([a-z]{1,32} |\w{0,24}(?:password|token|secret|key)\]|(?:is|was|or|and|option|options|flag|flags|must|argument|parameter|expected|requires|required|for|to|has|not|with|in|cannot|from)(?=[.,;:)\]]{0,3}(?:[\s"'\\]|$)))`;

/** An option and its value, which stays where it is what a usage calls it: `--db-password DB_PASSWORD`. */
function option(before: string, value: string): Pattern {
  const [pattern] = after(before, value);
  return [pattern, (found, name) => (isMetavar(found.slice(name.length), name) ? found : `${name}${redacted}`)];
}

/** Capital letters that repeat the name before them. */
function isMetavar(value: string, name: string): boolean {
  const lettersOf = (text: string) => text.toLowerCase().replace(/[^a-z\d]/g, '');
  return /^[A-Z][A-Z\d_]*$/.test(value) && lettersOf(name).endsWith(lettersOf(value));
}

/** The next element of a list, in quotes of the second group, up to where the list goes on or ends. */
const nextElement = String.raw`,[ \t]{0,8}${textPrefix}(${quote})`;
const toItsEnd = String.raw`[^\r\n]{1,512}?(?=(?<!\\)\2\s{0,8}[,\])])`;

/** Options of a command line, in a line and in a list of arguments. */
export const options: readonly Pattern[] = [
  quotedAfter(
    `${optionStart}--[\\w.-]{0,40}?(?:${secretWord}|token|(?<=-)pass)${quote}${nextElement}`,
    noValue + unlessHarmless + toItsEnd,
  ),
  quotedAfter(
    String.raw`\bcurl${quote},[^\r\n]{0,512}?${quote}(?:-u|--(?:proxy-)?user)${quote}${nextElement}[^\s:"'\\]{1,128}:`,
    toItsEnd,
  ),
  option(`${optionStart}--[\\w.-]{0,40}?(?:${secretWord}|token|(?<=-)pass)${optionEnd}`, `${noValue}${bare}`),
  after(
    `${optionStart}-(?:[a-z]{0,16}pass(?:word|wd|phrase)?|passin|passout)${optionEnd}(?:pass:)?`,
    `(?!pass:)${noValue}${bare}`,
  ),
  after(
    String.raw`(?:\bcurl\b|\bwget\b)[^\r\n]{0,512}?[\s,]${quote}?(?:-u${gap}?|--(?:proxy-)?user(?:${gap}|=))${quote}?[^\s:"'\\]{1,128}:`,
    String.raw`(?:[^\s"'\\]|${innerQuote})+`,
  ),
  after(String.raw`\bmysql\w{0,16}${before}-p${quote}?`, argument, 'g'),
  after(
    String.raw`\b(?:sshpass|beeline|(?:docker|podman|oc|az|helm${gap}registry)${gap}login)${before}-p(?:${gap}|[="'])?`,
    `(?!-)${argument}`,
    'g',
  ),
  after(
    String.raw`\b(?:(?:sqlcmd|bcp|(?:un)?zip)${before}-P(?:${gap}|["'])?|openssl${before}-[kK]${gap}|redis-cli${before}-a${gap})`,
    `(?!-)${argument}`,
    'g',
  ),
];
