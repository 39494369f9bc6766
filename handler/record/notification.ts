import { hash } from 'node:crypto';
import { type Column, type ColumnsTyped, column, type EventType, optional } from './schema';

/**
 * The columns of `monitor.notification`, in the order of the table: one row per thing that was to be told, with what
 * became of it. Columns are only ever appended, and appended ones are nullable (contracts/schema.test.ts).
 */
export const notificationColumns = [
  column(
    'alert_id',
    'string',
    'Identity of what is told: of an alert, hash of the run, its generation and the verdict',
  ),
  column('kind', 'string', 'alert, recovery or reminder'),
  column(
    'status',
    'string',
    'claimed (being worked on), sent, suppressed, folded, silenced, unconfigured (no webhook yet) or failed',
  ),
  optional('reason', 'string', 'Why it was not sent, or not as asked for'),
  column('event_type', 'string', 'The verdict that is told: failed, timeout, delayed, overdue, stopped, succeeded'),
  column('event_id', 'string', 'event_id of the state change that decided'),
  column('event_time', 'timestamp', 'When that happened, UTC'),
  column('service_type', 'string', 'The source, as in monitor.state'),
  column('service_name', 'string', 'The task, as in monitor.state'),
  column('service_request_id', 'string', 'The run, as in monitor.state'),
  column('account_id', 'string', 'AWS account in which it ran'),
  column('region', 'string', 'AWS region in which it ran'),
  optional('error_type', 'string', 'Class of the error'),
  optional('error_message', 'string', 'What a person reads first'),
  optional('error_fingerprint', 'string', 'Equal for equal errors'),
  optional('incident_id', 'string', 'The incident of the task that it belongs to'),
  optional('folded_into', 'string', 'alert_id of the alert that tells of the same cause'),
  column('route', 'string', 'The route that took it, as config.ts counts them, or default'),
  column('channel', 'string', 'Key of the secret under which the channel stands that it was meant for'),
  column('severity', 'string', 'critical, error or warning'),
  column('tries', 'bigint', 'How often it was taken up'),
  column('claimed_by', 'string', 'Who works on it, or did last'),
  column('claimed_at', 'timestamp', 'When it was taken up last'),
  column('lease_until', 'timestamp', 'Until when nobody else takes it up'),
  optional('settled_at', 'timestamp', 'When its status became what it is'),
  column('record', 'string', 'The state change as JSON, without its detail: what is told is made of it'),
] as const satisfies readonly Column[];

/** What becomes of an alert; `claimed` is the only one that does not stay. */
export const statuses = ['claimed', 'sent', 'suppressed', 'folded', 'silenced', 'unconfigured', 'failed'] as const;

/** One of {@link statuses}. */
export type Status = (typeof statuses)[number];

/** What is told: that something went wrong, that it works again, or that it still goes wrong. */
export type NotificationKind = 'alert' | 'recovery' | 'reminder';

/** One row of `monitor.notification`. */
export type Notification = ColumnsTyped<typeof notificationColumns> & {
  readonly kind: NotificationKind;
  readonly status: Status;
  readonly event_type: EventType;
};

const times = ['event_time', 'claimed_at', 'lease_until', 'settled_at'] as const;

/**
 * A row as the one line of its object. Times are written `yyyy-MM-dd HH:mm:ss.SSS`, the form that every JSON SerDe of
 * Hive reads as a timestamp.
 */
export function encodeNotification(notification: Notification): string {
  return JSON.stringify({
    ...notification,
    ...timesBy(notification, (time) => time.replace('T', ' ').replace('Z', '')),
  });
}

/** Reads the line back; null when it is none. */
export function decodeNotification(text: string): Notification | null {
  try {
    const row = JSON.parse(text) as Notification;
    const isRow = typeof row.alert_id === 'string' && statuses.includes(row.status);
    return isRow ? { ...row, ...timesBy(row, (time) => `${time.replace(' ', 'T')}Z`) } : null;
  } catch {
    return null;
  }
}

/** The name of an object or an id: a hash of an identity, of which no two are equal. */
export function shortHash(identity: string): string {
  return hash('sha256', identity, 'hex').slice(0, 32);
}

function timesBy(notification: Notification, change: (time: string) => string): Partial<Notification> {
  const changed = times.map((name) => {
    const time = notification[name];
    return [name, time === null ? null : change(time)];
  });
  return Object.fromEntries(changed) as Partial<Notification>;
}
