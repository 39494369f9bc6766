const quote = 0x22;
const backslash = 0x5c;
const opening = new Set([0x7b, 0x5b]);
const closing = new Set([0x7d, 0x5d]);

/**
 * Takes concatenated JSON documents (`{"a":1}{"b":2}`, with or without white space between) apart. Only brackets and
 * texts are looked at: a piece that is not JSON, or a rest that is cut off, is a piece all the same and fails when read.
 */
export function splitDocuments(text: string): readonly string[] {
  const documents: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfText(text, at);
    } else if (opening.has(code)) {
      depth++;
    } else if (closing.has(code) && --depth <= 0) {
      documents.push(text.slice(start, at + 1));
      start = at + 1;
      depth = 0;
    }
  }
  return [...documents, text.slice(start)].map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** The index of the quote that closes the text which opens at `at`; the end where it is cut off. */
function endOfText(text: string, at: number): number {
  let end = text.indexOf('"', at + 1);
  while (end !== -1 && isEscaped(text, end)) {
    end = text.indexOf('"', end + 1);
  }
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === backslash) {
    backslashes++;
  }
  return backslashes % 2 === 1;
}
