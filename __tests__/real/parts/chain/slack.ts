import { type Answer, startServer } from '../../../handler/aws-server';
import { webhookPath } from '../../../handler/process-world';

/** A server in place of Slack's webhooks. */
export interface Slack {
  readonly webhook: string;
  /** The plain texts of the messages that it took, in order. */
  readonly texts: () => readonly string[];
  /** Refuses messages whose text holds these words, until told otherwise. */
  readonly refuse: (words: string | null) => void;
  readonly close: () => Promise<void>;
}

/** Starts it on the loopback, with the path of an app's webhook. */
export async function startSlack(): Promise<Slack> {
  const taken: string[] = [];
  const path = `/services/${webhookPath}`;
  let refused: string | null = null;
  const server = await startServer((request): Answer => {
    const { text } = JSON.parse(request.body) as { readonly text: string };
    if (request.path !== path) return { status: 404, body: 'no_service' };
    if (refused !== null && text.includes(refused)) return { status: 400, body: 'invalid_blocks' };
    taken.push(text);
    return { status: 200, body: 'ok' };
  });
  return {
    webhook: `${server.url}${path}`,
    texts: () => taken,
    refuse: (words) => {
      refused = words;
    },
    close: server.close,
  };
}
