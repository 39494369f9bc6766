import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../../handler/loopback';

/** An error as the runtime tells it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What an invocation came to: the JSON text that the handler returned, or an error. */
export type Outcome = { readonly answer: string } | { readonly error: FunctionError };

/** Lambda's runtime API for one process, as far as its client uses it. */
export interface RuntimeApi {
  /** Host and port, as `AWS_LAMBDA_RUNTIME_API` has them. */
  readonly address: string;
  /** Ends when the process asks for its first event, or told that it could not be initialised. */
  readonly initialised: Promise<FunctionError | null>;
  /** Hands one event over and waits for what becomes of it. */
  readonly invoke: (event: string, until: { readonly deadline: number; readonly name: string }) => Promise<Outcome>;
  readonly close: () => Promise<void>;
}

interface Handed {
  readonly id: string;
  readonly event: string;
  readonly deadline: number;
  readonly name: string;
  readonly settle: (outcome: Outcome) => void;
}

/** Starts the runtime API on the loopback. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  let asking: ServerResponse | null = null;
  let handed: Handed | null = null;
  let initialise: (error: FunctionError | null) => void = () => {};
  const initialised = new Promise<FunctionError | null>((resolve) => {
    initialise = resolve;
  });
  const handOver = () => {
    if (asking === null || handed === null) return;
    send(asking, handed);
    asking = null;
  };
  const server = await listenOnLoopback(({ request, body: bytes, response }) => {
    const [, id, what] = /^\/2018-06-01\/runtime\/(?:invocation\/)?([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const body = bytes.toString();
    if (request.method === 'GET') {
      asking = response;
      initialise(null);
      return handOver();
    }
    if (id === 'init') initialise(JSON.parse(body) as FunctionError);
    else if (id === handed?.id) {
      handed?.settle(what === 'error' ? { error: JSON.parse(body) as FunctionError } : { answer: body });
      handed = null;
    }
    response.writeHead(202).end();
  });
  return {
    address: new URL(server.url).host,
    initialised,
    invoke: (event, until) =>
      new Promise((settle) => {
        handed = { id: randomUUID(), event, ...until, settle };
        handOver();
      }),
    close: server.close,
  };
}

function send(response: ServerResponse, { id, event, deadline, name }: Handed): void {
  response
    .writeHead(200, {
      'content-type': 'application/json',
      // Without it the native client waits for ever.
      'content-length': Buffer.byteLength(event),
      'lambda-runtime-aws-request-id': id,
      'lambda-runtime-deadline-ms': deadline,
      'lambda-runtime-invoked-function-arn': `arn:aws:lambda:eu-central-1:111122223333:function:${name}`,
    })
    .end(event);
}
