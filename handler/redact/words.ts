/** Names that give a value away, in any spelling, with or without `_`, `-`, `.` and a space. */
export const secretWord = [
  'pass(?:word[st]?|wort|wd|phrase|code)s?',
  // The shell's working directory has this name, too.
  String.raw`pwd(?!=\/(?:home|tmp|var|opt|app|usr|mnt|root|srv|code|work\w{0,9}|data|src|dbfs|local)\b)`,
  '[_-]pass',
  'secret',
  'secret[ _.-]?(?:access[ _.-]?)?(?:keys?|string|value|text|binary)',
  '(?:auth|access|refresh|session|security|id|api|bearer|bot|user|sas|slack|git(?:hub|lab)?|npm|csrf|xsrf|vault|jwt|deploy|login|admin|private|master|personal|service|registry)[ _-]?tokens?',
  '(?<!next|page|continuation|max|min)[_-]token',
  '(?:api|access|private|signing|subscription|functions|application|app|consumer|encryption|master|shared|ssh)[ _.-]?keys?',
  'account[.-]?key',
  'credentials?',
  'webhook[_-]?ur[il]',
].join('|');

/** A key of a JSON object whose value is a secret, whatever it is. */
export const secretKey = new RegExp(`(?:${secretWord}|authorization|cookies?|token|^pass)$`, 'i');

/** The name of a setting whose value, beside it, is a secret. */
export const secretName = new RegExp(`^[\\w.-]{0,256}?(?:${secretWord}|authorization|cookie|token)$`, 'i');

/** An option of a command line whose value is a secret. */
export const secretOption = new RegExp(`^--?[\\w.-]*(?:${secretWord}|token|(?<=-)(?:store|key)?pass)$`, 'i');
