import { createNotify, createPersist, type Handler } from '../../handler/process';
import { glueEvent, sqsMessage } from './process-events';
import { type Instead, worldWith } from './process-world';

const hour = 3_600;

/** How often the queue hands a message out before it becomes a dead letter. */
const maxReceives = 50;

/** Receives one message until the function takes it or it would be a dead letter; the world is down so many seconds. */
async function survive(
  create: (world: ReturnType<typeof worldWith>['world']) => Handler,
  down: Instead,
  outage: number,
) {
  const waits: number[] = [];
  let elapsed = 0;
  for (let receives = 1; receives <= maxReceives; receives += 1) {
    const { world, deeds } = worldWith(elapsed < outage ? down : {});
    const response = await create(world)({ Records: [sqsMessage(0, glueEvent('run0', 'FAILED'), receives)] });
    if (response.batchItemFailures.length === 0) {
      return { waits, elapsed, deeds };
    }
    const seconds = deeds.postponed.get('r0') ?? Number.NaN;
    waits.push(seconds);
    elapsed += seconds;
  }
  return { waits, elapsed, deeds: null };
}

const noFirehose: Instead = { putRecordBatch: () => Promise.reject(new Error('down')) };
const noSlack: Instead = { post: () => Promise.reject(new Error('down')) };

test('a day without Firehose loses no row', async () => {
  const { waits, elapsed, deeds } = await survive(createPersist, noFirehose, 24 * hour);

  expect(waits.slice(0, 8)).toEqual([60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
  expect(Math.max(...waits)).toBe(hour);
  expect(elapsed).toBeLessThanOrEqual(25 * hour);
  expect(deeds?.rows).toHaveLength(1);
});

test('a day without Slack loses no alert', async () => {
  const { deeds } = await survive(createNotify, noSlack, 24 * hour);

  expect(deeds?.posts).toHaveLength(1);
});

test('a day is not the limit: a message becomes a dead letter after more than 24 hours', async () => {
  const { elapsed, deeds } = await survive(createPersist, noFirehose, Number.POSITIVE_INFINITY);

  expect(deeds).toBeNull();
  expect(elapsed).toBeGreaterThan(24 * hour);
});

test('a queue that does not let us hide the message gets it back all the same', async () => {
  const { world, deeds } = worldWith({ ...noFirehose, postpone: () => Promise.reject(new Error('denied')) });

  const response = await createPersist(world)({ Records: [sqsMessage(0, glueEvent('run0', 'FAILED'))] });

  expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  expect(deeds.lines.join()).toContain('could not be postponed');
});
