import { assemble, type PipelineOptions, type PipelineState, type Stage } from './assembly';
import { nextDue, nextRest } from './due';
import type { Entry } from './entry';
import { figuresOf, type PipelineFigures } from './figures';
import { invoke, type Outcome } from './invocation';
import type { Batch } from './queue-types';
import type { Ticks } from './ticks';

/** Everything from the rules to the lake, running on a virtual clock. */
export interface Pipeline {
  /** Puts an input in where it belongs, at the present instant. */
  readonly enter: (entry: Entry) => void;
  /** Lets everything happen that falls due up to an instant, in order, and sets the clock to it. */
  readonly advanceTo: (instant: number) => Promise<void>;
  /**
   * Lets time pass until every queue is empty, or its messages are dead letters, and every stream has written; and a
   * quarter of an hour, should something fall due in it. Reminders that are due later are not waited for.
   */
  readonly drain: () => Promise<void>;
  readonly figures: () => PipelineFigures;
}

/** So long after the last event what falls due is still done: a retry is missed after ten minutes. */
const lingerMs = 900_000;

/** Builds the pipeline that the Terraform describes. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const state = assemble(options);
  const { clock } = options;

  async function advanceTo(instant: number): Promise<void> {
    for (let due = nextDue(state); due !== null && due <= instant; due = nextDue(state)) {
      clock.advanceTo(due);
      await work(state);
    }
    clock.advanceTo(instant);
  }

  return {
    enter: (entry) => enter(state, entry),
    advanceTo,
    drain: async () => {
      const end = clock.now() + lingerMs;
      for (let due = nextRest(state, end); due !== null; due = nextRest(state, end)) await advanceTo(due);
    },
    figures: () => figuresOf(state),
  };
}

function enter(state: PipelineState, entry: Entry): void {
  const now = state.options.clock.now();
  switch (entry.at) {
    case 'rules':
      applyRules(state, entry);
      break;
    case 'topic':
      publish(state, entry.text);
      break;
    case 'subscriptions':
      for (const envelope of entry.envelopes) state.topic.deliver(envelope, now);
      break;
    case 'functions':
      for (const { queue } of state.stages) for (const message of entry.messages) queue.send(message, now);
      break;
  }
}

function applyRules(state: PipelineState, { event, text }: Extract<Entry, { at: 'rules' }>): void {
  const targets = state.options.deployment.rules.filter((rule) => rule.matches(event)).flatMap((rule) => rule.targets);
  for (const _target of targets) publish(state, text);
  if (targets.length === 0) {
    add(state.dropped, `${String(event['source'] ?? 'no source')}: ${String(event['detail-type'])}`);
  }
}

function publish(state: PipelineState, message: string): void {
  try {
    state.topic.publish({ message }, state.options.clock.now());
  } catch (error) {
    add(state.refused, error instanceof Error ? error.message : String(error));
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Does all that is due at the present instant. */
async function work(state: PipelineState): Promise<void> {
  const { clock } = state.options;
  for (let ending = state.endings.first(); ending && ending.dueAt <= clock.now(); ending = state.endings.first()) {
    state.endings.removeFirst();
    ending.item.queue.settle(ending.item.batch, ending.item.failed, clock.now());
  }
  for (const stage of state.stages) {
    for (let batch = stage.queue.poll(clock.now()); batch; batch = stage.queue.poll(clock.now())) {
      await run(state, stage, batch);
    }
  }
  for (const ticks of state.ticks) {
    if ((ticks.dueAt() ?? Number.POSITIVE_INFINITY) <= clock.now()) await tick(state, ticks);
  }
  for (const stream of state.streams) {
    if ((stream.dueAt() ?? Number.POSITIVE_INFINITY) <= clock.now()) stream.flush();
  }
}

async function run(state: PipelineState, { name, queue, invocable }: Stage, batch: Batch): Promise<void> {
  const { clock } = state.options;
  const outcome = await invoke(invocable, { Records: batch.records }, clock);
  noteFault(state, name, outcome);
  if (outcome.endedAt > clock.now()) {
    state.endings.add(outcome.endedAt, { queue, batch, failed: outcome.failed });
  } else {
    queue.settle(batch, outcome.failed, clock.now());
  }
}

/** A call that failed is not repeated here: the next minute's does the same. */
async function tick(state: PipelineState, { schedule, invocable, called }: Ticks): Promise<void> {
  const { clock } = state.options;
  called(clock.now());
  noteFault(state, schedule.functionName, await invoke(invocable, schedule.input, clock));
}

function noteFault(state: PipelineState, name: string, { fault }: Outcome): void {
  if (fault === null) return;
  const { clock, log } = state.options;
  state.faults++;
  const time = new Date(clock.now()).toISOString();
  log.write(JSON.stringify({ time, function: name, level: 'ERROR', message: 'Invocation failed', fault }));
}
