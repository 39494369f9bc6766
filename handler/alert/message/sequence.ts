import { mrkdwn } from './mrkdwn';

/** A link is left out rather than cut; two of this length and a date fit one text. */
const longestLink = 1_400;

/** So many ids of groups and people stand in front of one message. */
const mostMentions = 20;

const mention = /^(?:<!subteam\^S[A-Z0-9]{1,20}>|<@[UW][A-Z0-9]{1,20}>|<!here>|<!channel>)$/;

/** A link as Slack reads it; null for what is no address of a page, or too long. */
export function linkTo(url: string | null, label: string): string | null {
  const target = linkTarget(url ?? '');
  return target === null ? null : `<${target}|${mrkdwn(label, 100)}>`;
}

/** An address in which no sign ends the link, pings, or is unseen. */
export function linkTarget(url: string): string | null {
  if (!/^https?:\/\/[^\s/]/i.test(url)) return null;
  const target = url
    .toWellFormed()
    .replace(/[^\x21-\x7e]+/gu, encodeURIComponent)
    .replace(/[|<>"`]/g, encodeURIComponent)
    .replaceAll('&', '&amp;');
  return target.length <= longestLink ? target : null;
}

/** An instant as each reader's own clock says it (date formatting, Slack documentation). */
export function localTime(instant: string): string {
  const seconds = Math.floor(Date.parse(instant) / 1_000);
  return Number.isNaN(seconds)
    ? mrkdwn(instant, 100)
    : `<!date^${seconds}^{date_short_pretty} {time_secs}|${mrkdwn(instant, 100).replaceAll('|', ' ')}>`;
}

/**
 * Who is called by a message, each once: a group, a person, everyone who is there, everyone. Whatever else a route says
 * is shown, but calls nobody.
 */
export function mentionsIn(routes: readonly { readonly mention: string | null }[]): string {
  const words = routes.flatMap((route) => (route.mention ?? '').split(/[\s,]+/).filter((word) => word !== ''));
  return [...new Set(words)]
    .slice(0, mostMentions)
    .map((word) => (mention.test(word) ? word : mrkdwn(word, 60)))
    .join(' ');
}
