import { objectOf, parseJson, textOf } from '../handler/event/json';
import { html } from './html';
import type { Post } from './slack';
import { mrkdwnToHtml } from './slack-mrkdwn';
import { slackStyle } from './slack-style';

/** So many messages one can look through; all of them are in slack.jsonl. */
const mostShown = 200;

/** A notification on a phone shows about so much of a message's text. */
const previewLength = 140;

/**
 * One page that shows what was posted about as Slack would, the newest first. It runs nothing and fetches nothing.
 * @param posts what was posted, in that order; it is enough to give the newest 200.
 * @param posted how many there were in all.
 */
export function slackPage(posts: readonly Post[], posted = posts.length): string {
  const shown = posts.slice(-mostShown).reverse();
  const all = new Intl.NumberFormat('en').format(posted);
  const sentence =
    posted === 0
      ? 'Nothing was posted.'
      : `${posted === 1 ? 'One message' : `${all} messages`}, ${
          shown.length < posted ? `the newest ${shown.length} of them here, ` : ''
        }newest first. slack.jsonl holds ${posted === 1 ? 'its' : 'their'} exact bodies. Times are in UTC.`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>What Slack would have got</title>
<style>${slackStyle}</style>
<header><h1>What Slack would have got</h1><p>${html(sentence)}</p></header>
<main>
${shown.map(message).join('\n')}
</main>
</html>
`;
}

function message({ channel, body }: Post): string {
  const fields = objectOf(parseJson(body));
  const inside = fields === null ? `<pre>${html(body)}</pre>` : contentOf(fields);
  const kind = fields !== null && !('text' in fields || 'blocks' in fields) ? 'WORKFLOW' : 'APP';
  return `<article><div class="face">📊</div><div class="body"><div class="who"><b>Data lake monitoring</b><span class="app">${kind}</span><span>#${html(channel)}</span></div>${inside}</div></article>`;
}

type Fields = Readonly<Record<string, unknown>>;

function contentOf(fields: Fields): string {
  const text = textOf(fields['text']);
  const { blocks } = fields;
  if (Array.isArray(blocks)) return `${text === null ? '' : previewOf(text)}${blocks.map(blockOf).join('')}`;
  return text === null ? flat(fields) : `<section>${mrkdwnToHtml(text)}</section>`;
}

/** What a phone shows before one opens the message: marks are gone, and so is what does not fit. */
function previewOf(text: string): string {
  const shown = mrkdwnToHtml(text)
    .replace(/<br>/g, ' ')
    .replace(/<[^>]*>/g, '');
  const cut = [...text].length > previewLength ? ' title="longer than a notification shows"' : '';
  return `<div class="preview"${cut}>🔔 ${shown}</div>`;
}

function flat(fields: Fields): string {
  const rows = Object.entries(fields).map(([name, value]) => {
    const shown = typeof value === 'string' ? mrkdwnToHtml(value) : html(JSON.stringify(value));
    return `<dt>${html(name)}</dt><dd>${shown}</dd>`;
  });
  return `<dl>${rows.join('')}</dl>`;
}

function blockOf(block: unknown): string {
  const fields = objectOf(block) ?? {};
  switch (fields['type']) {
    case 'header':
      return `<h2>${html(textIn(fields['text']))}</h2>`;
    case 'section':
      return section(fields);
    case 'context':
      return `<div class="context">${list(fields['elements']).map(textObject).join(' ')}</div>`;
    case 'divider':
      return '<hr>';
    default:
      return `<pre>${html(JSON.stringify(block, null, 2))}</pre>`;
  }
}

function section(fields: Fields): string {
  const text = fields['text'] === undefined ? '' : `<section>${textObject(fields['text'])}</section>`;
  const cells = list(fields['fields']).map((field) => `<div>${textObject(field)}</div>`);
  return text + (cells.length === 0 ? '' : `<section class="fields">${cells.join('')}</section>`);
}

function textObject(value: unknown): string {
  return objectOf(value)?.['type'] === 'plain_text' ? html(textIn(value)) : mrkdwnToHtml(textIn(value));
}

function textIn(value: unknown): string {
  return textOf(objectOf(value)?.['text']) ?? '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
