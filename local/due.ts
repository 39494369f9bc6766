import type { PipelineState } from './assembly';

/** What falls due next; calls of the clock too, as long as time passes anyway. */
export function nextDue(state: PipelineState): number | null {
  return earliest([nextWork(state), nextTick(state)]);
}

/** What has to be done before the pipeline rests: all its work, and what falls due up to `end`. */
export function nextRest(state: PipelineState, end: number): number | null {
  const [work, tick] = [nextWork(state), nextTick(state)];
  return work ?? (tick !== null && tick <= end ? tick : null);
}

function nextTick({ ticks }: PipelineState): number | null {
  return earliest(ticks.map((it) => it.dueAt()));
}

function earliest(dues: readonly (number | null)[]): number | null {
  const known = dues.filter((due) => due !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function nextWork(state: PipelineState): number | null {
  return earliest([
    state.endings.first()?.dueAt ?? null,
    ...state.stages.map(({ queue }) => queue.dueAt()),
    ...state.streams.map((stream) => stream.dueAt()),
  ]);
}
