import { MonitorError } from '../errors';
import { objectOf, parseJson, textOf } from '../event/json';
import { defaultChannel } from '../settings';

/** A webhook of Slack: an incoming one takes Block Kit, a workflow's takes flat fields. */
export interface Webhook {
  readonly url: string;
  readonly kind: 'incoming' | 'workflow';
}

/**
 * Finds the webhooks in the secret's text, `{"slack_webhook": "https://…", "another_channel": "https://…"}`. A channel
 * without a URL is left out, because it is not put in yet.
 * @throws MonitorError `SECRET_UNUSABLE` when the secret holds a text that is no JSON object.
 */
export function webhooksIn(secret: string): ReadonlyMap<string, Webhook> {
  if (secret.trim() === '') return new Map();
  const fields = objectOf(parseJson(secret));
  if (!fields) {
    throw new MonitorError(
      'SECRET_UNUSABLE',
      `The secret is not a JSON object; it must hold {"${defaultChannel}": "https://hooks.slack.com/…"}`,
    );
  }
  return new Map(
    Object.entries(fields).flatMap(([channel, value]) => {
      const url = textOf(value);
      const isUrl = url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
      return isUrl ? [[channel, { url, kind: kindOf(url) }] as const] : [];
    }),
  );
}

function kindOf(url: string): Webhook['kind'] {
  return /^\/(?:workflows|triggers)\//.test(new URL(url).pathname) ? 'workflow' : 'incoming';
}
