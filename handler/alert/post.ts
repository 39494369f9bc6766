import { MonitorError, nameOf } from '../errors';
import type { Log } from '../log';
import type { Ports } from '../ports';
import { defaultChannel } from '../settings';
import { type Outcome, outcomeOf } from './answer';
import type { Notice } from './decide/notice';
import { messageOf, plainMessageOf } from './message';
import { type Webhook, webhooksIn } from './webhook';

/** One message: a notice by itself, or several that are told together. */
export interface Posting {
  readonly channel: string;
  readonly notices: readonly Notice[];
}

/** What became of a message, and through which channel it went. */
export type Posted =
  | { readonly sent: true; readonly channel: string; readonly note: string | null }
  | { readonly unconfigured: string }
  | { readonly failed: string }
  | { readonly later: string; readonly pauseSeconds: number };

/** What posting takes. */
export interface Means {
  readonly ports: Pick<Ports, 'post' | 'readSecret' | 'sleep' | 'now'>;
  readonly log: Log;
  /** No request to Slack starts after this instant, milliseconds since the epoch. */
  readonly end: number;
}

/** What the posts of one invocation share. */
interface Session extends Means {
  webhooks: ReadonlyMap<string, Webhook> | null;
  reread: boolean;
  /** Webhooks that are dead, failed twice in a row or asked for a pause, with what becomes of what they do not get. */
  readonly resting: Map<string, Posted>;
  readonly failedBefore: Set<string>;
}

/** Pauses before a post is tried again in the same invocation, milliseconds, where Slack names none. */
const pauses = [500, 2_000] as const;

/** A pause that Slack asks for is waited out here up to this length; a longer one is left to the queue. */
const longestPause = 5_000;

/**
 * Posts messages one after the other. Where Slack asks for a pause or fails twice in a row, what is left for that
 * webhook is put off instead of being tried one by one. A channel that is not there, or that Slack knows no more, gives
 * its message to the default channel, which says so.
 * @returns what became of each, in order.
 */
export async function postAll(postings: readonly Posting[], means: Means): Promise<readonly Posted[]> {
  const session: Session = { ...means, webhooks: null, reread: false, resting: new Map(), failedBefore: new Set() };
  const posted: Posted[] = [];
  for (const posting of postings) {
    // One that no message can be made of must not keep those that were posted from being marked.
    const result = await postOne(posting, session).catch((error) => ({
      failed: `no message of it (${nameOf(error)})`,
    }));
    if (!('sent' in result)) means.log.error('A message was not sent', { why: Object.values(result).join(' ') });
    posted.push(result);
  }
  return posted;
}

async function postOne(posting: Posting, session: Session): Promise<Posted> {
  if (isOver(session)) return { later: 'the time for posting is used up', pauseSeconds: 0 };
  const unread = session.webhooks === null ? await readWebhooks(session, { fresh: false }) : null;
  if (unread !== null) return unread;
  const first = await postTo(posting.channel, posting, session);
  if (!('failed' in first || 'unconfigured' in first) || session.reread || isOver(session)) return first;
  // The webhook may have been put in or replaced since the secret was read: it is read again once an invocation.
  session.reread = true;
  const before = webhookFor(posting.channel, session);
  const unreadAnew = await readWebhooks(session, { fresh: true });
  if (unreadAnew !== null) return unreadAnew;
  const after = webhookFor(posting.channel, session);
  return after !== undefined && after.url !== before?.url ? postTo(posting.channel, posting, session) : first;
}

function webhookFor(channel: string, { webhooks }: Session): Webhook | undefined {
  return webhooks?.get(channel) ?? webhooks?.get(defaultChannel);
}

/**
 * Reads the secret. One without a value, or without JSON, is for people to mend; all else may be gone the next time.
 * @returns what becomes of a message when it cannot be read.
 */
async function readWebhooks(session: Session, reading: { readonly fresh: boolean }): Promise<Posted | null> {
  try {
    session.webhooks = webhooksIn(await session.ports.readSecret(reading));
    return null;
  } catch (error) {
    if (error instanceof MonitorError && error.code === 'SECRET_UNUSABLE') return { failed: error.message };
    return nameOf(error) === 'ResourceNotFoundException'
      ? { unconfigured: 'the secret has no value yet' }
      : { later: `the secret cannot be read (${nameOf(error)})`, pauseSeconds: 0 };
  }
}

/** Posts to a channel, and where it cannot be used to the default channel. */
async function postTo(channel: string, posting: Posting, session: Session): Promise<Posted> {
  const webhook = session.webhooks?.get(channel);
  if (webhook === undefined) {
    return channel === defaultChannel
      ? { unconfigured: `the secret holds no webhook under ${channel}` }
      : postTo(defaultChannel, noted(posting, `The secret holds no webhook under ${channel}.`), session);
  }
  const result = await postBy(webhook, channel, posting, session);
  if (!('failed' in result) || channel === defaultChannel || isOver(session)) return result;
  return postTo(defaultChannel, noted(posting, `Slack refused this in ${channel} (${result.failed}).`), session);
}

function noted(posting: Posting, note: string): Posting {
  const both = (before: string | null) => (before === null ? note : `${note} ${before}`);
  return { ...posting, notices: posting.notices.map((notice) => ({ ...notice, note: both(notice.note) })) };
}

async function postBy(webhook: Webhook, channel: string, posting: Posting, session: Session): Promise<Posted> {
  const { resting, failedBefore } = session;
  // Reading the secret takes its time, too; what is posted later than this could not be marked any more.
  if (isOver(session)) return { later: 'the time for posting is used up', pauseSeconds: 0 };
  const rest = resting.get(webhook.url);
  if (rest) return rest;
  const body = JSON.stringify(messageOf(webhook.kind, posting.notices));
  let outcome = await tryOften(webhook, body, session);
  if ('rejected' in outcome && webhook.kind === 'incoming' && !isOver(session)) {
    outcome = await tryOften(webhook, JSON.stringify(plainMessageOf(posting.notices)), session);
  }
  if ('sent' in outcome) {
    failedBefore.delete(webhook.url);
    return { sent: true, channel, note: posting.notices[0]?.note ?? null };
  }
  if ('rejected' in outcome) return { failed: outcome.rejected };
  if ('dead' in outcome) {
    resting.set(webhook.url, { failed: outcome.dead });
    return { failed: outcome.dead };
  }
  const later = { later: outcome.why, pauseSeconds: outcome.later ?? 0 };
  if (failedBefore.has(webhook.url) || outcome.later !== null) resting.set(webhook.url, later);
  failedBefore.add(webhook.url);
  return later;
}

/**
 * Tries again what Slack does not answer or puts off for a moment. One that lets us wait is not tried again now: the
 * other channels want their time, too.
 */
async function tryOften(webhook: Webhook, body: string, session: Session): Promise<Outcome> {
  for (const pause of pauses) {
    const begun = session.ports.now().getTime();
    const outcome = await postOnce(webhook, body, session);
    if ('later' in outcome && session.ports.now().getTime() - begun >= longestPause) {
      return { ...outcome, later: outcome.later ?? 0 };
    }
    const wait = 'later' in outcome ? (outcome.later === null ? pause : outcome.later * 1_000) : null;
    if (wait === null || wait > longestPause || isOver(session, wait)) return outcome;
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

function isOver({ end, ports }: Session, wait = 0): boolean {
  return ports.now().getTime() + wait > end;
}
