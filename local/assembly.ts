import type { Bucket } from './bucket';
import type { VirtualClock } from './clock';
import type { Deployment } from './deployment';
import { type Firehose, openFirehose } from './firehose';
import { createFunction } from './functions';
import type { Glue } from './glue';
import type { Invocable } from './invocation';
import type { Lines } from './lines';
import { createQueue } from './queue';
import type { Batch, Queue } from './queue-types';
import { createSchedule, type Schedule } from './schedule';
import type { Slack } from './slack';
import { createTotals, type Totals } from './telemetry';
import { createTicks, type Ticks } from './ticks';
import { openTopic, type Topic } from './topic';

/** What a pipeline stands on. */
export interface PipelineOptions {
  readonly deployment: Deployment;
  readonly clock: VirtualClock;
  readonly bucket: Bucket;
  readonly glue: Glue;
  readonly slack: Slack;
  /** Takes what the functions log. */
  readonly log: Lines;
}

/** A function with the queue that feeds it. */
export interface Stage {
  readonly name: string;
  readonly queue: Queue;
  readonly invocable: Invocable;
}

/** An invocation that has run, but ends later on the virtual clock because it slept. */
export interface Ending {
  readonly queue: Queue;
  readonly batch: Batch;
  readonly failed: readonly string[] | 'all';
}

/** The parts of a pipeline, and what has been counted so far. */
export interface PipelineState {
  readonly options: PipelineOptions;
  readonly topic: Topic;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly streams: readonly Firehose[];
  readonly stages: readonly Stage[];
  readonly ticks: readonly Ticks[];
  readonly endings: Schedule<Ending>;
  readonly totals: Totals;
  readonly dropped: Map<string, number>;
  readonly refused: Map<string, number>;
  /** Messages that the topic could put into no queue, by reason. */
  readonly undelivered: Map<string, number>;
  quarantined: number;
  faults: number;
}

/** Puts together the parts that the Terraform describes. */
export function assemble(options: PipelineOptions): PipelineState {
  const { deployment, clock } = options;
  const queues = createQueues(deployment.queues);
  const streams = new Map(deployment.streams.map((stream) => [stream.name, openFirehose(stream, options.bucket)]));
  const totals = createTotals();
  const onQuarantined = () => {
    state.quarantined++;
  };
  const onRemembered = (key: string, body: string) => {
    for (const ticks of state.ticks) ticks.remember(key, body);
  };
  const around = { ...options, streams, totals, onQuarantined, onRemembered };
  const stages = deployment.functions.map((declared) => {
    const queue = queueOf(queues, declared.queueArn);
    return { name: declared.name, queue, invocable: createFunction(declared, queue, around) };
  });
  const state: PipelineState = {
    options,
    topic: openTopic(
      deployment.topic.arn,
      deployment.subscriptions.map((subscription) => ({
        subscription,
        queue: queueOf(queues, subscription.queueArn),
        deadLetters: subscription.deadLetterArn === null ? null : queueOf(queues, subscription.deadLetterArn),
      })),
      (reason) => {
        state.undelivered.set(reason, (state.undelivered.get(reason) ?? 0) + 1);
      },
    ),
    queues,
    streams: [...streams.values()],
    stages,
    ticks: deployment.schedules.flatMap((schedule) =>
      stages
        .filter(({ name }) => name === schedule.functionName)
        .map(({ invocable }) => createTicks(schedule, invocable, clock.now())),
    ),
    endings: createSchedule(),
    totals,
    dropped: new Map(),
    refused: new Map(),
    undelivered: new Map(),
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
