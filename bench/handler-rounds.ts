import { readFileSync } from 'node:fs';
import type { Ports } from '../handler/ports';
import { createPersist } from '../handler/process';

/** Processor time per event, microseconds, medians over the rounds. */
export interface HandlerTimes {
  /** The whole way of an event through persist, up to the ports. */
  readonly persist: number;
  /** `JSON.parse` and `JSON.stringify` of the event as it came. */
  readonly inputFloor: number;
  /** `JSON.parse` of the event as it came, `JSON.stringify` of the row that it became. */
  readonly rowFloor: number;
  /** Mean sizes, UTF-8 bytes. */
  readonly inputBytes: number;
  readonly rowBytes: number;
}

const warmUp = 5;
const rounds = 15;
const batchesPerRound = 40;

/** Measures persist over one batch of event texts, and the floors over the same bytes, turn by turn. */
export async function measureRounds(lines: readonly string[]): Promise<HandlerTimes> {
  const taken: string[] = [];
  const persist = createPersist(quietWorld((records) => taken.push(...records)));
  const event = { Records: lines.map(messageOf) };
  await persist(event);
  const rows = taken
    .flatMap((record) => record.split(/(?<=\})(?=\{"event_id":)/))
    .map((row) => JSON.parse(row) as unknown);
  const rowBytes = taken.reduce((sum, record) => sum + Buffer.byteLength(record), 0);
  const times = { persist: [] as number[], inputFloor: [] as number[], rowFloor: [] as number[] };
  for (let round = 0; round < warmUp + rounds; round += 1) {
    taken.length = 0;
    times.persist.push(await cpuOf(() => persist(event)));
    times.inputFloor.push(await cpuOf(() => lines.forEach((line) => void JSON.stringify(JSON.parse(line)))));
    times.rowFloor.push(
      await cpuOf(() => {
        for (const line of lines) JSON.parse(line);
        for (const row of rows) JSON.stringify(row);
      }),
    );
  }
  const perEvent = (all: readonly number[]) => median(all.slice(warmUp)) / batchesPerRound / lines.length;
  return {
    persist: perEvent(times.persist),
    inputFloor: perEvent(times.inputFloor),
    rowFloor: perEvent(times.rowFloor),
    inputBytes: Buffer.byteLength(lines.join('')) / lines.length,
    rowBytes: rowBytes / rows.length,
  };
}

async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let batch = 0; batch < batchesPerRound; batch += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function messageOf(body: string, at: number) {
  const attributes = { SentTimestamp: '1767607171000', ApproximateReceiveCount: '1' };
  return { eventSource: 'aws:sqs', messageId: `m${at}`, receiptHandle: `r${at}`, body, attributes };
}

/** A world that takes everything at once and says nothing. */
function quietWorld(take: (records: readonly string[]) => void): Parameters<typeof createPersist>[0] {
  const ports: Ports = {
    putRecordBatch: async (records) => {
      take(records);
      return records.map(() => null);
    },
    objects: {
      get: async () => ({ body: '{}', etag: '' }),
      putIfAbsent: async () => '',
      putIfMatch: async () => '',
      list: async () => ({ objects: [], isTruncated: false }),
    },
    getJobRun: async () => null,
    getJob: async () => null,
    readSecret: async () => '{}',
    post: async () => ({ status: 200, body: 'ok', retryAfterSeconds: null }),
    postpone: async () => {},
    now: () => new Date(),
    sleep: async () => {},
  };
  const environment = {
    BUCKET: 'bucket',
    SETTINGS_KEY: 'settings',
    QUEUE_URL: 'queue',
    DELIVERY_STREAM: 'stream',
    QUARANTINE_PREFIX: 'quarantine/',
    METRICS_NAMESPACE: 'bench',
    LOG_LEVEL: 'ERROR',
  };
  const silent = () => {};
  const log = { info: silent, warn: silent, error: silent };
  return { environment, ports, log, metrics: { count: silent } };
}

if (require.main === module) {
  const lines = JSON.parse(readFileSync(0, 'utf8')) as string[];
  void measureRounds(lines).then((times) => console.log(JSON.stringify(times)));
}
