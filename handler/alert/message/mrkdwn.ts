const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const ellipsis = '…';

/**
 * A text for Slack's mrkdwn, escaped so that nothing in it pings or links, and cut to at most `limit` UTF-16 units,
 * never inside a code point or an entity ("Formatting text for app surfaces", Slack documentation).
 */
export function mrkdwn(text: string, limit: number): string {
  const escaped = printable(text).replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
  return escaped.length <= limit
    ? escaped
    : escaped.slice(0, limit - ellipsis.length).replace(/&[a-z]*$|[\ud800-\udbff]$/, '') + ellipsis;
}

/** A text for a `plain_text` object, cut on a code point to at most `limit` UTF-16 units. */
export function plain(text: string, limit: number): string {
  const shown = printable(text);
  return shown.length <= limit
    ? shown
    : shown.slice(0, limit - ellipsis.length).replace(/[\ud800-\udbff]$/, '') + ellipsis;
}

/** Control characters, but for newline and tab, as U+FFFD: nobody sees them, and Slack does not say what it does with them. */
function printable(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '\ufffd');
}

/** A block of code that its own content cannot close, of at most `limit` UTF-16 units. */
export function codeBlock(text: string, limit: number): string {
  const inside = text.replace(/^`+|`{3,}|`+$/g, (signs) => "'".repeat(signs.length));
  return `\`\`\`${mrkdwn(inside, limit - 6)}\`\`\``;
}
