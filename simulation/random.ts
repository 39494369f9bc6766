/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(from: readonly [T, ...T[]]) => T;
}

/** Makes the numbers of a seed. */
export function createRandom(seed: number): Random {
  let drawn = 0;
  const next = () => draw(seed, drawn++);
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick: (from) => from[between(0, from.length - 1)] ?? from[0],
  };
}

/**
 * A number from 0 up to 1 that depends on the given ones alone: what happens to one call does not change because
 * another was left out, which makes a counterexample shrink.
 */
export function draw(...of: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const number of of) {
    state = mix(state ^ (number | 0));
    state = mix(state ^ Math.floor(number / 0x1_0000_0000));
  }
  return (mix(state) >>> 0) / 0x1_0000_0000;
}

/** The last steps of MurmurHash3: every bit of the input changes half of the output. */
function mix(value: number): number {
  let state = (value + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}
