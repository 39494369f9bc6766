/** Names that give a value away, in any spelling, with or without `_`, `-`, `.` and a space. */
const words = [
  'pass(?:word[st]?|wort|wd|phrase|code)s?',
  // The shell's working directory has this name, too.
  String.raw`pwd(?!=\/(?:home|tmp|var|opt|app|usr|mnt|root|srv|code|work\w{0,9}|data|src|dbfs|local)\b)`,
  '(?:[_-]|smtp|db|pg|mysql|ftp|user|admin|root|proxy|mail)pass',
  'secret',
  'secret[ _.-]?(?:access[ _.-]?)?(?:keys?|string|value|text|binary)',
  '(?:auth|access|refresh|session|security|id|api|bearer|bot|user|sas|slack|git(?:hub|lab)?|npm|csrf|xsrf|vault|jwt|deploy|login|admin|private|master|personal|service|registry)[ _-]?tokens?',
  '(?<!next|page|continuation|max|min)[_-]token',
  'token[_-]?value',
  '(?:api|access|private|signing|subscription|functions|application|app|consumer|encryption|master|shared|ssh|hmac|fernet|license)[ _.-]?keys?',
  'account[.-]?key',
  'credentials?',
  'webhook[_-]?ur[il]',
].join('|');

/** What follows such a name and leaves it one: a number, a stage, a form. `token_count` and `secret_arn` are others. */
const suffix =
  '[_.-]?(?:v?\\d{1,2}|prod(?:uction)?|staging|stage|dev|test|qa|uat|live|r[ow]|base|hash|pem|b64|base64|content|old|new|current|previous|primary|secondary|encrypted)';

/** A source of regular expressions that finds the names of secrets. */
export const secretWord = `(?:${words})(?:${suffix})?`;

/** A key of a JSON object whose value is a secret, whatever it is. */
export const secretKey = new RegExp(`(?:${secretWord}|authorization|cookies?|token|^pass)$`, 'i');

/** The name of a setting whose value, beside it, is a secret. */
export const secretName = new RegExp(`^[\\w./-]{0,256}?(?:${secretWord}|authorization|cookie|token)$`, 'i');

/** An option of a command line whose value is a secret. */
export const secretOption = new RegExp(`^--?[\\w.-]*(?:${secretWord}|token|(?<=-)(?:store|key)?pass)$`, 'i');
