import type { StateRecord } from './schema';

const wrapping = { source: 'datalake-monitoring', 'detail-type': 'Notification Replay' } as const;

/** The message by which a notification that was not sent is taken up again: the state change that it tells of. */
export function replayOf(record: StateRecord): string {
  return JSON.stringify({ ...wrapping, detail: record });
}

/** The state change in such a message, or null when a message is none. */
export function replayedRecord(body: string): StateRecord | null {
  if (!body.includes(wrapping['detail-type'])) return null;
  try {
    const message = JSON.parse(body) as Readonly<Record<string, unknown>> | null;
    const detail = message?.['detail'];
    const isReplay = message?.['source'] === wrapping.source && message['detail-type'] === wrapping['detail-type'];
    return isReplay && isRecord(detail) ? detail : null;
  } catch {
    return null;
  }
}

const needed = ['event_id', 'event_time', 'service_type', 'service_name', 'service_request_id', 'event_type'];

function isRecord(value: unknown): value is StateRecord {
  const fields = (typeof value === 'object' ? value : null) as Readonly<Record<string, unknown>> | null;
  return fields !== null && needed.every((name) => typeof fields[name] === 'string');
}
