import type { Incident } from '../handler/alert/decide/incident';
import { enrich } from '../handler/enrich';
import type { Ports } from '../handler/ports';
import { createNotify, type World } from '../handler/process';
import { taskIdentity } from '../handler/record/identity';
import { decodeNotification, type Notification, shortHash } from '../handler/record/notification';
import { replayOf } from '../handler/record/replayed';
import type { StateRecord } from '../handler/record/schema';
import type { Settings } from '../handler/settings';
import { createObjects } from './objects';

/** How the function is tried. */
export interface Trial {
  readonly settings: Settings;
  /** The kind of all webhooks. */
  readonly webhook: 'incoming' | 'workflow';
  /** How many retries Glue makes of each job; null: it cannot be asked. */
  readonly retries: number | null;
}

/** A message that the function posted. */
export interface Message {
  readonly channel: string;
  readonly body: string;
}

/** What the function did about one state change. */
export interface Told {
  /** What the ledger says anew. */
  readonly notifications: readonly Notification[];
  readonly messages: readonly Message[];
  /** What is remembered of the task from now on, or null. */
  readonly incident: Incident | null;
}

/** The function on trial. */
export interface OnTrial {
  /** The state change with what Glue says of it. */
  readonly ask: (record: StateRecord) => Promise<StateRecord>;
  readonly tell: (record: StateRecord) => Promise<Told>;
}

const environment: World<'notify'>['environment'] = {
  BUCKET: 'explained',
  SETTINGS_KEY: 'settings/explained.json',
  QUEUE_URL: 'https://sqs.invalid/explained',
  DELIVERY_STREAM: 'explained',
  NOTIFICATION_PREFIX: 'monitor/notification/',
  INCIDENT_PREFIX: 'incident/',
  CAUSE_PREFIX: 'cause/',
  SILENCE_PREFIX: 'silence/',
  SECRET_ID: 'explained',
  METRICS_NAMESPACE: 'explained',
  LOG_LEVEL: 'ERROR',
};

const silent = { info() {}, warn() {}, error() {} };
const slack = 'https://hooks.slack.invalid/';

/**
 * Makes the function `notify` as it would run with some settings, on objects in memory and without Slack. It remembers
 * what it was told of, as the real one does; its clock is that of the state changes.
 */
export async function createTrial(trial: Trial): Promise<OnTrial> {
  const { objects, all, takeWritten } = createObjects();
  await objects.putIfAbsent(environment.SETTINGS_KEY, JSON.stringify(trial.settings));
  const clock = { now: 0 };
  const posted: Message[] = [];
  const ports = portsOf(trial, { objects, clock, posted });
  const notify = createNotify({ environment, ports, log: silent, metrics: { count() {} } });
  let handed = 0;
  const incidentOf = (record: StateRecord) => {
    const body = all.get(`${environment.INCIDENT_PREFIX}${shortHash(taskIdentity(record))}.json`);
    return body === undefined ? null : (JSON.parse(body) as Incident);
  };
  const ask = async (record: StateRecord) => {
    const { records } = await enrich([record], { ports, log: silent, settings: trial.settings });
    return records[0] ?? record;
  };
  const tell = async (record: StateRecord) => {
    clock.now = Math.max(clock.now + 1, Date.parse(record.event_time));
    handed += 1;
    posted.length = 0;
    takeWritten();
    const message = { eventSource: 'aws:sqs', receiptHandle: `${handed}`, body: replayOf(record) };
    await notify({ Records: [message] });
    const claimed = takeWritten().filter((key) => key.startsWith(environment.NOTIFICATION_PREFIX));
    const notifications = claimed.map((key) => decodeNotification(all.get(key) ?? '')).filter((it) => it !== null);
    return { notifications, messages: [...posted], incident: incidentOf(record) };
  };
  return { ask, tell };
}

interface Memory extends Pick<Ports, 'objects'> {
  readonly clock: { readonly now: number };
  readonly posted: Message[];
}

function portsOf({ settings, webhook, retries }: Trial, { objects, clock, posted }: Memory): Ports {
  const path = webhook === 'workflow' ? 'triggers/' : 'services/';
  const webhooks = settings.routes.map(({ channel }) => [channel, `${slack}${path}${channel}`] as const);
  const unanswered = async () => {
    throw new Error('Nobody is asked here');
  };
  return {
    objects,
    putRecordBatch: async (records) => records.map(() => null),
    getJob: retries === null ? unanswered : async () => ({ maxRetries: retries }),
    getJobRun: retries === null ? unanswered : async () => unknownRun,
    readSecret: async () => JSON.stringify(Object.fromEntries(webhooks)),
    post: async (url, body) => {
      posted.push({ channel: url.slice(slack.length + path.length), body });
      return { status: 200, body: 'ok', retryAfterSeconds: null };
    },
    postpone: async () => {},
    now: () => new Date(clock.now),
    sleep: async () => {},
  };
}

const unknownRun = {
  startedAt: null,
  completedAt: null,
  executionSeconds: null,
  dpuSeconds: null,
  errorMessage: null,
} as const;
