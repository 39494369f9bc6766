import type { MrkdwnElement } from '@slack/types';

/**
 * Limits of texts, UTF-16 units. Those of `header`, `section` and `field` are Slack's or below them (block reference,
 * Slack documentation: 150, 3,000, 2,000); `text` is what a notification can show, far below Slack's 40,000.
 */
export const limits = { header: 150, section: 3_000, field: 1_100, text: 1_000, note: 600 } as const;

/** A text object. Verbatim: nothing in it becomes a link or a mention that is not written as one. */
export function markdown(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}
