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

/**
 * An invocation starts no request to Slack after this, milliseconds: the last one, given up after ten seconds, still
 * ends well inside the function's time-out of 60 s, even where reading settings and secret took long.
 */
const budget = 30_000;

/** What the posts of one invocation share. */
interface Session {
  /** Milliseconds since the epoch after which no request starts. */
  readonly end: number;
  webhook: Webhook | null;
  reread: boolean;
}

/**
 * Posts alerts one after the other. When Slack asks for a pause, fails at two alerts in a row, or the time is used
 * up, the rest is left for later instead of being tried one by one.
 * @returns the alerts that Slack did not take.
 */
export async function postAlerts(alerts: readonly Alert[], ports: SlackPorts, log: Log): Promise<readonly Unsent[]> {
  const session: Session = { end: ports.now().getTime() + budget, webhook: null, reread: false };
  const unsent: Unsent[] = [];
  let failedBefore = false;
  for (const [at, alert] of alerts.entries()) {
    const rest = alerts.slice(at);
    const giveUp = (pauseSeconds: number) => [...unsent, ...rest.map((it) => ({ alert: it, pauseSeconds }))];
    if (isOver(session, ports)) {
      log.warn('Time for posting is used up, the rest goes back to the queue', { alerts: rest.length });
      return giveUp(0);
    }
    session.webhook ??= await readWebhook(false, ports, log);
    if (session.webhook === null) {
      return giveUp(0);
    }
    const outcome = await postOrReread(alert, session.webhook, { session, ports, log });
    if ('later' in outcome && (failedBefore || outcome.later !== null)) {
      log.warn('Slack is not to be had, the alerts go back to the queue', { why: outcome.why, alerts: rest.length });
      return giveUp(outcome.later ?? 0);
    }
    if (!('sent' in outcome)) {
      const answer = 'later' in outcome ? outcome.why : outcome.rejected;
      log.error('Slack did not take an alert, its message goes back to the queue', { answer });
      unsent.push({ alert, pauseSeconds: 0 });
    }
    failedBefore = 'later' in outcome;
  }
  return unsent;
}

interface Means {
  readonly session: Session;
  readonly ports: SlackPorts;
  readonly log: Log;
}

/** A rejection may mean that the webhook was replaced: the secret is read again, past the cache, once an invocation. */
async function postOrReread(alert: Alert, webhook: Webhook, { session, ports, log }: Means): Promise<Outcome> {
  const outcome = await post(alert, webhook, session, ports);
  if (!('rejected' in outcome) || session.reread || isOver(session, ports)) {
    return outcome;
  }
  session.reread = true;
  const fresh = await readWebhook(true, ports, log);
  if (fresh === null || fresh.url === webhook.url) {
    return outcome;
  }
  session.webhook = fresh;
  return post(alert, fresh, session, ports);
}

function isOver({ end }: Session, ports: SlackPorts, wait = 0): boolean {
  return ports.now().getTime() + wait > end;
}

async function post(alert: Alert, webhook: Webhook, session: Session, ports: SlackPorts): Promise<Outcome> {
  const body = JSON.stringify(webhook.kind === 'workflow' ? workflowMessage(alert) : incomingMessage(alert));
  for (const pause of pauses) {
    const outcome = await postOnce(webhook, body, ports);
    const wait = 'later' in outcome ? (outcome.later === null ? pause : outcome.later * 1_000) : null;
    if (wait === null || wait > longestPause || isOver(session, ports, wait)) {
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
