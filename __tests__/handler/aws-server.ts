import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { listenOnLoopback } from './loopback';

/** A request that the server got. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server answers; it may also hold the answer back, or cut the line. */
export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server on 127.0.0.1 in place of AWS and Slack. `answer` may return null to say nothing at all, ever. */
export async function startServer(answer: (request: Received) => Answer | 'reset' | null) {
  const received: Received[] = [];
  const { url, close } = await listenOnLoopback(({ request, body, response }) => {
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body: body.toString() };
    received.push(one);
    reply(answer(one), response);
  });
  return { url, received, close };
}

function reply(answer: Answer | 'reset' | null, response: ServerResponse): void {
  if (answer === 'reset') {
    response.destroy();
  } else if (answer !== null) {
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }
}
