import { MonitorError, nameOf } from '../errors';
import type { Ports } from '../ports';
import { type Outcome, outcomeOf } from './answer';
import type { Webhook } from './webhook';

/** What a post takes. */
export interface Means {
  readonly ports: Pick<Ports, 'post' | 'sleep' | 'now'>;
  /** No request to Slack starts after this instant, milliseconds since the epoch. */
  readonly end: number;
}

/** Pauses before a post is tried again in the same invocation, milliseconds, where Slack names none. */
const pauses = [500, 2_000] as const;

/** A pause that Slack asks for is waited out here up to this length; a longer one is left to the queue. */
const longestPause = 5_000;

/**
 * Tries again what Slack does not answer or puts off for a moment. One that lets us wait is not tried again now: the
 * other channels want their time, too.
 */
export async function tryOften(webhook: Webhook, body: string, means: Means): Promise<Outcome> {
  for (const pause of pauses) {
    const begun = means.ports.now().getTime();
    const outcome = await postOnce(webhook, body, means);
    if ('later' in outcome && means.ports.now().getTime() - begun >= longestPause) {
      return { ...outcome, later: outcome.later ?? 0 };
    }
    const wait = 'later' in outcome ? (outcome.later === null ? pause : outcome.later * 1_000) : null;
    if (wait === null || wait > longestPause || isOver(means, wait)) return outcome;
    await means.ports.sleep(wait);
  }
  return postOnce(webhook, body, means);
}

async function postOnce(webhook: Webhook, body: string, { ports }: Means): Promise<Outcome> {
  try {
    return outcomeOf(await ports.post(webhook.url, body));
  } catch (error) {
    if (error instanceof MonitorError && error.code === 'HOST_UNKNOWN') return { dead: error.message };
    return { later: null, why: `no answer (${nameOf(error)})` };
  }
}

/** Whether the time for posting is used up after a wait of so many milliseconds. */
export function isOver({ end, ports }: Means, wait = 0): boolean {
  return ports.now().getTime() + wait > end;
}
