import { MonitorError, nameOf } from '../errors';
import type { Log } from '../log';
import type { Ports } from '../ports';
import { type Outcome, outcomeOf } from './answer';
import type { Alert } from './decide';
import { incomingMessage } from './message/block-kit';
import { workflowMessage } from './message/workflow';
import { type Webhook, webhookIn } from './webhook';

/** An alert that Slack did not take, and the pause that it asked for, in seconds. */
export interface Unsent {
  readonly alert: Alert;
  readonly pauseSeconds: number;
}

/** Pauses before a post is tried again in the same invocation, milliseconds, where Slack names none. */
const pauses = [500, 2_000] as const;

/** A pause that Slack asks for is waited out here up to this length; a longer one is left to the queue. */
const longestPause = 5_000;

/** What posting takes. */
export interface Means {
  readonly ports: Pick<Ports, 'post' | 'readSecret' | 'sleep' | 'now'>;
  readonly log: Log;
  /** No request to Slack starts after this instant, milliseconds since the epoch. */
  readonly end: number;
}

/** What the posts of one invocation share. */
interface Session extends Means {
  webhook: Webhook | null;
  reread: boolean;
}

/**
 * Posts alerts one after the other. When Slack asks for a pause, fails at two alerts in a row or says that the webhook
 * is dead, or when the time is used up, the rest is left for later instead of being tried one by one.
 * @returns the alerts that Slack did not take.
 */
export async function postAlerts(alerts: readonly Alert[], means: Means): Promise<readonly Unsent[]> {
  const session: Session = { ...means, webhook: null, reread: false };
  const { log } = means;
  const unsent: Unsent[] = [];
  let failedBefore = false;
  for (const [at, alert] of alerts.entries()) {
    const rest = alerts.slice(at);
    const giveUp = (pauseSeconds: number) => [...unsent, ...rest.map((it) => ({ alert: it, pauseSeconds }))];
    if (isOver(session)) {
      log.warn('Time for posting is used up, the rest goes back to the queue', { alerts: rest.length });
      return giveUp(0);
    }
    session.webhook ??= await readWebhook(session, { fresh: false });
    if (session.webhook === null) {
      return giveUp(0);
    }
    const outcome = await postOrReread(alert, session.webhook, session);
    if ('dead' in outcome) {
      log.error('Slack knows the webhook no more, the alerts go back to the queue', {
        answer: outcome.dead,
        alerts: rest.length,
      });
      return giveUp(0);
    }
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

/** A refusal may mean that the webhook was replaced: the secret is read again, past the cache, once an invocation. */
async function postOrReread(alert: Alert, webhook: Webhook, session: Session): Promise<Outcome> {
  const outcome = await post(alert, webhook, session);
  if ('sent' in outcome || 'later' in outcome || session.reread || isOver(session)) {
    return outcome;
  }
  session.reread = true;
  const fresh = await readWebhook(session, { fresh: true });
  if (fresh === null || fresh.url === webhook.url || isOver(session)) {
    return outcome;
  }
  session.webhook = fresh;
  return post(alert, fresh, session);
}

function isOver({ end, ports }: Session, wait = 0): boolean {
  return ports.now().getTime() + wait > end;
}

async function post(alert: Alert, webhook: Webhook, session: Session): Promise<Outcome> {
  const body = JSON.stringify(webhook.kind === 'workflow' ? workflowMessage(alert) : incomingMessage(alert));
  for (const pause of pauses) {
    const outcome = await postOnce(webhook, body, session);
    const wait = 'later' in outcome ? (outcome.later === null ? pause : outcome.later * 1_000) : null;
    if (wait === null || wait > longestPause || isOver(session, wait)) {
      return outcome;
    }
    await session.ports.sleep(wait);
  }
  return postOnce(webhook, body, session);
}

async function postOnce(webhook: Webhook, body: string, { ports }: Session): Promise<Outcome> {
  try {
    return outcomeOf(await ports.post(webhook.url, body));
  } catch (error) {
    return { later: null, why: `no answer (${nameOf(error)})` };
  }
}

async function readWebhook({ ports, log }: Session, options: { fresh: boolean }): Promise<Webhook | null> {
  try {
    return webhookIn(await ports.readSecret(options));
  } catch (error) {
    const why = error instanceof MonitorError ? error.message : nameOf(error);
    log.error('The Slack webhook cannot be read, the alerts go back to the queue', { why });
    return null;
  }
}
