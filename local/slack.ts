import { objectOf, parseJson, textOf } from '../handler/event/json';
import type { HttpAnswer } from '../handler/ports';
import type { Lines } from './lines';

/** Stands in for Slack: nothing leaves the machine. */
export interface Slack {
  /** Takes a body as Slack does and keeps it; the URL is left out. */
  readonly post: (url: string, body: string) => HttpAnswer;
  readonly posted: () => number;
  /** The latest of them, oldest first. */
  readonly latest: () => readonly Post[];
}

/** What Slack took. */
export interface Post {
  /** As the secret calls it. */
  readonly channel: string;
  readonly body: string;
}

/** So many are kept for those who look through them. */
const kept = 200;

/** The channel of whoever has no routes. */
const defaultChannel = 'slack_webhook';

/**
 * The secret of the local run, in the form that a user puts in: a webhook for each channel that a route of the settings
 * names. The addresses lead nowhere.
 */
export function localSecret(settings: string): string {
  const routes = objectOf(parseJson(settings))?.['routes'];
  const named = (Array.isArray(routes) ? routes : []).flatMap((route) => textOf(objectOf(route)?.['channel']) ?? []);
  const channels = [...new Set([defaultChannel, ...named])];
  const url = (channel: string) =>
    `https://hooks.slack.com/services/T00000000/B00000000/${encodeURIComponent(channel)}`;
  return JSON.stringify(Object.fromEntries(channels.map((channel) => [channel, url(channel)])));
}

/** Opens a Slack that writes every exact body as one line. */
export function openSlack(lines: Lines): Slack {
  const latest: Post[] = [];
  let posted = 0;
  return {
    post: (url, body) => {
      lines.write(body);
      posted++;
      latest.push({ channel: decodeURIComponent(url.split('/').at(-1) ?? ''), body });
      if (latest.length > kept) latest.shift();
      return { status: 200, body: 'ok', retryAfterSeconds: null };
    },
    posted: () => posted,
    latest: () => latest,
  };
}
