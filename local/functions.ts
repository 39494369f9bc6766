import { readEnvironment } from '../handler/environment';
import type { Ports } from '../handler/ports';
import { createNotify, createPersist } from '../handler/process';
import type { Bucket } from './bucket';
import type { VirtualClock } from './clock';
import type { FunctionDeclaration } from './deployment';
import type { Firehose } from './firehose';
import type { Glue } from './glue';
import type { FunctionTime, Invocable } from './invocation';
import type { Lines } from './lines';
import type { Queue } from './queue-types';
import { localSecret, type Slack } from './slack';
import { createLog, type Totals } from './telemetry';

/** The world around the functions, made from the Terraform. */
export interface Surroundings {
  readonly clock: VirtualClock;
  readonly bucket: Bucket;
  /** Streams by name. */
  readonly streams: ReadonlyMap<string, Firehose>;
  readonly glue: Glue;
  readonly slack: Slack;
  readonly log: Lines;
  readonly totals: Totals;
  /** Told of every object that was written under the quarantine prefix. */
  readonly onQuarantined: () => void;
  /** Told of every object that was written under the prefix of incidents. */
  readonly onRemembered: (key: string, body: string) => void;
}

/** Makes a function as it is deployed: the image's entry point, its variables, and ports to the local world. */
export function createFunction(declared: FunctionDeclaration, queue: Queue, around: Surroundings): Invocable {
  let time: FunctionTime = { now: () => new Date(around.clock.now()), sleep: async () => {} };
  const { variables, entry, timeoutMs } = declared;
  const log = createLog(around.log, {
    functionName: declared.name,
    level: variables['LOG_LEVEL'] ?? 'INFO',
    now: around.clock.now,
  });
  const ports: Ports = {
    putRecordBatch: async (records) => {
      streamOf(declared, around).put(records, around.clock.now());
      return records.map(() => null);
    },
    objects: objectPorts(around, variables),
    readSecret: async () => localSecret(around.bucket.get(variables['SETTINGS_KEY'] ?? '')?.body ?? ''),
    getJobRun: async (jobName, runId) => around.glue.getJobRun(jobName, runId),
    getJob: async (jobName) => around.glue.getJob(jobName),
    post: async (url, body) => around.slack.post(url, body),
    postpone: async (receiptHandle, seconds) => queue.postpone(receiptHandle, seconds, around.clock.now()),
    now: () => time.now(),
    sleep: (milliseconds) => time.sleep(milliseconds),
  };
  const world = { ports, log, metrics: around.totals };
  const handler =
    entry === 'persist'
      ? createPersist({ ...world, environment: readEnvironment('persist', variables) })
      : createNotify({ ...world, environment: readEnvironment('notify', variables) });
  return {
    handler,
    timeoutMs,
    setTime: (invocationTime) => {
      time = invocationTime;
    },
  };
}

function streamOf({ name, variables }: FunctionDeclaration, { streams }: Surroundings): Firehose {
  const stream = streams.get(variables['DELIVERY_STREAM'] ?? '');
  if (!stream) {
    throw new Error(
      `ResourceNotFoundException: ${name} puts records into ${variables['DELIVERY_STREAM']}, which is not there`,
    );
  }
  return stream;
}

function objectPorts(
  { bucket, onQuarantined, onRemembered }: Surroundings,
  variables: FunctionDeclaration['variables'],
): Ports['objects'] {
  const isBelow = (key: string, prefix: string | undefined) => prefix !== undefined && key.startsWith(prefix);
  function written(key: string, body: string): void {
    if (isBelow(key, variables['QUARANTINE_PREFIX'])) onQuarantined();
    if (isBelow(key, variables['INCIDENT_PREFIX'])) onRemembered(key, body);
  }
  return {
    get: async (key) => bucket.get(key),
    putIfAbsent: async (key, body) => {
      const etag = bucket.putIfAbsent(key, body);
      if (etag !== null) written(key, body);
      return etag;
    },
    putIfMatch: async (key, body, etag) => {
      const changed = bucket.putIfMatch(key, body, etag);
      if (changed !== null) written(key, body);
      return changed;
    },
    list: async (prefix, after) => bucket.list(prefix, after),
  };
}
