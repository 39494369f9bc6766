import type { Log } from '../handler/log';
import { createNotify, createPersist, type Handler } from '../handler/process';
import { failedItems } from '../local/invocation';
import { type History, type Invocation, type Invoke, prefixes } from './history';
import type { QueueName } from './plan';
import { portsOf, type Sandbox, type World } from './ports';
import { draw } from './random';

/** So long a function may take. */
const timeoutMs = 60_000;

const environment = {
  BUCKET: 'simulated',
  SETTINGS_KEY: prefixes.settings,
  QUEUE_URL: 'https://sqs.example/queue',
  DELIVERY_STREAM: 'simulated',
  QUARANTINE_PREFIX: prefixes.quarantine,
  NOTIFICATION_PREFIX: prefixes.ledger,
  INCIDENT_PREFIX: prefixes.incidents,
  CAUSE_PREFIX: prefixes.causes,
  SILENCE_PREFIX: prefixes.silences,
  SECRET_ID: 'simulated',
  METRICS_NAMESPACE: 'simulated',
  LOG_LEVEL: 'INFO',
} as const;

/** The two functions, each in as many processes as there are invocations at the same time. */
export interface Functions {
  readonly invoke: Invoke;
  readonly running: () => number;
}

type Written = Pick<History, 'invocations' | 'lines' | 'posts' | 'rows'>;

interface Process extends Sandbox {
  readonly handler: Handler;
}

/** Makes the functions. A process serves one invocation after the other, until it dies or Lambda takes it away. */
export function createFunctions(around: Omit<World, 'kill' | 'posts' | 'rows'>, history: Written): Functions {
  const { invocations, lines, posts, rows } = history;
  const idle: Record<QueueName, Process[]> = { persist: [], notify: [] };
  const ends = new Map<Invocation, (failed: readonly string[] | 'all') => void>();
  const { scheduler, plan } = around;
  let made = 0;

  function end(invocation: Invocation, failed: readonly string[] | 'all', died: Invocation['died']): void {
    if (invocation.ended !== null) return;
    invocation.ended = scheduler.now();
    invocation.died = died;
    ends.get(invocation)?.(failed);
    ends.delete(invocation);
  }

  const world: World = { ...around, posts, rows, kill: (invocation, why) => end(invocation, 'all', why) };

  function makeProcess(name: QueueName, current: Invocation): Process {
    const sandbox: Sandbox = { number: made++, name, current };
    const means = { environment, ports: portsOf(sandbox, world), log: logInto(lines), metrics: { count: () => {} } };
    return Object.assign(sandbox, { handler: name === 'persist' ? createPersist(means) : createNotify(means) });
  }

  return {
    running: () => ends.size,
    invoke(of, event, onEnd) {
      const invocation = startOf(of, event, invocations.length, scheduler.now());
      invocations.push(invocation);
      const name = of === 'persist' ? 'persist' : 'notify';
      const process = idle[name].pop() ?? makeProcess(name, invocation);
      process.current = invocation;
      ends.set(invocation, (failed) => {
        const isKept = invocation.died === null && draw(plan.seed, invocation.number, 7) > 0.1;
        if (isKept) idle[name].push(process);
        onEnd(failed, invocation);
      });
      scheduler.at(scheduler.now() + timeoutMs, () => end(invocation, 'all', 'timeout'));
      process.handler(event).then(
        (answer) => end(invocation, failedItems(answer), null),
        () => end(invocation, 'all', 'error'),
      );
    },
  };
}

function startOf(of: Invocation['of'], event: unknown, number: number, began: number): Invocation {
  const records = (event as { readonly Records?: readonly { readonly body: string }[] }).Records ?? [];
  return {
    number,
    of,
    began,
    bodies: records.map(({ body }) => body),
    ended: null,
    died: null,
    calls: 0,
    settled: [],
    held: new Map(),
    unmarked: new Set(),
  };
}

function logInto(lines: string[]): Log {
  const write = (message: string, fields?: object) => void lines.push(JSON.stringify({ message, ...fields }));
  return { info: write, warn: write, error: write };
}
