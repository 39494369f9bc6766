import type { Objects, Ports, PutOutcome } from '../handler/ports';
import type { Bucket } from './bucket';
import { type Effect, send, type Wire } from './calls';
import type { Feed } from './feed';
import type { Glue } from './glue';
import { fieldsOf, type Invocation, type Post, prefixes } from './history';
import type { Plan, PortName, QueueName } from './plan';
import { channelOf, secretText, slackAnswer } from './slack';
import { toldBy } from './told-by';
import type { Variant } from './variants';

/** The world behind the ports. */
export interface World extends Wire {
  readonly plan: Plan;
  readonly bucket: Bucket;
  readonly glue: Glue;
  readonly variant: Variant;
  readonly feeds: Readonly<Record<QueueName, Feed>>;
  readonly posts: Post[];
  readonly rows: string[];
}

/** A function's process, which works on one invocation at a time. */
export interface Sandbox {
  readonly number: number;
  readonly name: QueueName;
  current: Invocation;
}

/** The ports as a process sees them: each call counts towards the invocation in which it was made. */
export function portsOf(sandbox: Sandbox, world: World): Ports {
  const { scheduler, strikes, glue } = world;
  const call = <T>(port: PortName, effect: Effect<T>) => send(port, effect, sandbox.current, world);
  const plainly = <T>(port: PortName, take: () => T) => call(port, { take });
  return {
    putRecordBatch: (records) =>
      plainly('putRecordBatch', () => world.variant.outcomes(records.map((record) => put(record, world)))),
    objects: objectsOf(sandbox, world),
    async readSecret() {
      const text = await plainly('readSecret', () => secretText(world.plan, scheduler.now(), strikes));
      if (text === null) throw Object.assign(new Error('no value'), { name: 'ResourceNotFoundException' });
      return text;
    },
    getJobRun: (name, id) => plainly('getJobRun', () => glue.getJobRun(name, id, scheduler.now())),
    getJob: (name) => plainly('getJob', () => glue.getJob(name)),
    post: (url, body) => post(url, body, sandbox.current, world),
    postpone: (handle, seconds) => plainly('postpone', () => world.feeds[sandbox.name].postpone(handle, seconds)),
    now: () => new Date(scheduler.now() + skewOf(sandbox, world)),
    sleep: (milliseconds) => sleep(milliseconds, sandbox.current, world),
  };
}

function skewOf({ number }: Sandbox, { strikes, scheduler }: World): number {
  if (number % 2 === 0) return 0;
  return strikes.now('clock', scheduler.now()).reduce((sum, { byMs }) => sum + byMs, 0);
}

function put(record: string, { strikes, scheduler, rows }: World): PutOutcome {
  if (strikes.now('partial failure', scheduler.now()).length > 0) return 'ServiceUnavailableException';
  rows.push(record);
  return null;
}

function sleep(milliseconds: number, by: Invocation, { scheduler }: World): Promise<void> {
  return new Promise((resolve) => {
    scheduler.at(scheduler.now() + milliseconds, () => {
      if (by.died === null) resolve();
    });
  });
}

/** What the ledger says of whom an invocation works on is noted on the way: posts are told apart by it. */
function objectsOf(sandbox: Sandbox, { bucket, ...world }: World): Objects {
  const write = (port: 'putIfAbsent' | 'putIfMatch', key: string, body: string, etag: string | null) => {
    const by = sandbox.current;
    const entry = key.startsWith(prefixes.ledger) ? fieldsOf(body) : null;
    if (entry !== null && entry['status'] !== 'claimed') by.unmarked.add(key);
    const take = () => {
      const written =
        etag === null
          ? bucket.putIfAbsent(key, body, by.number)
          : bucket.putIfMatch(key, body, { etag, by: by.number });
      by.unmarked.delete(key);
      if (written === null || entry === null) return written;
      if (entry['status'] === 'claimed') by.held.set(key, entry);
      else by.held.delete(key);
      return written;
    };
    return send(port, { take }, by, world);
  };
  return {
    get: (key) => send('get', { take: () => bucket.get(key) }, sandbox.current, world),
    putIfAbsent: (key, body) => write('putIfAbsent', key, body, null),
    putIfMatch: (key, body, etag) => write('putIfMatch', key, body, etag),
    list: (prefix, after) => send('list', { take: () => bucket.list(prefix, after) }, sandbox.current, world),
  };
}

function post(url: string, body: string, by: Invocation, world: World) {
  let isAnswered = false;
  const take = () => {
    const { scheduler, strikes, bucket, posts } = world;
    const { answer, isShown } = slackAnswer(url, scheduler.now(), strikes);
    const got = { body, channel: channelOf(url) };
    const shared = { ...got, at: scheduler.now(), by: by.number, isShown, tells: toldBy(got, by, bucket) };
    posts.push({
      ...shared,
      get isAnswered() {
        return isAnswered;
      },
    });
    return answer;
  };
  const answered = () => {
    isAnswered = true;
  };
  return send('post', { take, answered }, by, world);
}
