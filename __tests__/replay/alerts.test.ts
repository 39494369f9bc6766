import { createNotify } from '../../handler/process';
import { decodeNotification, encodeNotification, type Notification } from '../../handler/record/notification';
import { replayedRecord } from '../../handler/record/replayed';
import { countAlerts, replayAlerts } from '../../replay/alerts';
import { webhookPath, worldWith } from '../handler/process-world';
import { change, notification } from '../queries/state-table';
import { faultsOf, names, portsInto, type World, worldOf } from './world';

const days = { from: '2025-03-01', to: '2025-03-10' };
const failed = change({ event_type: 'failed', error_message: 'no such bucket' });

function ledgerOf(...all: readonly Notification[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    all.map((it) => [
      `monitor/notification/dt=${it.event_time.slice(0, 10)}/${it.alert_id}.json`,
      encodeNotification({ ...it, record: JSON.stringify(failed) }),
    ]),
  );
}

function sentTo(world: World): readonly (string | undefined)[] {
  const bodies = (world.queues.get(names.queues.notify) ?? []).map(({ body }) => body);
  return bodies.map((body) => replayedRecord(body)?.event_id);
}

describe('replaying alerts', () => {
  it('hands those to notify that had no webhook or were refused, and leaves the ledger as it is', async () => {
    const ledger = ledgerOf(
      notification(failed, { alert_id: 'a', status: 'unconfigured' }),
      notification(failed, { alert_id: 'b', status: 'failed' }),
    );
    const world = worldOf({}, ledger);

    const tally = await replayAlerts(days, names, portsInto(world).ports);

    expect(tally).toMatchObject({ place: 'monitor/notification/', moved: 2, kept: 0 });
    expect(sentTo(world)).toEqual([failed.event_id, failed.event_id]);
    expect(Object.fromEntries(world.objects)).toEqual(ledger);
  });

  it.each(['sent', 'suppressed', 'folded', 'silenced', 'claimed'] as const)('leaves out what is %s', async (status) => {
    const world = worldOf({}, ledgerOf(notification(failed, { status })));

    const tally = await replayAlerts(days, names, portsInto(world).ports);

    expect(tally).toMatchObject({ moved: 0, kept: 0 });
    expect(sentTo(world)).toEqual([]);
  });

  it.each(['recovery', 'reminder'] as const)('leaves out a %s, which is no news any more', async (kind) => {
    const world = worldOf({}, ledgerOf(notification(failed, { kind, status: 'failed' })));

    await replayAlerts(days, names, portsInto(world).ports);

    expect(sentTo(world)).toEqual([]);
  });

  it('keeps to the days asked for, both included', async () => {
    const on = (day: string) =>
      notification(change({ event_type: 'failed', event_time: `${day}T06:00:00.000Z` }), { status: 'unconfigured' });
    const ledger = ledgerOf(...['2025-02-28', '2025-03-01', '2025-03-10', '2025-03-11'].map(on));

    expect(await countAlerts(days, portsInto(worldOf({}, ledger)).ports)).toBe(2);
  });

  it.each([
    ['no notification', 'hello'],
    ['no state change', encodeNotification(notification(failed, { status: 'failed', record: '{"event_id":"x"}' }))],
  ])('keeps what the ledger did not write, and goes on: %s', async (problem, content) => {
    const ledger = ledgerOf(notification(failed, { alert_id: 'z', status: 'failed' }));
    const world = worldOf({}, { 'monitor/notification/dt=2025-03-10/odd.json': content, ...ledger });

    const tally = await replayAlerts(days, names, portsInto(world).ports);

    expect(tally).toMatchObject({ moved: 1, kept: 1 });
    expect(Object.keys(tally.reasons)[0]).toContain(problem);
    await expect(countAlerts(days, portsInto(world).ports)).rejects.toThrow(problem);
  });

  it('loses nothing when it dies at any call', async () => {
    const ids = ['a', 'b', 'c'];
    for (const fault of faultsOf(6)) {
      const world = worldOf(
        {},
        ledgerOf(...ids.map((alert_id) => notification(failed, { alert_id, status: 'failed' }))),
      );

      await replayAlerts(days, names, portsInto(world, fault).ports);
      await replayAlerts(days, names, portsInto(world).ports);

      expect(sentTo(world).length).toBeGreaterThanOrEqual(ids.length);
      expect(world.objects.size).toBe(ids.length);
    }
  });
});

describe('a failure before there was a webhook', () => {
  const event = {
    version: '0',
    id: 'a1',
    source: 'aws.glue',
    account: '111122223333',
    region: 'eu-west-1',
    time: '2026-01-05T09:59:58Z',
    'detail-type': 'Glue Job State Change',
    detail: { jobName: 'orders_daily', jobRunId: 'jr_1', state: 'TIMEOUT', message: 'Timed out', severity: 'ERROR' },
  };
  const batchOf = (bodies: readonly string[]) => ({
    Records: bodies.map((body, at) => ({ eventSource: 'aws:sqs', messageId: `m${at}`, receiptHandle: `r${at}`, body })),
  });

  it('is posted by the replay once the webhook is put in, and once only', async () => {
    let secret = '';
    const { world, deeds } = worldWith({ readSecret: async () => secret });
    const notify = createNotify(world);
    await notify(batchOf([JSON.stringify(event)]));
    const before = deeds.posts.length;

    secret = JSON.stringify({ slack_webhook: `https://hooks.slack.com/services/${webhookPath}` });
    const installation: World = { ...worldOf({}), objects: deeds.objects };
    const thisWeek = { from: '2026-01-01', to: '2026-01-07' };
    const tally = await replayAlerts(thisWeek, names, portsInto(installation).ports);
    const messages = (installation.queues.get(names.queues.notify) ?? []).map(({ body }) => body);
    const answer = await notify(batchOf([...messages, ...messages]));
    await notify(batchOf(messages));

    expect(before).toBe(0);
    expect(tally).toMatchObject({ moved: 1, kept: 0 });
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(deeds.posts).toHaveLength(1);
    expect(deeds.posts[0]?.body).toContain('orders_daily');
    const ledger = [...deeds.objects].filter(([key]) => key.startsWith('monitor/notification/'));
    expect(ledger.map(([, body]) => decodeNotification(body))).toMatchObject([{ status: 'sent', tries: 2 }]);
  });
});
