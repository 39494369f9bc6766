import type { Alert } from '../../../handler/alert/decide';
import { draftOfAlert } from '../../../handler/alert/item';
import { claim, type Ledger, leaseSeconds, mark } from '../../../handler/alert/ledger';
import { decodeNotification } from '../../../handler/record/notification';
import { defaultSettings } from '../../../handler/settings';
import { type Instead, worldWith } from '../process-world';
import { recordOf } from './record';

const key = 'monitor/notification/dt=2026-01-05/alert-1.json';

const [route] = defaultSettings.routes;
if (!route) throw new Error('no default route');

const alert: Alert = {
  id: 'alert-1',
  record: recordOf(),
  eventType: 'failed',
  changes: [],
  route,
  finality: 'final',
};

const draft = draftOfAlert(alert);

/** A ledger in which two invocations, `a` and `b`, work at the same time. */
function ledgers(instead: Instead = {}) {
  const { world, deeds } = worldWith(instead);
  const ledgerOf = (owner: string): Ledger => ({
    objects: world.ports.objects,
    prefix: 'monitor/notification/',
    owner,
    now: world.ports.now,
    log: world.log,
  });
  return { a: ledgerOf('a'), b: ledgerOf('b'), deeds, ports: world.ports };
}

/** What the ledger holds. */
function entry(objects: ReadonlyMap<string, string>) {
  return decodeNotification(objects.get(key) ?? '');
}

/** A minute before an instant. */
function before(instant: string): string {
  return new Date(Date.parse(instant) - 60_000).toISOString();
}

async function claimed(ledger: Ledger) {
  const found = await claim(draft, ledger);
  if (!('claimed' in found)) throw new Error(`not claimed: ${JSON.stringify(found)}`);
  return found.claimed;
}

test('one of two gets it; the other is told for how long it is worked on', async () => {
  const { a, b, deeds } = ledgers();

  const first = await claim(draft, a);
  const second = await claim(draft, b);

  expect(first).toHaveProperty('claimed');
  expect(second).toEqual({ busySeconds: leaseSeconds });
  expect(entry(deeds.objects)).toMatchObject({ status: 'claimed', claimed_by: 'a', tries: 1, kind: 'alert' });
});

test('what is settled is settled for everybody', async () => {
  const { a, b, deeds } = ledgers();

  await mark(await claimed(a), { status: 'sent' }, a);

  expect(await claim(draft, b)).toEqual({ settled: 'sent' });
  expect(entry(deeds.objects)).toMatchObject({ status: 'sent', settled_at: '2026-01-05T10:00:00.000Z' });
});

test.each(['unconfigured', 'failed'] as const)('what is %s is taken up again', async (status) => {
  const { a, b, deeds } = ledgers();
  await mark(await claimed(a), { status, reason: 'no webhook' }, a);

  const again = await claim(draft, b);

  expect(again).toHaveProperty('claimed');
  expect(entry(deeds.objects)).toMatchObject({ status: 'claimed', claimed_by: 'b', tries: 2, reason: null });
});

test('a lease that has run out is taken over, and the one who had it can mark nothing any more', async () => {
  const { a, b, deeds } = ledgers();
  const lost = await claimed(a);
  deeds.clock.milliseconds += leaseSeconds * 1_000;

  await claimed(b);
  const marked = await mark(lost, { status: 'sent' }, a);

  expect(marked).toBe('taken');
  expect(entry(deeds.objects)).toMatchObject({ status: 'claimed', claimed_by: 'b' });
});

test('an earlier attempt of a run does not take up what a later one could not tell', async () => {
  const { a, b, deeds } = ledgers();
  await mark(await claimed(a), { status: 'unconfigured', reason: 'no webhook' }, a);

  const earlier = await claim({ ...draft, event_id: 'earlier', event_time: before(draft.event_time) }, b);

  expect(earlier).toEqual({ settled: 'unconfigured' });
  expect(entry(deeds.objects)).toMatchObject({ status: 'unconfigured', event_id: draft.event_id });
});

test('what is taken over by a write that the client sent twice is ours', async () => {
  const { ports, a, b } = ledgers();
  await mark(await claimed(a), { status: 'failed' }, a);
  const twice = {
    ...ports.objects,
    putIfMatch: async (at: string, body: string, etag: string) => {
      await ports.objects.putIfMatch(at, body, etag);
      return ports.objects.putIfMatch(at, body, etag);
    },
  };

  const again = await claim(draft, { ...b, objects: twice });

  expect(again).toMatchObject({ claimed: { entry: { claimed_by: 'b', tries: 2 } } });
  expect('claimed' in again && (await mark(again.claimed, { status: 'sent' }, b))).toBe('written');
});

test('a claim whose answer was lost is still ours', async () => {
  const { ports, deeds, a } = ledgers();
  const lossy = {
    ...ports.objects,
    putIfAbsent: async (at: string, body: string) => {
      await ports.objects.putIfAbsent(at, body);
      return null;
    },
  };

  const found = await claim(draft, { ...a, objects: lossy });

  expect(found).toHaveProperty('claimed');
  expect(entry(deeds.objects)?.tries).toBe(1);
});

test('an object that is no notification is written over, since nobody can have been told by it', async () => {
  const { a, deeds } = ledgers();
  deeds.objects.set(key, 'not JSON');

  await claimed(a);

  expect(entry(deeds.objects)).toMatchObject({ status: 'claimed', claimed_by: 'a' });
});

test('times are written as every JSON SerDe of Hive reads them', async () => {
  const { a, deeds } = ledgers();

  await claimed(a);

  expect(JSON.parse(deeds.objects.get(key) ?? '')).toMatchObject({
    event_time: '2026-01-05 09:59:30.000',
    claimed_at: '2026-01-05 10:00:00.000',
    lease_until: '2026-01-05 10:01:30.000',
    settled_at: null,
  });
  expect(deeds.objects.get(key)).not.toContain('\n');
});
