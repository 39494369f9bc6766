import type { KnownBlock, MrkdwnElement } from '@slack/types';
import type { StateRecord } from '../../record/schema';
import type { Alert } from '../decide';
import { codeBlock, mrkdwn, plain } from './mrkdwn';
import { durationWords, headline, reason } from './words';

/** Limits of Block Kit's texts, UTF-16 units (block reference, Slack documentation), and of a link, so that all fit one text. */
const limits = { header: 150, section: 3_000, field: 2_000, text: 1_000, link: 1_400 } as const;

/** A message for an incoming webhook: blocks for people, `text` for the notification and for old clients. */
export interface IncomingMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** What to tell of an alert: what failed and why, where and since when, the whole error, and where to look next. */
export function incomingMessage(alert: Alert): IncomingMessage {
  const { record } = alert;
  const blocks: KnownBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: plain(`${sign(alert)} ${headline(alert)}`, limits.header) } },
    { type: 'section', text: markdown(mrkdwn(reason(record), limits.section)) },
    { type: 'section', fields: fieldsOf(alert) },
  ];
  const label = '*exception_details*\n';
  const details = codeBlock(record.exception_details ?? reason(record), limits.section - label.length);
  blocks.push({ type: 'section', text: markdown(label + details) });
  blocks.push({ type: 'context', elements: [markdown([localTime(record), ...linksOf(record)].join('  ·  '))] });
  return { text: mrkdwn(`${sign(alert)} ${headline(alert)}: ${reason(record)}`, limits.text), blocks };
}

function sign({ eventType }: Alert): string {
  return eventType === 'failed' || eventType === 'timeout' ? '🔴' : '🟠';
}

function fieldsOf({ record }: Alert): MrkdwnElement[] {
  const run = record.retry_attempts
    ? `${record.service_request_id} (attempt ${record.retry_attempts})`
    : record.service_request_id;
  const facts: readonly (readonly [string, string | null])[] = [
    ['service', record.service_type],
    ['service_name', record.service_name],
    ['service_id', run],
    ['time_stamp', record.event_time],
    ['state', record.source_state],
    ['error type', record.error_type],
    ['started', record.started_at],
    ['ran for', record.duration_ms === null ? null : durationWords(record.duration_ms)],
    ['where', `${record.account_id} ${record.region}`],
    ['caused by', record.caused_by_request_id],
  ];
  return facts.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [markdown(`*${name}*\n${mrkdwn(value, limits.field - name.length - 3)}`)],
  );
}

/** The time as each reader's own clock says it (date formatting, Slack documentation). */
function localTime({ event_time }: StateRecord): string {
  return `<!date^${Math.floor(Date.parse(event_time) / 1_000)}^{date_short_pretty} {time_secs}|${event_time}>`;
}

function linksOf(record: StateRecord): readonly string[] {
  const links = [
    ['Open the run', record.console_url],
    ['Logs', record.logs_url],
  ];
  return links.flatMap(([label, url]) => {
    const target = linkTarget(url ?? '');
    return target !== '' && target.length <= limits.link ? [`<${target}|${label}>`] : [];
  });
}

/** A URL inside `<url|label>` must hold none of the signs that end it. */
function linkTarget(url: string): string {
  return url
    .replace(/\p{Cc}/gu, encodeURIComponent)
    .replaceAll('|', '%7C')
    .replaceAll('>', '%3E')
    .replaceAll('<', '%3C')
    .replaceAll('&', '&amp;');
}

function markdown(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text };
}
