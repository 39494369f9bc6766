import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that came whole, and what answers it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly response: ServerResponse;
}

/** An HTTP server of this machine. */
export interface Loopback {
  readonly url: string;
  /** Cuts all connections and waits until nobody listens any more. */
  readonly close: () => Promise<void>;
}

/** Listens on a free port of 127.0.0.1; what `handle` throws is answered with status 500 and its message. */
export async function listenOnLoopback(handle: (exchange: Exchange) => unknown): Promise<Loopback> {
  const server = createServer(async (request, response) => {
    try {
      await handle({ request, body: Buffer.concat(await request.toArray()), response });
    } catch (error) {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
