import type { PipelineState } from './assembly';
import type { Totals } from './telemetry';

/** What became of what entered; counts of events, unless said otherwise. */
export interface PipelineFigures {
  /** Dropped by the rules, by "source: detail-type". */
  readonly dropped: ReadonlyMap<string, number>;
  /** What the topic refused, by reason. */
  readonly refused: ReadonlyMap<string, number>;
  /** What the topic could put into no queue, by reason. */
  readonly undelivered: ReadonlyMap<string, number>;
  readonly quarantined: number;
  /** Messages in queues that no function reads, by queue. */
  readonly deadLetters: ReadonlyMap<string, number>;
  /** Messages that a queue dropped because it had kept them for its whole retention. */
  readonly expired: number;
  /** Firehose records that could not be converted. */
  readonly unconverted: number;
  /** Values that no column of the stream's table took, by "table: key". */
  readonly droppedKeys: ReadonlyMap<string, number>;
  /** Invocations that threw or timed out. */
  readonly faults: number;
  readonly metrics: ReturnType<Totals['all']>;
}

/** Counts up what became of everything so far. */
export function figuresOf(state: PipelineState): PipelineFigures {
  const queues = [...state.queues.values()];
  const resting = queues.filter((queue) => queue.settings.mapping === null && queue.depth() > 0);
  return {
    dropped: state.dropped,
    refused: state.refused,
    undelivered: state.undelivered,
    quarantined: state.quarantined,
    deadLetters: new Map(resting.map((queue) => [queue.settings.name, queue.depth()])),
    expired: queues.reduce((sum, queue) => sum + queue.expired(), 0),
    unconverted: state.streams.reduce((sum, stream) => sum + stream.figures().failedRecords, 0),
    droppedKeys: new Map(
      state.streams.flatMap((stream, at) =>
        [...stream.figures().droppedKeys].map(([key, count]) => [
          `${state.options.deployment.streams[at]?.table.name}: ${key}`,
          count,
        ]),
      ),
    ),
    faults: state.faults,
    metrics: state.totals.all(),
  };
}
