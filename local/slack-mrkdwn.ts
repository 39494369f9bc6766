import { html } from './html';

/** What Slack reads in a text: code, `<…>`, and what stands between two of `*`, `_` or `~`. */
const token =
  /```\n?([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}*_~])([*_~])(?=\S)([^\n]*?\S)\4(?![\p{L}\p{N}])/gu;

const tags: Readonly<Record<string, string>> = { '*': 'b', _: 'i', '~': 's' };

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** A text in Slack's mrkdwn as HTML: what Slack would not read as a mark stays text. */
export function mrkdwnToHtml(text: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const found of text.matchAll(token)) {
    parts.push(lines(text.slice(end, found.index)), markOf(found));
    end = found.index + found[0].length;
  }
  return [...parts, lines(text.slice(end))].join('');
}

function markOf([whole, block, code, sequence, sign = '', inside = '']: readonly (string | undefined)[]): string {
  if (block !== undefined) return `<pre>${html(decoded(block))}</pre>`;
  if (code !== undefined) return `<code>${html(decoded(code))}</code>`;
  if (sequence !== undefined) return sequenceOf(sequence);
  const tag = tags[sign];
  return tag === undefined ? lines(whole ?? '') : `<${tag}>${mrkdwnToHtml(inside)}</${tag}>`;
}

/** What stands between `<` and `>`: a link, a date, or who is called. */
function sequenceOf(sequence: string): string {
  const [target = '', label] = sequence.split('|', 2);
  const shown = label === undefined ? undefined : decoded(label);
  const date = /^!date\^(-?\d+)\^([^^]*)/.exec(target);
  if (date) return dateOf(Number(date[1]), date[2] ?? '', shown ?? '');
  const called = /^(?:!subteam\^|[!@])([\w-]+)/.exec(target);
  if (called) return `<span class="mention">@${html(shown ?? called[1] ?? '')}</span>`;
  const channel = /^#([\w-]+)/.exec(target);
  if (channel) return `<span class="mention">#${html(shown ?? channel[1] ?? '')}</span>`;
  const url = decoded(target);
  if (!/^(?:https?|mailto):/i.test(url)) return html(decoded(`<${sequence}>`));
  return `<a href="${html(url)}" rel="noopener noreferrer">${html(shown ?? url)}</a>`;
}

/** Slack writes an instant by the reader's clock; a page that is the same for all writes it in UTC. */
function dateOf(seconds: number, format: string, fallback: string): string {
  const date = new Date(seconds * 1_000);
  if (Number.isNaN(date.getTime())) return html(fallback);
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hourCycle: 'h23', ...options }).format(date);
  const shown = format
    .replace(/\{date[a-z_]*\}/g, write({ day: 'numeric', month: 'short', year: 'numeric' }))
    .replace('{time_secs}', `${write({ hour: '2-digit', minute: '2-digit', second: '2-digit' })} UTC`)
    .replace('{time}', `${write({ hour: '2-digit', minute: '2-digit' })} UTC`);
  return `<time title="${html(fallback)}">${html(decoded(shown))}</time>`;
}

function lines(text: string): string {
  return html(decoded(text)).replaceAll('\n', '<br>');
}

function decoded(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity);
}
