import { hash } from 'node:crypto';
import { MonitorError } from '../errors';
import type { CapturedEvent } from '../event/captured-event';
import type { JsonObject } from '../event/json';
import { compilePattern } from '../event/match';
import { detailTypesOf } from '../event/pattern';
import type { StateRecord } from '../record/schema';
import { type Context, complete } from './complete';
import { readEnvelope } from './envelope';
import type { Source } from './source';
import { sources } from './sources.generated';
import { cut } from './text';

/** An event became a record, or it goes to quarantine with the reason. */
export type Normalised = { readonly record: StateRecord } | { readonly quarantine: string };

interface Candidate {
  readonly source: Source;
  readonly matches: (event: unknown) => boolean;
}

/** Sources by `source` and `detail-type`, so that finding one stays flat as sources grow. */
const candidates = indexOf(sources);

/** Makes the record of a state change from an event in EventBridge's form. Pure: the same event gives the same record. */
export function normalise(event: JsonObject, context: Context): Normalised {
  const envelope = readEnvelope(event, context);
  if (!envelope) {
    return { quarantine: 'no event of EventBridge: it lacks source or detail-type' };
  }
  const claimed = candidates.get(keyOf(envelope.source, envelope.detailType));
  if (!claimed) {
    return { quarantine: `no source claims ${cut(envelope.source, 64)}, ${cut(envelope.detailType, 128)}` };
  }
  const candidate = claimed.find(({ matches }) => matches(event));
  if (!candidate) {
    const names = claimed.map(({ source }) => source.name).join(', ');
    return { quarantine: `the pattern of ${names} leaves it out: an intermediate state, or no state at all` };
  }
  return recordOf({ source: candidate.source, envelope, event, context });
}

/** An event with the source whose pattern it matches. */
interface Claimed {
  readonly source: Source;
  readonly envelope: CapturedEvent;
  readonly event: JsonObject;
  readonly context: Context;
}

function recordOf({ source, envelope, event, context }: Claimed): Normalised {
  try {
    const fields = source.normalise(envelope);
    const eventId = fields.event_id ?? envelope.id ?? hash('sha256', JSON.stringify(event), 'hex');
    return { record: complete({ serviceType: source.name, eventId, fields, envelope, context }) };
  } catch (error) {
    if (error instanceof MonitorError && error.code === 'EVENT_INCOMPLETE') {
      return { quarantine: `${source.name}: ${error.message}` };
    }
    throw error;
  }
}

function indexOf(all: readonly Source[]): ReadonlyMap<string, readonly Candidate[]> {
  const index = new Map<string, Candidate[]>();
  for (const source of all) {
    const candidate = { source, matches: compilePattern(source.pattern) };
    for (const key of source.pattern.source.flatMap((from) =>
      detailTypesOf(source.pattern).map((type) => keyOf(from, type)),
    )) {
      index.set(key, [...(index.get(key) ?? []), candidate]);
    }
  }
  return index;
}

function keyOf(source: string, detailType: string): string {
  return `${source}\n${detailType}`;
}
