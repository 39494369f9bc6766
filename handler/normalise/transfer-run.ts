import { type JsonObject, textOf } from '../event/json';
import { requireResource } from './resource';

/** The connector or the server that made a transfer. */
export interface TransferTask {
  readonly kind: 'connector' | 'server';
  readonly name: string;
}

/**
 * What made a transfer, from its detail, else from the ARN among the resources; of both, the connector.
 * @throws MonitorError `EVENT_INCOMPLETE` when the event names neither.
 */
export function transferTask(detail: JsonObject, resources: readonly string[]): TransferTask {
  const connector = textOf(detail['connector-id']);
  const name = connector ?? textOf(detail['server-id']);
  if (name !== null) {
    return { kind: connector === null ? 'server' : 'connector', name };
  }
  const [kind, ...id] = requireResource(resources, 'transfer').resource.split('/');
  return { kind: kind === 'connector' ? 'connector' : 'server', name: id.join('/') };
}

/**
 * The run of a transfer. A session moves many files, and a file that came through must not hide another that did not:
 * the file is a part of the id. A message of AS2 and its receipt (MDN) are one run.
 */
export function transferRun(detail: JsonObject): string | null {
  const session = textOf(detail['session-id']);
  const path = textOf(detail['file-path']);
  const ids = ['as2-message-id', 'file-transfer-id', 'transfer-id', 'listing-id', 'move-id', 'delete-id'];
  return session === null
    ? (ids.map((key) => textOf(detail[key])).find((id) => id !== null) ?? null)
    : [session, path?.replace(/^\/*/, '/')].join('');
}
