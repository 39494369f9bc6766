/** The clock of a local run: it stands still until somebody sets it, and never runs backwards. */
export interface VirtualClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Sets the clock to an instant; an earlier one is ignored. */
  readonly advanceTo: (instant: number) => void;
}

/** Makes a clock that shows `start`, milliseconds since the epoch. */
export function createClock(start: number): VirtualClock {
  let instant = start;
  return {
    now: () => instant,
    advanceTo: (later) => {
      instant = Math.max(instant, later);
    },
  };
}

/**
 * What one invocation of a function sees of time. The clock stands still while the invocation runs; sleeping only adds
 * to the invocation's own time, so that it ends, and gives its messages back, that much later on the virtual clock.
 */
export interface InvocationTime {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** How long the invocation has slept, milliseconds. */
  readonly elapsed: () => number;
  /** Settles when the invocation has slept past its timeout; whatever slept then never wakes up, as in Lambda. */
  readonly timedOut: Promise<'timed out'>;
}

/** Starts the time of an invocation that may take `timeoutMs` milliseconds. */
export function startInvocation(clock: VirtualClock, timeoutMs: number): InvocationTime {
  const startedAt = clock.now();
  let slept = 0;
  let stop: (reason: 'timed out') => void = () => {};
  const timedOut = new Promise<'timed out'>((resolve) => {
    stop = resolve;
  });
  return {
    now: () => new Date(startedAt + slept),
    sleep: (milliseconds) => {
      slept = Math.min(slept + Math.max(0, milliseconds), timeoutMs);
      if (slept < timeoutMs) {
        return Promise.resolve();
      }
      stop('timed out');
      return new Promise(() => {});
    },
    elapsed: () => slept,
    timedOut,
  };
}
