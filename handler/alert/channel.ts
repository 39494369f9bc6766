import { MonitorError, nameOf } from '../errors';
import type { Log } from '../log';
import { defaultChannel } from '../settings';
import { joinNotes, type Notice } from './decide/notice';
import { messageOf, plainMessageOf } from './message';
import { isOver, type Means, tryOften } from './tries';
import { type Webhook, webhooksIn } from './webhook';

/** One message: a notice by itself, or several that are told together. */
export interface Posting {
  readonly channel: string;
  readonly notices: readonly Notice[];
  /** Why it is told in another channel than it was meant for; null: it is told there. */
  readonly note: string | null;
}

/** What became of a message, and through which channel it went. */
export type Posted =
  | { readonly sent: true; readonly channel: string; readonly note: string | null }
  | { readonly unconfigured: string }
  | { readonly failed: string }
  | { readonly later: string; readonly pauseSeconds: number };

/** What the posts of one invocation share. */
export interface Shared extends Means {
  readonly log: Log;
  /** Until when Slack wants to hear nothing by a webhook, milliseconds since the epoch; invocations share it. */
  readonly paused: Map<string, number>;
  /** The secret as it was read before, or as it is now; each is read once. */
  readonly secret: Readonly<Record<'cached' | 'fresh', () => Promise<string>>>;
  /** Webhooks that are dead, failed twice in a row or asked for a pause, with what becomes of what they do not get. */
  readonly resting: Map<string, Posted>;
  readonly failedBefore: Set<string>;
}

/** What the posts to one channel share. */
export interface Session extends Shared {
  webhooks: ReadonlyMap<string, Webhook> | null;
  reread: boolean;
}

/** However long Slack asks for, after so many seconds somebody looks whether it means it. */
const longestRest = 3_600;

/**
 * Posts a message to its channel, or to the default channel, which says why. What fails for good is tried once more when
 * the secret holds another webhook by now.
 */
export async function postOne(posting: Posting, session: Session): Promise<Posted> {
  if (isOver(session)) return { later: 'the time for posting is used up', pauseSeconds: 0 };
  const unread = session.webhooks === null ? await readWebhooks(session, 'cached') : null;
  if (unread !== null) return unread;
  const first = await postTo(posting.channel, posting, session);
  if (!('failed' in first || 'unconfigured' in first) || session.reread || isOver(session)) return first;
  // The webhook may have been put in or replaced since the secret was read: it is read again once an invocation.
  session.reread = true;
  const before = webhookFor(posting.channel, session);
  const unreadAnew = await readWebhooks(session, 'fresh');
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
async function readWebhooks(session: Session, reading: keyof Shared['secret']): Promise<Posted | null> {
  try {
    session.webhooks = webhooksIn(await session.secret[reading]());
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
  return { ...posting, note: joinNotes(note, posting.note) };
}

function noticesOf({ notices, note }: Posting): readonly Notice[] {
  return notices.map((notice) => ({ ...notice, note: joinNotes(note, notice.note) }));
}

async function postBy(webhook: Webhook, channel: string, posting: Posting, session: Session): Promise<Posted> {
  const { resting, failedBefore } = session;
  // Reading the secret takes its time, too; what is posted later than this could not be marked any more.
  if (isOver(session)) return { later: 'the time for posting is used up', pauseSeconds: 0 };
  const rest = resting.get(webhook.url) ?? pauseOf(webhook, session);
  if (rest) return rest;
  const notices = noticesOf(posting);
  const body = JSON.stringify(messageOf(webhook.kind, notices));
  let outcome = await tryOften(webhook, body, session);
  if ('rejected' in outcome && webhook.kind === 'incoming' && !isOver(session)) {
    outcome = await tryOften(webhook, JSON.stringify(plainMessageOf(notices)), session);
  }
  if ('sent' in outcome) {
    failedBefore.delete(webhook.url);
    return { sent: true, channel, note: posting.note };
  }
  if ('rejected' in outcome) return { failed: outcome.rejected };
  if ('dead' in outcome) {
    resting.set(webhook.url, { failed: outcome.dead });
    return { failed: outcome.dead };
  }
  const later = { later: outcome.why, pauseSeconds: outcome.later ?? 0 };
  if (failedBefore.has(webhook.url) || outcome.later !== null) resting.set(webhook.url, later);
  if (outcome.later !== null) {
    const pause = Math.min(outcome.later, longestRest) * 1_000;
    session.paused.set(webhook.url, session.ports.now().getTime() + pause);
  }
  failedBefore.add(webhook.url);
  return later;
}

/** What becomes of a message while Slack wants to hear nothing, as it told this or another invocation. */
function pauseOf({ url }: Webhook, { paused, ports }: Session): Posted | null {
  const left = (paused.get(url) ?? 0) - ports.now().getTime();
  return left > 0 ? { later: 'Slack asked for a pause', pauseSeconds: Math.ceil(left / 1_000) } : null;
}
