import { parseArgs } from 'node:util';
import { type Counterexample, type Done, search } from './search';
import { wordsOf } from './words';

/** What `npm run simulate` takes. */
export const usage = `npm run simulate -- [--schedules N] [--seed S]

Tries to break what persist, notify and the tick promise: N schedules (500) of events and faults, made of the seeds S
(1), S+1 and so on. Prints the first schedule that breaks a promise, as small as it gets; --seed with its number and
--schedules 1 show it again.`;

/** Which schedules the arguments ask for; null when they cannot be read. */
export function readArguments(args: readonly string[]): { readonly seed: number; readonly schedules: number } | null {
  try {
    const options = { schedules: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const isNumber = [values.schedules, values.seed].every((text) => /^\d{1,12}$/.test(text));
    return isNumber ? { seed: Number(values.seed), schedules: Number(values.schedules) } : null;
  } catch {
    return null;
  }
}

/** Where the simulation says what it does. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly say: (text: string) => void;
}

/** Tries the schedules. @returns whether every promise was kept. */
export async function run(
  asked: { readonly seed: number; readonly schedules: number },
  { print, say }: Terminal,
): Promise<boolean> {
  const began = performance.now();
  const onProgress = (done: Done) => {
    if (done.schedules % 50 === 0) say(progress(done, asked.schedules));
  };
  const { done, found } = await search({ ...asked, onProgress });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  print(`${progress(done, asked.schedules)}, in ${seconds} s`);
  print(found === null ? 'Every promise was kept.' : told(found));
  return found === null;
}

function progress({ schedules, calls, struck, posts }: Done, of: number): string {
  return `${schedules} of ${of} schedules: ${calls} calls, ${struck} of them struck by a fault, ${posts} posts`;
}

function told({ seed, plan, violations }: Counterexample): string {
  const broken = violations.map(({ promise, says }) => `  ${promise}: ${says}`);
  return [
    `Seed ${seed} breaks a promise:`,
    ...broken,
    '',
    wordsOf(plan),
    '',
    `npm run simulate -- --seed ${seed} --schedules 1`,
  ].join('\n');
}
