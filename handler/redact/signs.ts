/** Before a short name: no letter, but for those of JSON's escapes. */
const begin = String.raw`(?:(?<![a-z])|(?<=\\[nrtbf])|(?<=\\u[0-9a-f]{4}))`;

/**
 * How the words of `secretWord` end, and those of `secretKey` and of signatures. A plain `key` is none of them: S3
 * names its objects so.
 */
const endings = 'words?|wd|phrase|secret|[eist][_.-]?key|[_-]pass|cookie|token|credentials?|authorization|signature';

/** What may stand between a name and its separator, in JSON at any depth. */
const between = String.raw`(?:[\\"'\s]|\\[nrt]|\\u002[27])*`;

/**
 * Signs of a secret, in a text or in the JSON that holds it (with its escapes). A text without any is left as it is,
 * which makes redaction cheap: most events hold none. Each sign starts with a rare character and looks back from
 * there, which is three times as fast as looking for the words themselves; assignments, whose `:` is frequent in JSON,
 * are looked for by themselves, which is faster than all at once.
 */
const signs: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:[=:]|\\u003[da])(?<=(?:${endings}|(?:${endings})${between},${between}value)${between}(?:[=:]|\\u003[da]))`,
    'i',
  ),
  new RegExp(
    [
      String.raw`:(?:(?<=["'](?:name|key)${between}:)${between}[\w.-]{0,256}?(?:${endings})|(?<=jdbc:oracle:))`,
      `>(?<=(?:${endings})>)`,
      String.raw`\/(?<=:\\{0,8}\/\\{0,8}\/)[^\s/"]*:`,
      '_(?<=gh[opsur]_|_pat_|npm_|k_live_|hf_)',
      `-(?:(?<=xox[a-z]-|xapp-|glpat-|pypi-|${begin}sk-)|(?<=-----)BEGIN|(?<=--)[\\w.-]{0,40}?(?:${endings}))`,
      String.raw`\.(?<=hooks\.)slack`,
      'A(?<=AKIA|ASIA)',
      'J(?<=eyJ)',
      String.raw`\s(?<=bearer\s|identified\s)`,
    ].join('|'),
    'i',
  ),
];

/** Further signs, which are found fastest as the plain texts that they are; `patterns` spells them the same. */
const literals: readonly string[] = ['dapi', 'AIza', 'SG.', 'sig=', 'sig\\'];

/** Whether a text shows any sign of a secret; without one, `redact` has nothing to do. */
export function mayHoldSecret(text: string): boolean {
  return signs.some((sign) => sign.test(text)) || literals.some((literal) => text.includes(literal));
}
