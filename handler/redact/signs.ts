import { tokenPrefixes } from './tokens';

/** The prefixes of tokens that end in this sign, found from there. */
function endingIn(sign: string): readonly string[] {
  return tokenPrefixes.filter((prefix) => prefix.endsWith(sign));
}

/**
 * Signs of a secret, in a text or in the JSON that holds it (with its escapes). A text without any is left as it is,
 * which makes redaction cheap: most events hold none. They are wide on purpose, and many small ones, because an engine
 * runs these faster than a few that know all. Plain words go together in one.
 */
const signs: readonly RegExp[] = [
  /secret|credential/i,
  /pass|pwd/i,
  /token|cookie/i,
  /key(?<=(?:[ei]t|ss|pi|vate|ng|on|ons|pp|er|ed|sh|nt|ac|se)[ _.-]?key)/i,
  /hook(?:s?[./\\%]|[_-]?ur)/i,
  /auth(?:oriz|[\\"' =(])/i,
  /bearer/i,
  /basic [a-z]/i,
  /sig(?:nature|=|\\|%)/i,
  /identified by/i,
  /(?:BEGI|eyJ|IQoJ|GZXI|LS0t|IBAA|IBAD|AKIA|ASIA|ABIA|ACCA|ABSK|ATAT|ATCT|ATBB|AKCp|AQoD|AIza|SESS|b3Bl|CAQE)/,
  /d(?:api|ose)[0-9a-f]/,
  /pat\w{14}\./,
  /[0-9a-f]-us\d/,
  /[MNO][DTjz][AEIMQUYcgk][w-z0-5][\w-]{18,24}\./,
  /(?:bcp|zip|jdbc:oracle|nnect\(\\*["']|gram\.org|eeline|esponse=|ql(?:plus|cmd|ldr)|ysql|curl|wget|nssl|dis-cli|r\.info|gin(?: -|[\\"']))/,
  new RegExp(`[i-zA-Z][.-](?<=${[...endingIn('-'), ...endingIn(String.raw`\.`)].join('|')})`),
];

/** Further ones, as plain texts that begin with a rare letter: these are found fastest. */
const literals: readonly string[] = ['Q~', 'xox', 'ya29.', 'v1.', 'dt0', 'SecureString', '@tcp(', '00D'];

const underscored = new RegExp(`_(?<=${endingIn('_').join('|')})`);

/** A URL with something like `user:password@`, and the same as a part of another URL. */
const userInfo = /:\\{0,8}\/\\{0,8}\/[^\s/"]*[:@]|:\\{0,8}\/\\{0,8}\/[^\s/"]{0,64}\d/;
const userInfoEncoded = /%(?:25)*2f/i;

/** Whether a text shows any sign of a secret; without one, `redact` has nothing to do. */
export function mayHoldSecret(text: string): boolean {
  return (
    holdsAny(text) ||
    (text.includes('_') && underscored.test(text)) ||
    ((text.includes('//') || text.includes('\\/')) && userInfo.test(text)) ||
    (text.includes('%2') && userInfoEncoded.test(text))
  );
}

/** Loops, and no callbacks: this runs for every event, and they are a tenth faster. */
function holdsAny(text: string): boolean {
  for (const literal of literals) if (text.includes(literal)) return true;
  for (const sign of signs) if (sign.test(text)) return true;
  return false;
}
