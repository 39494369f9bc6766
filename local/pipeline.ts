import type { Bucket } from './bucket';
import type { VirtualClock } from './clock';
import type { Deployment } from './deployment';
import type { Entry } from './entry';
import { type Firehose, openFirehose } from './firehose';
import { createFunction } from './functions';
import { type Invocable, invoke } from './invocation';
import type { Lines } from './lines';
import { createQueue } from './queue';
import type { Batch, Queue } from './queue-types';
import { createSchedule, type Schedule } from './schedule';
import type { Slack } from './slack';
import { createTotals, type Totals } from './telemetry';
import { openTopic, type Topic } from './topic';

/** What a pipeline stands on. */
export interface PipelineOptions {
  readonly deployment: Deployment;
  readonly clock: VirtualClock;
  readonly bucket: Bucket;
  readonly slack: Slack;
  /** Takes what the functions log. */
  readonly log: Lines;
}

/** Everything from the rules to the lake, running on a virtual clock. */
export interface Pipeline {
  /** Puts an input in where it belongs, at the present instant. */
  readonly enter: (entry: Entry) => void;
  /** Lets everything happen that falls due up to an instant, in order, and sets the clock to it. */
  readonly advanceTo: (instant: number) => Promise<void>;
  /** Lets time pass until every queue is empty, or its messages are dead letters, and every stream has written. */
  readonly drain: () => Promise<void>;
  readonly figures: () => PipelineFigures;
}

/** What became of what entered; counts of events, unless said otherwise. */
export interface PipelineFigures {
  /** Dropped by the rules, by "source: detail-type". */
  readonly dropped: ReadonlyMap<string, number>;
  /** What the topic refused, by reason. */
  readonly refused: ReadonlyMap<string, number>;
  readonly quarantined: number;
  /** Messages in queues that no function reads, by queue. */
  readonly deadLetters: ReadonlyMap<string, number>;
  /** Messages that a queue dropped because it had kept them for its whole retention. */
  readonly expired: number;
  /** Firehose records that could not be converted. */
  readonly unconverted: number;
  /** Invocations that threw or timed out. */
  readonly faults: number;
  readonly metrics: ReturnType<Totals['all']>;
}

/** A function with the queue that feeds it. */
interface Stage {
  readonly name: string;
  readonly queue: Queue;
  readonly invocable: Invocable;
}

/** An invocation that has run, but ends later on the virtual clock because it slept. */
interface Ending {
  readonly queue: Queue;
  readonly batch: Batch;
  readonly failed: readonly string[] | 'all';
}

interface State {
  readonly options: PipelineOptions;
  readonly topic: Topic;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly streams: readonly Firehose[];
  readonly stages: readonly Stage[];
  readonly endings: Schedule<Ending>;
  readonly totals: Totals;
  readonly dropped: Map<string, number>;
  readonly refused: Map<string, number>;
  quarantined: number;
  faults: number;
}

/** Builds the pipeline that the Terraform describes. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const state = build(options);
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
      for (let due = nextDue(state); due !== null; due = nextDue(state)) await advanceTo(due);
    },
    figures: () => figuresOf(state),
  };
}

function build(options: PipelineOptions): State {
  const { deployment, clock, bucket, slack, log } = options;
  const queues = createQueues(deployment.queues);
  const streams = new Map(deployment.streams.map((stream) => [stream.name, openFirehose(stream, bucket)]));
  const totals = createTotals();
  const onQuarantined = () => {
    state.quarantined++;
  };
  const around = { clock, bucket, streams, slack, log, totals, onQuarantined };
  const state: State = {
    options,
    topic: openTopic(
      deployment.topic.arn,
      deployment.subscriptions.map((subscription) => ({ subscription, queue: queueOf(queues, subscription.queueArn) })),
    ),
    queues,
    streams: [...streams.values()],
    stages: deployment.functions.map((declared) => {
      const queue = queueOf(queues, declared.queueArn);
      return { name: declared.name, queue, invocable: createFunction(declared, queue, around) };
    }),
    endings: createSchedule(),
    totals,
    dropped: new Map(),
    refused: new Map(),
    quarantined: 0,
    faults: 0,
  };
  return state;
}

/** Dead-letter queues first, so that each queue finds its own. */
function createQueues(declared: Deployment['queues']): ReadonlyMap<string, Queue> {
  const queues = new Map<string, Queue>();
  for (const settings of declared.filter((it) => it.deadLetterArn === null)) {
    queues.set(settings.arn, createQueue(settings, null));
  }
  for (const settings of declared.filter((it) => it.deadLetterArn !== null)) {
    queues.set(settings.arn, createQueue(settings, queues.get(settings.deadLetterArn ?? '') ?? null));
  }
  return queues;
}

function queueOf(queues: ReadonlyMap<string, Queue>, arn: string): Queue {
  const queue = queues.get(arn);
  if (!queue) {
    throw new Error(`Terraform: there is no queue ${arn}`);
  }
  return queue;
}

function enter(state: State, entry: Entry): void {
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

function applyRules(state: State, { event, text }: Extract<Entry, { at: 'rules' }>): void {
  const targets = state.options.deployment.rules.filter((rule) => rule.matches(event)).flatMap((rule) => rule.targets);
  for (const _target of targets) publish(state, text);
  if (targets.length === 0) {
    add(state.dropped, `${String(event['source'] ?? 'no source')}: ${String(event['detail-type'])}`);
  }
}

function publish(state: State, message: string): void {
  try {
    state.topic.publish({ message }, state.options.clock.now());
  } catch (error) {
    add(state.refused, error instanceof Error ? error.message : String(error));
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function nextDue(state: State): number | null {
  const dues = [
    state.endings.first()?.dueAt ?? null,
    ...state.stages.map(({ queue }) => queue.dueAt()),
    ...state.streams.map((stream) => stream.dueAt()),
  ].filter((due) => due !== null);
  return dues.length === 0 ? null : Math.min(...dues);
}

/** Does all that is due at the present instant. */
async function work(state: State): Promise<void> {
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
  for (const stream of state.streams) {
    if ((stream.dueAt() ?? Number.POSITIVE_INFINITY) <= clock.now()) stream.flush();
  }
}

async function run(state: State, { name, queue, invocable }: Stage, batch: Batch): Promise<void> {
  const { clock, log } = state.options;
  const outcome = await invoke(invocable, batch, clock);
  if (outcome.fault !== null) {
    state.faults++;
    const time = new Date(clock.now()).toISOString();
    log.write(
      JSON.stringify({ time, function: name, level: 'ERROR', message: 'Invocation failed', fault: outcome.fault }),
    );
  }
  if (outcome.endedAt > clock.now()) {
    state.endings.add(outcome.endedAt, { queue, batch, failed: outcome.failed });
  } else {
    queue.settle(batch, outcome.failed, clock.now());
  }
}

function figuresOf(state: State): PipelineFigures {
  const queues = [...state.queues.values()];
  const resting = queues.filter((queue) => queue.settings.mapping === null && queue.depth() > 0);
  return {
    dropped: state.dropped,
    refused: state.refused,
    quarantined: state.quarantined,
    deadLetters: new Map(resting.map((queue) => [queue.settings.name, queue.depth()])),
    expired: queues.reduce((sum, queue) => sum + queue.expired(), 0),
    unconverted: state.streams.reduce((sum, stream) => sum + stream.figures().failedRecords, 0),
    faults: state.faults,
    metrics: state.totals.all(),
  };
}
