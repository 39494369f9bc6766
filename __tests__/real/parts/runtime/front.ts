import type { ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../../handler/loopback';
import type { Invocation, LambdaFunction } from './runtime';

/** An SQS batch as a function gets it. */
export interface Batch {
  readonly Records: readonly {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly eventSourceARN: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
}

/** One invocation that came over the front. */
export interface Told extends Invocation {
  readonly name: string;
  readonly event: unknown;
  /** The messages of the event; none where it is no batch. */
  readonly batch: Batch;
  /** When it was handed over and when it was answered, milliseconds on a clock that both share. */
  readonly begun: number;
  readonly ended: number;
}

/** Makes a function with the credentials that came with its first invocation. */
export type MakeFunction = (credentials: Readonly<Record<string, string>>) => LambdaFunction;

/** The invoke API for an emulator whose functions run here. */
export interface FunctionFront {
  /** Where a function's invocations are to be posted. */
  readonly urlOf: (name: string) => string;
  /** Says what answers from now on. */
  readonly attach: (functions: Readonly<Record<string, MakeFunction>>) => void;
  /** All that happened, in order. */
  readonly told: readonly Told[];
  readonly close: () => Promise<void>;
}

/**
 * Starts the front on the loopback. Like Lambda it starts a further process for an event that comes while all others of
 * the function are busy. A function's error is answered with status 500, which the emulator takes for one.
 */
export async function startFunctionFront(): Promise<FunctionFront> {
  const told: Told[] = [];
  const running = new Set<LambdaFunction>();
  const idle = new Map<string, LambdaFunction[]>();
  let makers: Readonly<Record<string, MakeFunction>> = {};
  const server = await listenOnLoopback(async ({ request, body, response }) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    const name = pathname.slice(1);
    const free = idle.get(name) ?? [];
    idle.set(name, free);
    const lambda = free.pop() ?? makers[name]?.(Object.fromEntries(searchParams));
    if (lambda === undefined) return answer(response, 503, JSON.stringify({ errorMessage: `no function ${name}` }));
    running.add(lambda);
    const event: unknown = JSON.parse(body.toString());
    const begun = performance.now();
    const invocation = await lambda.invoke(event).catch(() => null);
    if (invocation === null) return answer(response, 503, JSON.stringify({ errorMessage: `${name} was stopped` }));
    told.push({ ...invocation, name, event, batch: batchIn(event), begun, ended: performance.now() });
    free.push(lambda);
    const { outcome } = invocation;
    if ('answer' in outcome) answer(response, 200, outcome.answer);
    else answer(response, 500, JSON.stringify(outcome.error));
  });
  return {
    urlOf: (name) => `${server.url}/${name}`,
    attach: (functions) => {
      makers = functions;
    },
    told,
    close: async () => {
      await server.close();
      for (const lambda of running) await lambda.stop();
    },
  };
}

function batchIn(event: unknown): Batch {
  const { Records = [] } = event as Partial<Batch>;
  return { Records };
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}
