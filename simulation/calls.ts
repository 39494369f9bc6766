import type { Invocation } from './history';
import type { PortName } from './plan';
import { draw } from './random';
import type { Scheduler } from './scheduler';
import type { Strikes } from './strikes';

/** How a client gives up: like the SDK's, after ten seconds. */
const givenUpAfter = 10_000;

/** What a call does to the world at the instant at which it gets there. */
export interface Effect<T> {
  readonly take: () => T;
  /** Called when the function learns of it. */
  readonly answered?: () => void;
}

/** What calls go through. */
export interface Wire {
  readonly seed: number;
  readonly scheduler: Scheduler;
  readonly strikes: Strikes;
  /** Ends an invocation at once: nothing that it waits for ever comes. */
  readonly kill: (invocation: Invocation, why: 'crash' | 'timeout') => void;
}

/**
 * Sends a call on its way: it takes effect after a while, and is answered after another. Faults strike it on either
 * way; who died meanwhile gets no answer, and what was on the way may take effect or not.
 */
export function send<T>(port: PortName, effect: Effect<T>, by: Invocation, wire: Wire): Promise<T> {
  const { seed, scheduler, strikes, kill } = wire;
  const number = by.calls++;
  const chance = (use: number) => draw(seed, by.number, number, use);
  const slow = strikes.now('slow', scheduler.now()).reduce((sum, { byMs }) => sum + byMs, 0);
  const way = (use: number) => 2 + Math.floor(chance(use) * 30 + slow * chance(use + 1));
  const strike = strikes.on(port, scheduler.now());
  const [there, back] = [way(1), way(3)];
  const isLost = strike?.does === 'loses the answer' || there + back > givenUpAfter;
  return new Promise((resolve, reject) => {
    const fail = (name: string, after: number) =>
      scheduler.at(scheduler.now() + after, () => {
        if (by.died === null) reject(Object.assign(new Error(`${port} failed`), { name }));
      });
    if (strike?.does === 'refuses') return fail('ServiceUnavailable', there);
    if (strike?.does === 'hangs') return fail('TimeoutError', givenUpAfter);
    if (strike?.does === 'crashes' && !strike.isAfter) return kill(by, 'crash');
    if (isLost) fail('TimeoutError', givenUpAfter);
    scheduler.at(scheduler.now() + there, () => {
      if (by.died !== null && chance(5) < 0.5) return;
      const first = effect.take();
      const value = strike?.does === 'sends twice' ? effect.take() : first;
      if (strike?.does === 'crashes') return kill(by, 'crash');
      if (isLost) return;
      scheduler.at(scheduler.now() + back, () => {
        if (by.died !== null) return;
        effect.answered?.();
        resolve(value);
      });
    });
  });
}
