import { eventTypes, type StateRecord } from './schema';

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

const texts = [
  'event_id',
  'service_type',
  'service_name',
  'service_request_id',
  'source_state',
  'account_id',
  'region',
];

const numbers = ['retry_attempts', 'max_attempts', 'duration_ms', 'dpu_seconds'];

/** Anybody who may write to the queue may have sent it, so it is held to the columns. */
function isRecord(value: unknown): value is StateRecord {
  const fields = (typeof value === 'object' ? value : null) as Readonly<Record<string, unknown>> | null;
  if (fields === null || !texts.every((name) => typeof fields[name] === 'string')) return false;
  if (!eventTypes.some((type) => type === fields['event_type'])) return false;
  return Object.entries(fields).every(([name, it]) => {
    if (name.endsWith('_time') || name.endsWith('_at')) return it === null ? name !== 'event_time' : isTime(it);
    if (it === null) return true;
    return typeof it === (numbers.includes(name) ? 'number' : name === 'will_retry' ? 'boolean' : 'string');
  });
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value));
}
