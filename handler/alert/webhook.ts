import { MonitorError } from '../errors';
import { objectOf, parseJson, textOf } from '../event/json';

/** The key of the secret under which the default channel's webhook stands. */
const defaultChannel = 'slack_webhook';

/** A webhook of Slack: an incoming one takes Block Kit, a workflow's takes flat fields. */
export interface Webhook {
  readonly url: string;
  readonly kind: 'incoming' | 'workflow';
}

/**
 * Finds the webhook in the secret's text, `{"slack_webhook": "https://…"}`.
 * @throws MonitorError `SECRET_UNUSABLE` saying what is wrong with the secret, never what is in it.
 */
export function webhookIn(secret: string): Webhook {
  const fields = objectOf(parseJson(secret));
  if (!fields) {
    throw unusable(secret.trim() === '' ? 'is empty' : 'is not a JSON object');
  }
  const url = textOf(fields[defaultChannel]);
  if (url === null || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw unusable(url === null ? `lacks the key ${defaultChannel}` : `holds no URL under ${defaultChannel}`);
  }
  return { url, kind: /^\/(?:workflows|triggers)\//.test(new URL(url).pathname) ? 'workflow' : 'incoming' };
}

function unusable(what: string): MonitorError {
  return new MonitorError(
    'SECRET_UNUSABLE',
    `The secret ${what}; it must hold {"${defaultChannel}": "https://hooks.slack.com/…"}`,
  );
}
