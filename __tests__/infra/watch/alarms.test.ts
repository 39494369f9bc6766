import { afterFault, visibilityAfter } from '../../../handler/pause';
import { functionTimeoutSeconds, mappings } from '../../../infra/process/mappings';
import { createQueue } from '../../../local/queue';
import { monitoringOf, type Resource, resourceOf } from '../stacks';

const minute = 60;
const hour = 3_600;
const outageSeconds = 24 * hour;
const stack = monitoringOf();

describe.each(['persist', 'notify'] as const)('one event in a whole day, while %s can deliver nothing', (name) => {
  const postponedAt = postponements(name);
  const lastAt = postponedAt.at(-1) ?? 0;
  const postponed = resourceOf(stack, 'aws_cloudwatch_metric_alarm', `watch_${name}_postponed`);

  it('is tried every hour in the end, which is what the alarm must bridge', () => {
    const last = postponedAt.slice(-2);

    expect((last[1] ?? 0) - (last[0] ?? 0)).toBeGreaterThanOrEqual(hour);
  });

  it('rings within ten minutes, and not before it was put off for a second time', () => {
    const rangAt = ringing(postponed, postponedAt)[0] ?? Number.NaN;

    expect(rangAt).toBeGreaterThan(postponedAt[1] ?? 0);
    expect(rangAt).toBeLessThanOrEqual(10 * minute);
  });

  it('rings without a pause until the event is delivered, and ends within three hours of that', () => {
    const minutes = ringing(postponed, postponedAt);

    expect(gapsIn(minutes)).toEqual([]);
    expect(minutes.at(-1)).toBeGreaterThanOrEqual(lastAt);
    expect(minutes.at(-1)).toBeLessThan(lastAt + 3 * hour);
  });

  it('does not ring for a single hiccup', () => {
    expect(ringing(postponed, postponedAt.slice(0, 1))).toEqual([]);
  });
});

it.each(['persist', 'notify'] as const)('a crash of %s at every try rings without a pause', (name) => {
  const queue = resourceOf(stack, 'aws_sqs_queue', `capture_${name}_queue`);
  const between = Number(queue['visibility_timeout_seconds']) + mappings[name].windowSeconds;
  const crashedAt = Array.from({ length: 40 }, (_, tried) => functionTimeoutSeconds + tried * between);

  const minutes = ringing(resourceOf(stack, 'aws_cloudwatch_metric_alarm', `watch_${name}_errors`), crashedAt);

  expect(gapsIn(minutes)).toEqual([]);
  expect(minutes.at(-1)).toBeGreaterThanOrEqual(crashedAt.at(-1) ?? 0);
});

it('an alert that Slack does not take rings at once, and without a pause for as long as Slack takes none', () => {
  const failedAt = postponements('notify');
  const minutes = ringing(resourceOf(stack, 'aws_cloudwatch_metric_alarm', 'watch_alerts_failed'), failedAt);

  expect(minutes[0]).toBeLessThanOrEqual((failedAt[0] ?? 0) + minute);
  expect(gapsIn(minutes)).toEqual([]);
  expect(minutes.at(-1)).toBeGreaterThanOrEqual(failedAt.at(-1) ?? 0);
});

/** The minutes at which an alarm rings again after a pause. */
function gapsIn(minutes: readonly number[]): readonly number[] {
  return minutes.slice(1).filter((at, index) => at - (minutes[index] ?? 0) > minute);
}

/** When a message that a function cannot deliver is put off, in seconds; each invocation takes as long as it may. */
function postponements(name: 'persist' | 'notify'): readonly number[] {
  const { batchSize, windowSeconds } = mappings[name];
  const mapping = { batchSize, windowSeconds, maximumConcurrency: 2 };
  const settings = { name, arn: name, visibilitySeconds: 370, retentionSeconds: 14 * 24 * hour, maxReceiveCount: null };
  const queue = createQueue({ ...settings, mapping }, null);
  const seconds: number[] = [];
  queue.send({ body: '{}' }, 0);
  for (let now = 0; now < outageSeconds * 1_000; now = Math.max(now, queue.dueAt() ?? Number.POSITIVE_INFINITY)) {
    const batch = queue.poll(now);
    if (batch === null) continue;
    now += functionTimeoutSeconds * 1_000;
    for (const { receiptHandle, attributes } of batch.records) {
      queue.postpone(receiptHandle, visibilityAfter(Number(attributes['ApproximateReceiveCount']), afterFault), now);
    }
    queue.settle(
      batch,
      batch.records.map(({ messageId }) => messageId),
      now,
    );
    seconds.push(now / 1_000);
  }
  return seconds;
}

/**
 * The minutes, in seconds, at which CloudWatch finds the alarm ringing: it looks every minute, at periods that end
 * there (the sliding window), and counts those above the threshold.
 */
function ringing(alarm: Resource, occurrences: readonly number[]): readonly number[] {
  const [period, periods] = [Number(alarm['period']), Number(alarm['evaluation_periods'])];
  const enough = Number(alarm['datapoints_to_alarm'] ?? periods);
  const minutes = Array.from({ length: (outageSeconds + 4 * hour) / minute }, (_, at) => (at + 1) * minute);
  return minutes.filter((now) => {
    const sums = Array.from({ length: periods }, (_, index) => {
      const end = now - index * period;
      return occurrences.filter((at) => at >= end - period && at < end).length;
    });
    return sums.filter((sum) => sum > Number(alarm['threshold'])).length >= enough;
  });
}
