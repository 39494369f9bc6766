/**
 * A text that a terminal only shows: control characters, with which a name could clear the screen or forge a line, become
 * their pictures (U+2400), those that have none U+FFFD. Line feeds and tabs stay.
 */
export function harmless(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** A text for one line: line feeds and tabs become pictures too. */
export function harmlessLine(text: string): string {
  return harmless(text).replace(/\n/g, '\u240a').replace(/\t/g, '\u2409');
}
