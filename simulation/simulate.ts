import { replayOf } from '../handler/record/replayed';
import { type Bucket, createBucket } from './bucket';
import { createFeed, type Feed } from './feed';
import { createFunctions } from './functions';
import { createGlue } from './glue';
import { fieldsOf, type History, type Invoke, prefixes } from './history';
import type { Plan, QueueName } from './plan';
import { createScheduler, type Scheduler } from './scheduler';
import { settingsOf, storedSilences } from './settings';
import { createStrikes } from './strikes';
import { createDues, startTicks } from './ticks';
import { honest, type Variant } from './variants';

const hour = 3_600_000;

/** When the last event has come and the last fault is over, the world has so long to settle. */
const patience = 5 * 24 * hour;

/** Runs a plan from its first event until nothing is left to do, and tells all that happened. */
export async function simulate(plan: Plan, variant: Variant = honest): Promise<History> {
  const scheduler = createScheduler(plan.start);
  const strikes = createStrikes(plan);
  const dues = createDues();
  const history = { invocations: [], writes: [], posts: [], rows: [], lines: [] } as Pick<
    History,
    'invocations' | 'writes' | 'posts' | 'rows' | 'lines'
  >;
  const bucket = variant.bucket(
    createBucket(scheduler.now, (write) => {
      history.writes.push(write);
      dues.note(write);
    }),
  );
  putIn(plan, bucket);
  const invoke: Invoke = (...call) => functions.invoke(...call);
  const around = { plan, scheduler, strikes, invoke };
  const feeds = { persist: createFeed('persist', around), notify: createFeed('notify', around) };
  const functions = createFunctions(
    { seed: plan.seed, ...around, variant, bucket, glue: createGlue(plan), feeds },
    history,
  );
  schedule(plan, { scheduler, bucket, feeds });
  startTicks(plan, { scheduler, dues, invoke });
  const isBusy = () => functions.running() + feeds.persist.depth() + feeds.notify.depth() > 0 || dues.next() !== null;
  const calm = lastOf(plan) + hour;
  await scheduler.runUntil(calm);
  while (isBusy() && scheduler.now() < calm + patience) await scheduler.runUntil(scheduler.now() + hour);
  return {
    ...history,
    objects: bucket.texts(),
    deadLetters: { persist: feeds.persist.deadLetters(), notify: feeds.notify.deadLetters() },
    left: { persist: feeds.persist.depth(), notify: feeds.notify.depth() },
    struck: strikes.count(),
    calls: history.invocations.reduce((sum, { calls }) => sum + calls, 0),
    end: scheduler.now(),
  };
}

function putIn(plan: Plan, bucket: Bucket): void {
  bucket.putIfAbsent(prefixes.settings, JSON.stringify(settingsOf(plan)), -1);
  for (const { key, body } of storedSilences(plan)) bucket.putIfAbsent(key, body, -1);
}

interface Stage {
  readonly scheduler: Scheduler;
  readonly bucket: Bucket;
  readonly feeds: Readonly<Record<QueueName, Feed>>;
}

/** Has every message arrive when it should, and people do what they do. */
function schedule({ steps }: Plan, { scheduler, bucket, feeds }: Stage): void {
  for (const step of steps) {
    const messages = step.kind === 'run' ? step.run.messages : step.kind === 'junk' ? [step.message] : [];
    for (const { body, deliveries } of messages) {
      for (const { queue, at } of deliveries) scheduler.at(at, () => feeds[queue].send(body));
    }
    if (step.kind === 'replay') scheduler.at(step.at, () => replay(bucket, feeds.notify));
  }
}

/** As `npm run replay -- alerts` does. */
function replay(bucket: Bucket, feed: Feed): void {
  for (const [key, text] of bucket.texts()) {
    const entry = key.startsWith(prefixes.ledger) ? fieldsOf(text) : null;
    const isUntold = entry?.['status'] === 'unconfigured' || entry?.['status'] === 'failed';
    if (isUntold && entry['kind'] === 'alert') feed.send(replayOf(JSON.parse(String(entry['record']))));
  }
}

/** When the last event has come and the last fault is over. */
function lastOf({ start, steps }: Plan): number {
  const instants = steps.flatMap((step): readonly number[] => {
    if (step.kind === 'fault') return ['to' in step.fault ? step.fault.to : step.fault.from];
    if (step.kind === 'replay') return [step.at];
    if (step.kind === 'silence') return [step.until];
    const messages = step.kind === 'run' ? step.run.messages : [step.message];
    return messages.flatMap(({ deliveries }) => deliveries.map(({ at }) => at));
  });
  return Math.max(start, ...instants);
}
