import type { Random } from './random';

/** Something that reaches the monitor: when, in milliseconds since the epoch, and the line of text that it is. */
export interface Arrival {
  readonly at: number;
  readonly line: string;
}

/** The account of the examples, as AWS's documentation uses it. */
export const account = '123456789012';
/** The region of the examples. */
export const region = 'eu-west-1';

/** What makes up a lake's day: randomness, its midnight, and what its names end in, so that lakes can stand side by side. */
export interface Setting {
  readonly random: Random;
  /** Midnight UTC, milliseconds since the epoch. */
  readonly midnight: number;
  readonly suffix: string;
}

/** One minute in milliseconds. */
export const minute = 60_000;

/** An arrival of a JSON value. */
export function arrive(at: number, value: unknown): Arrival {
  return { at, line: JSON.stringify(value) };
}

/** What differs between the events of EventBridge. */
export interface EventParts {
  readonly source: string;
  readonly detailType: string;
  readonly time: number;
  readonly resources?: readonly string[];
  readonly detail: unknown;
}

/** An event as EventBridge delivers it; its time has whole seconds. */
export function bridgeEvent(random: Random, { source, detailType, time, resources = [], detail }: EventParts) {
  return {
    version: '0',
    id: random.uuid(),
    'detail-type': detailType,
    source,
    account,
    time: `${new Date(time).toISOString().slice(0, 19)}Z`,
    region,
    resources,
    detail,
  };
}
