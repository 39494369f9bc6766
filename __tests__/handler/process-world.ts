import { hash } from 'node:crypto';
import type { Log, LogFields } from '../../handler/log';
import type { MetricName } from '../../handler/metrics';
import type { Objects, Ports } from '../../handler/ports';
import type { World } from '../../handler/process';
import type { StateRecord } from '../../handler/record/schema';

/** The webhook that the secret of the tests holds; its path must never be printed. */
export const webhookPath = 'T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX';

/** The environment of both functions. */
export const environment = {
  BUCKET: '111122223333-eu-west-1-monitor',
  SETTINGS_KEY: 'settings/0.json',
  QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/q',
  DELIVERY_STREAM: 'dl-monitor',
  QUARANTINE_PREFIX: 'quarantine/',
  NOTIFICATION_PREFIX: 'monitor/notification/',
  INCIDENT_PREFIX: 'incident/',
  CAUSE_PREFIX: 'cause/',
  SILENCE_PREFIX: 'silence/',
  SECRET_ID: 'datalake-monitoring',
  METRICS_NAMESPACE: 'datalake-monitoring',
  LOG_LEVEL: 'INFO',
} as const;

/** Everything that a function did to the world, in order. */
export interface Deeds {
  /** The records of each call, taken or not. */
  readonly puts: (readonly string[])[];
  /** The rows of the records that were taken. */
  readonly rows: StateRecord[];
  readonly objects: Map<string, string>;
  readonly posts: { readonly url: string; readonly body: string }[];
  /** Seconds by receipt handle. */
  readonly postponed: Map<string, number>;
  readonly secretReads: ('cached' | 'fresh')[];
  /** Every log line, as JSON. */
  readonly lines: string[];
  readonly counts: Map<MetricName, number>;
  readonly clock: { milliseconds: number };
}

/** What a test puts in place of ports that work. */
export type Instead = Partial<Omit<Ports, 'objects'>> & { readonly objects?: Partial<Objects> };

/** A world in which all works, but for what stands `instead`; its clock moves only by sleeping. */
export function worldWith(instead: Instead = {}, settings: string | null = '{}') {
  const deeds: Deeds = {
    puts: [],
    rows: [],
    objects: new Map(),
    posts: [],
    postponed: new Map(),
    secretReads: [],
    lines: [],
    counts: new Map(),
    clock: { milliseconds: Date.parse('2026-01-05T10:00:00Z') },
  };
  const all = working(deeds, settings);
  const ports = recorded({ ...all, ...instead, objects: { ...all.objects, ...instead.objects } }, deeds);
  const world = { environment, ports, log: logInto(deeds.lines), metrics: { count: countInto(deeds.counts) } };
  return { world: world satisfies World<'persist'> & World<'notify'>, deeds };
}

function working({ objects, clock }: Deeds, settings: string | null): Ports {
  const write = (key: string, body: string) => {
    objects.set(key, body);
    return body;
  };
  return {
    putRecordBatch: async (records) => records.map(() => null),
    objects: {
      get: async (key) => {
        const body = key === environment.SETTINGS_KEY ? settings : (objects.get(key) ?? null);
        return body === null ? null : { body, etag: etagOf(body) };
      },
      putIfAbsent: async (key, body) => (objects.has(key) ? null : etagOf(write(key, body))),
      putIfMatch: async (key, body, etag) => {
        const before = objects.get(key);
        return before === undefined || etagOf(before) !== etag ? null : etagOf(write(key, body));
      },
      list: async (prefix, after) => {
        const found = [...objects].filter(([key]) => key.startsWith(prefix) && key > (after ?? '')).sort();
        const page = found.slice(0, 1_000).map(([key, body]) => ({ key, etag: etagOf(body) }));
        return { objects: page, isTruncated: found.length > page.length };
      },
    },
    getJobRun: async () => null,
    getJob: async () => null,
    readSecret: async () => JSON.stringify({ slack_webhook: `https://hooks.slack.com/services/${webhookPath}` }),
    post: async () => ({ status: 200, body: 'ok', retryAfterSeconds: null }),
    postpone: async () => {},
    now: () => new Date(clock.milliseconds),
    sleep: async (milliseconds) => {
      clock.milliseconds += milliseconds;
    },
  };
}

function etagOf(body: string): string {
  return hash('sha256', body, 'hex');
}

function recorded(ports: Ports, deeds: Deeds): Ports {
  return {
    ...ports,
    async putRecordBatch(records) {
      deeds.puts.push(records);
      const outcomes = await ports.putRecordBatch(records);
      deeds.rows.push(...records.filter((_, at) => outcomes[at] === null).flatMap(rowsIn));
      return outcomes;
    },
    async readSecret(options) {
      deeds.secretReads.push(options.fresh ? 'fresh' : 'cached');
      return ports.readSecret(options);
    },
    async post(url, body) {
      deeds.posts.push({ url, body });
      return ports.post(url, body);
    },
    async postpone(receiptHandle, seconds) {
      deeds.postponed.set(receiptHandle, seconds);
      return ports.postpone(receiptHandle, seconds);
    },
  };
}

/** The rows of a Firehose record, which stand one after the other; inside a row every quote is escaped. */
export function rowsIn(record: string): StateRecord[] {
  return record.split(/(?<=\})(?=\{"event_id":)/).map((text) => JSON.parse(text) as StateRecord);
}

function logInto(lines: string[]): Log {
  const write = (level: string) => (message: string, fields?: LogFields) =>
    void lines.push(JSON.stringify({ level, message, ...fields }));
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function countInto(counts: Map<MetricName, number>) {
  return (name: MetricName, value: number) => void counts.set(name, (counts.get(name) ?? 0) + value);
}
