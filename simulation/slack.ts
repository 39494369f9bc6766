import type { HttpAnswer } from '../handler/ports';
import { webhookPaths } from './errors';
import type { Plan } from './plan';
import type { Strikes } from './strikes';

/** The webhooks of a plan by channel, as the secret holds them. */
function webhooksOf({ routed, ownChannelIsWorkflow }: Plan): Readonly<Record<string, string>> {
  const host = 'https://hooks.slack.com';
  const own = `${host}/${ownChannelIsWorkflow ? 'triggers' : 'services'}/${webhookPaths.own}`;
  return { slack_webhook: `${host}/services/${webhookPaths.default}`, ...(routed === null ? {} : { own }) };
}

/** Whose webhook a URL is. */
export function channelOf(url: string): 'default' | 'own' | 'unknown' {
  if (url.endsWith(webhookPaths.default)) return 'default';
  return url.endsWith(webhookPaths.own) ? 'own' : 'unknown';
}

/** What Slack answers to a message at an instant, and whether people see it. */
export function slackAnswer(
  url: string,
  now: number,
  strikes: Strikes,
): { readonly answer: HttpAnswer; readonly isShown: boolean } {
  const channel = channelOf(url);
  const fault = strikes.now('slack', now).find((it) => it.channel === null || it.channel === channel);
  if (fault) {
    const { status, body, retryAfterSeconds } = fault;
    return { answer: { status, body, retryAfterSeconds }, isShown: false };
  }
  return {
    answer: { status: 200, body: url.includes('/triggers/') ? '' : 'ok', retryAfterSeconds: null },
    isShown: true,
  };
}

/** The secret's text at an instant; null when it has no value. */
export function secretText(plan: Plan, now: number, strikes: Strikes): string | null {
  const [fault] = strikes.now('secret', now);
  if (fault === undefined) return JSON.stringify(webhooksOf(plan));
  return { nothing: null, 'no channel': '{"another": "https://example.com/x"}', garbage: 'to be put in' }[fault.holds];
}
