import type { Plan, Step } from './plan';

/** Whether a plan still shows what is looked for. */
export type Shows = (plan: Plan) => Promise<boolean>;

/** So many plans are tried at most. */
const mostTries = 400;

/** Leaves out of a plan all that it does not need to go wrong: steps first, halves before single ones, then copies of messages. */
export async function shrink(plan: Plan, shows: Shows): Promise<Plan> {
  let left = mostTries;
  const tried: Shows = async (smaller) => left-- > 0 && (await shows(smaller));
  const fewer = await withFewer(plan, tried);
  return withFewer(await withFewerDeliveries(fewer, tried), tried);
}

async function withFewer(plan: Plan, shows: Shows): Promise<Plan> {
  let smallest = plan;
  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.steps.length; ) {
      const smaller = { ...smallest, steps: smallest.steps.toSpliced(at, size) };
      if (await shows(smaller)) smallest = smaller;
      else at += size;
    }
  }
  return smallest;
}

/** Of each run, what came twice comes once, and what need not come does not. */
async function withFewerDeliveries(plan: Plan, shows: Shows): Promise<Plan> {
  let smallest = plan;
  for (let at = 0; at < smallest.steps.length; at++) {
    for (const simpler of simplerOf(smallest.steps[at])) {
      const smaller = { ...smallest, steps: smallest.steps.with(at, simpler) };
      if (await shows(smaller)) {
        smallest = smaller;
        break;
      }
    }
  }
  return smallest;
}

function simplerOf(step: Step | undefined): readonly Step[] {
  if (step?.kind !== 'run') return [];
  const { run } = step;
  const once = run.messages.map((message) => ({
    ...message,
    deliveries: message.deliveries.filter(({ queue }, at, all) => all.findIndex((it) => it.queue === queue) === at),
  }));
  const last = once.filter(({ id }) => id === run.last);
  return [last, once].map((messages) => ({ kind: 'run', run: { ...run, messages } }));
}
