import { tokenPrefixes } from './tokens';

/** The prefixes of tokens that end in this sign, found from there. */
function endingIn(sign: string): readonly string[] {
  return tokenPrefixes.filter((prefix) => prefix.endsWith(sign));
}

/**
 * Signs of a secret, in a text or in the JSON that holds it (with its escapes). A text without any is left as it is,
 * which makes redaction cheap: most events hold none. They are wide on purpose, and several small ones, because an
 * engine runs these several times as fast as one that knows all: two or three plain words, or a rare letter from which
 * it looks back.
 */
const signs: readonly RegExp[] = [
  /secret|credential/i,
  /pass|pwd/i,
  /[kz](?:(?<=tok)en|(?<=cook)ie|(?<=hook)(?:s?[./\\%]|[_-]?ur)|(?<=(?:[ei]t|ss|pi|vate|ng|on|ons|pp|er|ed|sh|nt)[ _.-]?k)ey|(?<=oriz)ation)/i,
  /sig(?:nature|=|\\|%)/i,
  /bearer|basic [a-z]|auth[\\"' =]/i,
  /Q~|xox|ya29\.|atlasv|dt0c0/,
  /BEGIN |dentified|IDENTIFIED/,
  /A(?:KIA|SIA|BIA|CCA|TATT|TCTT|TBB|KCp|QoD|Iza)/,
  /dapi[0-9a-f]/,
  /eyJ|IQoJ|GZXI|LS0tL|IBA[AD]/,
  /curl|wget|sql(?:plus|cmd|ldr)|mysql|telegr|login |SESSI?O?N?ID=/,
  new RegExp(`[i-zA-Z][.-](?<=${[...endingIn('-'), ...endingIn(String.raw`\.`)].join('|')})`),
];

const underscored = new RegExp(`_(?<=${endingIn('_').join('|')})`);

/** A URL with something like `user:password@`, and the same as a part of another URL. */
const userInfo = /:\\{0,8}\/\\{0,8}\/[^\s/"]*[:@]|:\\{0,8}\/\\{0,8}\/[^\s/"]{0,64}\d/;
const userInfoEncoded = /%(?:25)*2f/i;

/** Whether a text shows any sign of a secret; without one, `redact` has nothing to do. */
export function mayHoldSecret(text: string): boolean {
  return (
    signs.some((sign) => sign.test(text)) ||
    (text.includes('_') && underscored.test(text)) ||
    ((text.includes('//') || text.includes('\\/')) && userInfo.test(text)) ||
    text.includes('oracle:') ||
    (text.includes('%2') && userInfoEncoded.test(text))
  );
}
