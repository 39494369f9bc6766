import { cut, printable } from './printable';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * A text for Slack's mrkdwn, escaped so that nothing in it pings or links, and cut to at most `limit` UTF-16 units,
 * never inside a character or an entity ("Formatting text for app surfaces", Slack documentation).
 */
export function mrkdwn(text: string, limit: number): string {
  const escaped = printable(text).replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
  return escaped.length <= limit ? escaped : cut(escaped, limit).replace(/&[a-z]*…$/, '…');
}

/** A text for a `plain_text` object, cut to at most `limit` UTF-16 units. */
export function plain(text: string, limit: number): string {
  return cut(printable(text), limit);
}

/** A block of code that its own content cannot close, of at most `limit` UTF-16 units. */
export function codeBlock(text: string, limit: number): string {
  const inside = text.replace(/^`+|`{3,}|`+$/g, (signs) => "'".repeat(signs.length));
  return `\`\`\`${mrkdwn(inside, limit - 6)}\`\`\``;
}

/** A name as code, in which `*` and `_` are themselves, of at most `limit` UTF-16 units. */
export function code(text: string, limit: number): string {
  return `\`${mrkdwn(text.replaceAll('`', "'"), limit - 2)}\``;
}
