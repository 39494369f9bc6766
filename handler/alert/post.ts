import { nameOf } from '../errors';
import type { Ports } from '../ports';
import { type Posted, type Posting, postOne, type Session, type Shared } from './channel';

/** What posting takes. */
interface World extends Pick<Shared, 'log' | 'end' | 'paused'> {
  readonly ports: Shared['ports'] & Pick<Ports, 'readSecret'>;
}

/**
 * Posts messages: those of a channel one after the other, the channels beside each other, so that one that does not
 * answer holds up no other. Where Slack asks for a pause or fails twice in a row, what is left for that webhook is put
 * off instead of being tried one by one. A channel that is not there, or that Slack knows no more, gives its message to
 * the default channel, which says so.
 * @returns what became of each, in order.
 */
export async function postAll(postings: readonly Posting[], world: World): Promise<readonly Posted[]> {
  const { readSecret } = world.ports;
  const secret = { cached: once(() => readSecret({ fresh: false })), fresh: once(() => readSecret({ fresh: true })) };
  const shared: Shared = { ...world, secret, resting: new Map(), failedBefore: new Set() };
  const results = new Map<Posting, Posted>();
  const channels = [...new Set(postings.map(({ channel }) => channel))];
  await Promise.all(
    channels.map(async (channel) => {
      const session: Session = { ...shared, webhooks: null, reread: false };
      for (const posting of postings.filter((it) => it.channel === channel)) {
        results.set(posting, await postOrSay(posting, session));
      }
    }),
  );
  return postings.flatMap((posting) => results.get(posting) ?? []);
}

function once<T>(call: () => Promise<T>): () => Promise<T> {
  let called: Promise<T> | null = null;
  return () => {
    called ??= call();
    return called;
  };
}

/** A message that none can be made of must not keep those that were posted from being marked. */
async function postOrSay(posting: Posting, session: Session): Promise<Posted> {
  const result = await postOne(posting, session).catch((error) => ({
    failed: `no message of it (${nameOf(error)})`,
  }));
  if (!('sent' in result)) session.log.error('A message was not sent', { why: Object.values(result).join(' ') });
  return result;
}
