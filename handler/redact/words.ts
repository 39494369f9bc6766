/** Names that give a value away, in any spelling, with or without `_`, `-` and `.`. */
export const secretWord = [
  'pass(?:words?|wd|phrase)',
  'pwd',
  '[_-]pass',
  'secret',
  'secret[_.-]?(?:access[_.-]?)?key',
  'client[_-]?secret',
  '(?:auth|access|refresh|session|security|id|api|bearer)[_-]?token',
  '(?<!next|page|continuation)[_-]token',
  '(?:api|access|private)[_.-]?key',
  'account[.-]?key',
  'credentials?',
].join('|');

/** A key of a JSON object whose value is a secret, whatever it is. */
export const secretKey = new RegExp(`(?:${secretWord}|authorization|cookie|token)$`, 'i');

/** The name of a setting whose value, beside it, is a secret. */
export const secretName = new RegExp(`^[\\w.-]{0,256}?(?:${secretWord}|authorization|cookie|token)$`, 'i');

/** An option of a command line whose value is a secret. */
export const secretOption = new RegExp(`^--[\\w.-]*(?:${secretWord}|token)$`, 'i');
