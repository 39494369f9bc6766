import { judge } from '../handler/alert/decide';
import { silencedBy } from '../handler/alert/decide/silence';
import { compilePattern } from '../handler/event/match';
import type { EventType, StateRecord } from '../handler/record/schema';
import { entryOf } from '../local/entry';
import type { InputEvent } from '../local/events';
import { outcomesOf } from './read';
import { type Routing, routingOf } from './routing';
import { createTrial, type Told, type Trial } from './world';

/** What would be told of an event, and why. */
export interface Explained extends Told {
  readonly record: StateRecord;
  readonly verdict: EventType;
  readonly routing: Routing;
  /** Whether the route tells of this verdict. */
  readonly isTold: boolean;
  /** What of config.ts keeps it back, or null. */
  readonly silence: string | null;
}

/** An event with what would become of it: told or not, quarantined, or left out by every rule (which event it is). */
export type Explanation = Explained | { readonly quarantine: string } | { readonly leftOut: string };

/** How events are explained. */
export interface Means extends Trial {
  /** The patterns of the rules, as JSON. */
  readonly patterns: readonly string[];
  /** When the first event happens, milliseconds since the epoch, and the others as long after it as they do; null: as they say. */
  readonly at: number | null;
}

/** Explains the events of some inputs one after the other, each with what is remembered of those before it. */
export async function* explain(inputs: AsyncIterable<InputEvent>, means: Means): AsyncGenerator<Explanation> {
  const { settings, at } = means;
  const { ask, tell } = await createTrial(means);
  const rules = means.patterns.map((pattern) => compilePattern(JSON.parse(pattern)));
  let later: number | null = at === null ? 0 : null;
  for await (const input of inputs) {
    const entry = entryOf(input);
    if (entry.at === 'rules' && !rules.some((takes) => takes(entry.event))) {
      yield { leftOut: `${entry.event['source']}, ${entry.event['detail-type']}` };
      continue;
    }
    for (const outcome of outcomesOf(input, settings)) {
      if (!('record' in outcome)) {
        yield { quarantine: outcome.reason };
        continue;
      }
      later ??= (at ?? 0) - Date.parse(outcome.record.event_time);
      const changed = moved(outcome.record, later);
      const record = await ask(changed);
      const routing = routingOf(record, settings);
      const verdict = judge([record])[0]?.eventType ?? record.event_type;
      const isTold = routing.alertOn.includes(verdict);
      yield { record, verdict, routing, isTold, silence: silencedBy(record, settings, []), ...(await tell(changed)) };
    }
  }
}

/** A state change that happens so much later, milliseconds. */
function moved(record: StateRecord, later: number): StateRecord {
  const move = (time: string) => new Date(Date.parse(time) + later).toISOString();
  return {
    ...record,
    event_time: move(record.event_time),
    started_at: record.started_at && move(record.started_at),
    ended_at: record.ended_at && move(record.ended_at),
  };
}
