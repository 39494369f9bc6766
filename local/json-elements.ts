/** A text, or a sign that opens, closes or parts. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},]/gs;

/** The texts of the elements of an array in JSON, which must be sound; takes no stack, however deep they are nested. */
export function splitElements(array: string): readonly string[] {
  const elements: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: sign, index } of array.matchAll(token)) {
    if (sign === '[' || sign === '{') {
      if (++depth === 1) start = index + 1;
    } else if (sign === ']' || sign === '}') {
      if (--depth === 0) elements.push(array.slice(start, index).trim());
    } else if (sign === ',' && depth === 1) {
      elements.push(array.slice(start, index).trim());
      start = index + 1;
    }
  }
  return elements;
}
