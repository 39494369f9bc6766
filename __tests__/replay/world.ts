import { namesOf } from '../../infra/names';
import type { Held, ReplayPorts } from '../../replay/ports';

/** The names of the installation that the tests replay. */
export const names = namesOf({ name: 'datalake-monitoring', account: '111122223333', region: 'eu-west-1' });

/** The error of a process that died, or lost its network, at a call. */
export class Crash extends Error {}

/** When the world fails: at the how-manieth call, before it has its effect or after; then for good. */
export interface Fault {
  readonly atCall: number;
  readonly takesEffect: boolean;
}

/** Everything that an installation holds, in memory. */
export interface World {
  readonly queues: Map<string, Held[]>;
  readonly objects: Map<string, string>;
  readonly published: string[];
  readonly streamed: string[];
}

/** A world with these messages at rest and these objects. */
export function worldOf(
  held: Readonly<Record<string, readonly string[]>>,
  objects: Readonly<Record<string, string>> = {},
): World {
  const queues = new Map<string, Held[]>();
  for (const [queue, bodies] of Object.entries(held)) queues.set(queue, bodies.map(message));
  return { queues, objects: new Map(Object.entries(objects)), published: [], streamed: [] };
}

function message(body: string): Held {
  return {
    body,
    attributes: { ErrorCode: { DataType: 'String', StringValue: '200' } },
    receiptHandle: `receipt of ${body}`,
  };
}

/** What the ports answer in place of the world, per port. */
export type Instead = Partial<ReplayPorts>;

/** Ports into a world. Received messages are hidden until new ports are made, as if the visibility timeout were over. */
export function portsInto(world: World, fault: Fault | null = null, instead: Instead = {}) {
  let calls = 0;
  const call = <T>(effect: () => T): Promise<T> => {
    calls += 1;
    const fails = fault !== null && calls >= fault.atCall;
    if (fails && !(fault.takesEffect && calls === fault.atCall)) return Promise.reject(new Crash('the line is dead'));
    const answer = effect();
    return fails ? Promise.reject(new Crash('the answer was lost')) : Promise.resolve(answer);
  };
  const ports: ReplayPorts = { ...queuePorts(world, call), ...objectPorts(world, call), ...instead };
  return { ports, calls: () => calls };
}

type Call = <T>(effect: () => T) => Promise<T>;

function queuePorts({ queues, published, streamed }: World, call: Call) {
  const hidden = new Set<Held>();
  const messages = (queue: string) => queues.get(queue) ?? [];
  return {
    count: (queue: string) => call(() => messages(queue).length),
    receive: (queue: string) =>
      call(() => {
        const taken = messages(queue)
          .filter((held) => !hidden.has(held))
          .slice(0, 10);
        for (const held of taken) hidden.add(held);
        return taken;
      }),
    send: (queue: string, sent: Pick<Held, 'body' | 'attributes'>) =>
      call(() => {
        queues.set(queue, [...messages(queue), { ...sent, receiptHandle: `receipt of ${sent.body}` }]);
      }),
    remove: (queue: string, receiptHandle: string) =>
      call(() => {
        queues.set(
          queue,
          messages(queue).filter((held) => held.receiptHandle !== receiptHandle),
        );
      }),
    publish: (body: string) => call(() => void published.push(body)),
    putRecordBatch: (records: readonly string[]) =>
      call(() => {
        streamed.push(...records);
        return records.map(() => null);
      }),
    sleep: () => Promise.resolve(),
  };
}

function objectPorts({ objects }: World, call: Call) {
  return {
    async *keys(prefix: string) {
      for (const key of [...objects.keys()]) if (key.startsWith(prefix)) yield key;
    },
    read: (key: string) => call(() => objects.get(key) ?? ''),
    erase: (key: string) => call(() => void objects.delete(key)),
  };
}

/** Every fault that a run of so many calls can meet. */
export function faultsOf(calls: number): readonly Fault[] {
  const atCalls = Array.from({ length: calls }, (_, index) => index + 1);
  return atCalls.flatMap((atCall) => [
    { atCall, takesEffect: false },
    { atCall, takesEffect: true },
  ]);
}
