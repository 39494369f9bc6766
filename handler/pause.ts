/** How long something rests before it is tried again. */
export interface Pause {
  /** At least so many seconds. */
  readonly seconds: number;
  /** Something is wrong, so it rests longer each time; else another invocation works on it, and is soon done. */
  readonly isFault: boolean;
}

/** The pause of something that went wrong, where nothing is known of when it can go on. */
export const afterFault: Pause = { seconds: 0, isFault: true };

/** A message stays hidden for a minute after its first fault, twice as long after each further receive, up to an hour. */
const shortest = 60;
const longest = 3_600;

/** What another invocation works on is done within minutes, however often the message was received for other reasons. */
const longestWait = 600;

/** The pause of a message that holds two things to try again. */
export function longer(one: Pause, other: Pause): Pause {
  return { seconds: Math.max(one.seconds, other.seconds), isFault: one.isFault || other.isFault };
}

/** Seconds for which a message is hidden after it was received so often without success. */
export function visibilityAfter(receiveCount: number, { seconds, isFault }: Pause): number {
  const growth = 2 ** Math.min(receiveCount - 1, 10);
  const growing = isFault ? Math.min(longest, shortest * growth) : Math.min(longestWait, seconds * growth);
  return Math.ceil(Math.min(longest, Math.max(growing, seconds)));
}
