import { objectOf } from '../handler/event/json';

/**
 * A Slack body as a person would read it: Block Kit as indented lines, a workflow's flat fields as `name: value`, and
 * anything else as it is.
 */
export function readableMessage(body: string): string {
  const fields = objectOf(parse(body));
  if (!fields) {
    return body;
  }
  const blocks = fields['blocks'];
  if (Array.isArray(blocks)) {
    return blocks.flatMap(blockLines).join('\n');
  }
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}

function blockLines(block: unknown): readonly string[] {
  const fields = objectOf(block) ?? {};
  return [
    textIn(fields['text']),
    ...list(fields['fields']).map(fieldLine),
    ...list(fields['elements']).map(textIn),
  ].filter((text) => text !== '');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A field is a name above its value: on a terminal they share a line. */
function fieldLine(field: unknown): string {
  const [name = '', ...value] = textIn(field).split('\n');
  return value.length === 0 ? name : `${name.padEnd(14)}${value.join('\n')}`;
}

/** The text of a text object, with Slack's marks read: a link as its label, a date as its fallback, escapes undone. */
function textIn(value: unknown): string {
  const fields = objectOf(value) ?? {};
  const text = typeof fields['text'] === 'string' ? fields['text'] : '';
  return text
    .replace(/<!?[^|>]+\|([^>]+)>/g, (link, label: string) => (link.startsWith('<!') ? label : `${label} ↗`))
    .replace(/\*([^*\n]+)\*/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
