import type { KnownBlock } from '@slack/types';
import type { Notice } from '../decide/notice';
import { blocksOfMany, calling, summaryOfMany, whereAllIs } from './group';
import { linesOf, taskLines } from './lines';
import { mrkdwn } from './mrkdwn';
import { oneLine } from './printable';
import { besideSummary, summary } from './sentences';
import { linkTo, localTime, mentionsIn } from './sequence';
import { sign } from './sign';
import { blocksOfOne } from './single';
import { limits } from './text';

/** A message for an incoming webhook: blocks for people, `text` for the notification and for old clients. */
export interface IncomingMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** A text alone lists so many tasks. */
const mostLines = 10;

/** Slack fetches no address that a message names, and shows nothing of it. */
const untouched = { unfurl_links: false, unfurl_media: false } as const;

/** One notice as a message about it, several as a list, the worst first. */
export function incomingMessage(notices: readonly Notice[]): IncomingMessage {
  const [notice] = notices;
  const isOne = notice !== undefined && notices.length === 1;
  return { text: previewOf(notices), blocks: isOne ? blocksOfOne(notice) : blocksOfMany(notices), ...untouched };
}

/** The message as nothing but a text, with what the blocks would have had of sentences, links and lines. */
export function plainMessage(notices: readonly Notice[]): { readonly text: string } {
  const notes = [...new Set(notices.flatMap(({ note }) => note ?? []))].slice(0, 3);
  const [notice] = notices;
  const more =
    notice && notices.length === 1
      ? [
          ...besideSummary(notice, localTime),
          linkTo(notice.route.runbook, 'Runbook'),
          linkTo(notice.record.console_url, 'Open the run'),
        ]
      : [...linesOf(taskLines(notices).slice(0, mostLines)), whereAllIs];
  const lines = [previewOf(notices), ...notes.map((note) => mrkdwn(note, limits.note)), ...more];
  return { text: lines.filter((line) => line !== null).join('\n') };
}

/** The sign, what, and why, in one line. Who is called stands at its end, where it does not push that out of sight. */
function previewOf(notices: readonly Notice[]): string {
  const [notice] = notices;
  const isOne = notice !== undefined && notices.length === 1;
  const line = oneLine(isOne ? `${sign(notice)} ${summary(notice)}` : summaryOfMany(notices));
  const mentions = mentionsIn(calling(notices));
  return mentions === '' ? mrkdwn(line, limits.text) : `${mrkdwn(line, limits.text)} ${mentions}`;
}
