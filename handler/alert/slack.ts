import { MonitorError } from '../errors';
import { objectOf, parseJson } from '../event/json';
import type { Log } from '../log';
import type { HttpAnswer, Ports } from '../ports';
import type { Alert } from './decide';
import { incomingMessage } from './message/block-kit';
import { workflowMessage } from './message/workflow';
import { type Webhook, webhookIn } from './webhook';

/** What became of an alert: Slack took it, or why not; after `later`, Slack asks for a pause of so many seconds. */
type Outcome =
  | { readonly sent: true }
  | { readonly later: number | null; readonly why: string }
  | { readonly rejected: string };

/** An alert that Slack did not take, and the pause that it asked for, in seconds. */
export interface Unsent {
  readonly alert: Alert;
  readonly pauseSeconds: number;
}

type SlackPorts = Pick<Ports, 'post' | 'readSecret' | 'sleep' | 'now'>;

/** Pauses before a post is tried again in the same invocation, milliseconds, where Slack names none. */
const pauses = [500, 2_000] as const;

/** A pause that Slack asks for is waited out here up to this length; a longer one is left to the queue. */
const longestPause = 5_000;

/** An invocation stops posting after this, milliseconds, well inside the function's time-out of 60 s. */
const budget = 40_000;

/**
 * Posts alerts one after the other. When Slack is not to be had, or the time is used up, the rest is left for later
 * instead of being tried one by one.
 * @returns the alerts that Slack did not take.
 */
export async function postAlerts(alerts: readonly Alert[], ports: SlackPorts, log: Log): Promise<readonly Unsent[]> {
  const end = ports.now().getTime() + budget;
  const unsent: Unsent[] = [];
  let webhook: Webhook | null = null;
  for (const [at, alert] of alerts.entries()) {
    const rest = alerts.slice(at);
    if (ports.now().getTime() > end) {
      log.warn('Time for posting is used up, the rest goes back to the queue', { alerts: rest.length });
      return [...unsent, ...rest.map((it) => ({ alert: it, pauseSeconds: 0 }))];
    }
    webhook ??= await readWebhook(false, ports, log);
    if (webhook === null) {
      return [...unsent, ...rest.map((it) => ({ alert: it, pauseSeconds: 0 }))];
    }
    const answer = await postOrReread(alert, webhook, ports, log);
    webhook = answer.webhook;
    if ('later' in answer.outcome) {
      const pauseSeconds = answer.outcome.later ?? 0;
      log.warn('Slack is not to be had, the alerts go back to the queue', {
        why: answer.outcome.why,
        alerts: rest.length,
      });
      return [...unsent, ...rest.map((it) => ({ alert: it, pauseSeconds }))];
    }
    if ('rejected' in answer.outcome) {
      log.error('Slack rejected an alert, its message goes back to the queue', { answer: answer.outcome.rejected });
      unsent.push({ alert, pauseSeconds: 0 });
    }
  }
  return unsent;
}

/** A rejection may mean that the webhook was replaced: the secret is read again, past the cache, once. */
async function postOrReread(
  alert: Alert,
  webhook: Webhook,
  ports: SlackPorts,
  log: Log,
): Promise<{ readonly outcome: Outcome; readonly webhook: Webhook }> {
  const outcome = await post(alert, webhook, ports);
  if (!('rejected' in outcome)) {
    return { outcome, webhook };
  }
  const fresh = await readWebhook(true, ports, log);
  return fresh === null || fresh.url === webhook.url
    ? { outcome, webhook }
    : { outcome: await post(alert, fresh, ports), webhook: fresh };
}

async function post(alert: Alert, webhook: Webhook, ports: SlackPorts): Promise<Outcome> {
  const body = JSON.stringify(webhook.kind === 'workflow' ? workflowMessage(alert) : incomingMessage(alert));
  for (const pause of pauses) {
    const outcome = await postOnce(webhook, body, ports);
    const wait = 'later' in outcome ? (outcome.later === null ? pause : outcome.later * 1_000) : null;
    if (wait === null || wait > longestPause) {
      return outcome;
    }
    await ports.sleep(wait);
  }
  return postOnce(webhook, body, ports);
}

async function postOnce(webhook: Webhook, body: string, ports: SlackPorts): Promise<Outcome> {
  try {
    return outcomeOf(await ports.post(webhook.url, body));
  } catch (error) {
    return { later: null, why: `no answer (${error instanceof Error ? error.name : 'unknown error'})` };
  }
}

/** Slack's answers, told by their codes alone: only 429, 5xx and no answer at all are tried again; a workflow may say `ok: false` with a 200. */
function outcomeOf({ status, body, retryAfterSeconds }: HttpAnswer): Outcome {
  const answer = objectOf(parseJson(body));
  const told = `${status} ${/^[a-z_]{1,60}$/.exec(String(answer?.['error'] ?? body))?.[0] ?? ''}`.trim();
  if (status === 429 || status >= 500) {
    return { later: retryAfterSeconds, why: told };
  }
  if (status < 200 || status >= 300) {
    return { rejected: told };
  }
  return answer?.['ok'] === false ? { rejected: told } : { sent: true };
}

async function readWebhook(fresh: boolean, ports: SlackPorts, log: Log): Promise<Webhook | null> {
  try {
    return webhookIn(await ports.readSecret({ fresh }));
  } catch (error) {
    const why = error instanceof MonitorError ? error.message : error instanceof Error ? error.name : 'unknown error';
    log.error('The Slack webhook cannot be read, the alerts go back to the queue', { why });
    return null;
  }
}
