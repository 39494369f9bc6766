import type { KnownBlock, MrkdwnElement } from '@slack/types';
import type { Notice } from '../decide/notice';
import { codeBlock, mrkdwn, plain } from './mrkdwn';
import { oneLine } from './printable';
import { sentences } from './sentences';
import { linkTo, localTime, mentionsIn } from './sequence';
import { sign, urgency } from './sign';
import { limits, markdown } from './text';
import { attemptsOf, durationWords, headline, reason } from './words';

/** The blocks about one thing: what happened and why, how sure and how often, where, the whole error, where to look. */
export function blocksOfOne(notice: Notice): readonly KnownBlock[] {
  const title = `${sign(notice)} ${urgency(notice)}${headline(notice)}`;
  return [
    { type: 'header', text: { type: 'plain_text', text: plain(title, limits.header) } },
    ...textBlocks(notice),
    { type: 'section', fields: fieldsOf(notice) },
    ...(notice.kind === 'recovery' ? [] : [detailsOf(notice)]),
    { type: 'context', elements: [localTime(notice.record.event_time), ...linksOf(notice)].map(markdown) },
    ...noteBlocks(notice.note),
  ];
}

/** What the reader should know of the message itself, with a sign of its own; empty when there is nothing. */
export function noteBlocks(note: string | null): readonly KnownBlock[] {
  return note ? [{ type: 'context', elements: [markdown(`⚠️ ${mrkdwn(note, limits.note)}`)] }] : [];
}

/** Who is called, why it failed, and the rest in sentences. Good news call nobody. */
function textBlocks(notice: Notice): readonly KnownBlock[] {
  const said = sentences(notice, localTime).join('\n');
  if (notice.kind === 'recovery') return [{ type: 'section', text: markdown(said) }];
  const mentions = mentionsIn([notice.route]);
  const front = mentions === '' ? '' : `${mentions} `;
  const why = markdown(front + mrkdwn(reason(notice.record), limits.section - front.length));
  return [{ type: 'section', text: why }, ...(said === '' ? [] : [{ type: 'section', text: markdown(said) } as const])];
}

/** At most ten, or Slack refuses the message. */
function fieldsOf({ record }: Notice): MrkdwnElement[] {
  const attempt = attemptsOf(record) ?? record.retry_attempts;
  const run = attempt ? `${record.service_request_id} (attempt ${attempt})` : record.service_request_id;
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
  ];
  return facts.flatMap(([name, value]) =>
    value ? [markdown(`*${name}*\n${mrkdwn(oneLine(value), limits.field - name.length - 3)}`)] : [],
  );
}

function detailsOf({ record }: Notice): KnownBlock {
  const label = '*exception_details*\n';
  const details = codeBlock(record.exception_details || reason(record), limits.section - label.length);
  return { type: 'section', text: markdown(label + details) };
}

function linksOf({ record, route }: Notice): readonly string[] {
  const runbook = linkTo(route.runbook, 'Runbook') ?? (route.runbook && `Runbook: ${mrkdwn(route.runbook, 200)}`);
  return [runbook, linkTo(record.console_url, 'Open the run'), linkTo(record.logs_url, 'Logs')].filter(
    (it): it is string => Boolean(it),
  );
}
