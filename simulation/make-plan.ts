import { makeFaults } from './make-faults';
import type { Plan, Run, Step } from './plan';
import { createRandom, type Random } from './random';
import { makeRun, messageOf, type Task, type Travel } from './workload';

const minute = 60_000;
const hour = 60 * minute;

/** Makes up a schedule: what runs, what is told of it and when, and what goes wrong meanwhile. */
export function makePlan(seed: number): Plan {
  const random = createRandom(seed);
  // Close to midnight now and then: days name the ledger's folders.
  const start = Date.parse('2026-03-02T00:00:00Z') + random.between(0, 23) * hour + random.between(0, 59) * minute;
  const travel = { late: random.pick([0, 0.05, 0.3]), twice: random.pick([0, 0.1, 0.5]) };
  const runs = random.chance(0.08) ? storm(start, travel, random) : days(start, travel, random);
  const end = Math.max(
    start,
    ...runs.flatMap(({ messages }) => messages.flatMap(({ deliveries }) => deliveries.map(({ at }) => at))),
  );
  return {
    seed,
    start,
    cooldownSeconds: random.pick([600, 3_600]),
    routed: random.pick([null, null, { name: 'a' }, { errorType: 'ValueError' }]),
    ownChannelIsWorkflow: random.chance(0.5),
    batchSizes: { persist: random.pick([5, 500]), notify: random.pick([1, 3, 10, 1_000]) },
    steps: [
      ...runs.map((run): Step => ({ kind: 'run', run })),
      ...junk(start, end, travel, random),
      ...silences(runs, start, random),
      ...makeFaults({ start, end }, random),
    ],
  };
}

const services = ['glue_job', 'glue_job', 'lambda', 'glue_crawler', 'step_functions'] as const;

function tasksOf(random: Random): readonly Task[] {
  return Array.from({ length: random.between(1, 4) }, (_, at): Task => {
    const service = random.pick(services);
    return {
      service,
      name: `${random.pick(['a', 'b'])}-task-${at}`,
      retries: service === 'glue_job' ? random.between(0, 2) : 0,
    };
  });
}

/** Tasks that run now and then; some runs overlap. */
function days(start: number, travel: Travel, random: Random): readonly Run[] {
  const failing = random.pick([0.3, 0.6, 0.9]);
  const kinds = random.between(1, 3);
  const gap = random.pick([2 * minute, 20 * minute, 2 * hour]);
  let number = 0;
  return tasksOf(random).flatMap((task) => {
    let began = start + random.between(0, 20 * 60) * 1_000;
    return Array.from({ length: random.between(1, 6) }, () => {
      began += random.between(1, gap / 1_000) * 1_000;
      const wish = {
        task,
        began,
        number: number++,
        fails: random.chance(failing),
        errorKind: random.between(0, kinds - 1),
        cause: null,
        travel,
      };
      return task.service === 'step_functions' && wish.fails && random.chance(0.7)
        ? withInner(wish, () => number++, random)
        : [makeRun(wish, random).run];
    }).flat();
  });
}

/** An execution that fails because the Glue run inside it did, which may be told in another channel. */
function withInner(wish: Parameters<typeof makeRun>[0], next: () => number, random: Random): readonly Run[] {
  const name = `${random.pick(['a', 'b'])}${wish.task.name.slice(1)}-inner`;
  const task: Task = { service: 'glue_job', name, retries: 0 };
  const inner = makeRun({ ...wish, task, number: next(), began: wish.began + 3_000 }, random);
  const { id, attempts } = inner.run;
  const cause = { id: id ?? '', ended: attempts.at(-1)?.ended ?? wish.began, error: inner.error };
  return [inner.run, makeRun({ ...wish, cause }, random).run];
}

/** Many failures within a minute. */
function storm(start: number, travel: Travel, random: Random): readonly Run[] {
  const tasks = tasksOf(random).map((task) => ({ ...task, retries: 0 }));
  const size = random.between(20, 150);
  return Array.from({ length: size }, (_, number) => {
    const [first = { service: 'lambda', name: 'a-task', retries: 0 }, ...others] = tasks;
    const began = start + random.between(0, 60_000);
    const wish = {
      task: random.pick([first, ...others]),
      number,
      began,
      fails: true,
      errorKind: random.between(0, 2),
      cause: null,
      travel,
    };
    return makeRun(wish, random).run;
  });
}

/** Texts that are no events of ours: they belong in quarantine. */
function junk(start: number, end: number, travel: Travel, random: Random): readonly Step[] {
  return Array.from({ length: random.between(0, 2) }, (_, at): Step => {
    const id = `junk-${at}-${random.between(0, 1_000_000)}`;
    const body = random.chance(0.5)
      ? `{"source": "aws.elsewhere", "detail-type": "Strange", "detail": {"is": "${id}"}}`
      : `not json ${id}`;
    return { kind: 'junk', message: messageOf({ id, body }, 'strange', random.between(start, end), travel, random) };
  });
}

function silences(runs: readonly Run[], start: number, random: Random): readonly Step[] {
  const [first] = runs;
  if (first === undefined || !random.chance(0.2)) return [];
  const from = start + random.between(0, 30) * minute;
  return [
    {
      kind: 'silence',
      name: first.name,
      from,
      until: from + random.between(5, 120) * minute,
      isStored: random.chance(0.5),
    },
  ];
}
