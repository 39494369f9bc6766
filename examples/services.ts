import { type Arrival, account, arrive, bridgeEvent, minute, region, type Setting } from './arrival';

/** A run: when it starts and ends, milliseconds since the epoch. */
export interface Run {
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What a service says at some time of a run. */
export interface Said {
  readonly source: string;
  readonly detailType: string;
  readonly resources?: readonly string[];
  readonly detail: unknown;
}

/** Runs that start somewhere in each of some hours of the day and take some minutes. */
export function runsAt({ random, midnight }: Setting, hours: readonly number[]): readonly Run[] {
  return hours.map((hour) => {
    const startedAt = midnight + hour * 60 * minute + random.integer(20_000, 20 * minute);
    return { startedAt, endedAt: startedAt + random.integer(2 * minute, 30 * minute) };
  });
}

/** An event of a service, by way of EventBridge. */
export function say({ random }: Setting, time: number, said: Said): Arrival {
  return arrive(time, bridgeEvent(random, { time, ...said }));
}

/** The ARN of something in the account of the examples. */
export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** A time as ISO 8601 in UTC. */
export function isoOf(time: number): string {
  return new Date(time).toISOString();
}
