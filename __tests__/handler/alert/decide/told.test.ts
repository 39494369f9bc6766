import { addFailures, addSuccess, type Incident, noIncident } from '../../../../handler/alert/decide/incident';
import {
  channelsOf,
  type Failure,
  reminded,
  remindedLater,
  reminding,
  unheard,
  worstTold,
} from '../../../../handler/alert/decide/told';
import type { StateRecord } from '../../../../handler/record/schema';
import { recordOf } from '../record';

const noon = new Date('2026-01-05T12:00:00.000Z');

function failure(name: string, further: Partial<Failure> = {}, columns: Partial<StateRecord> = {}): Failure {
  const record = recordOf({ error_fingerprint: `2:${name}`, event_time: '2026-01-05T11:50:00.000Z', ...columns });
  return { alertId: name, record, eventType: 'failed', channel: 'lake', cooldownSeconds: 3_600, ...further };
}

function after(...failures: readonly Failure[]): Incident {
  return addFailures(noIncident, failures, noon).incident;
}

test('every channel knows of an incident in which something of it was told, by an alert or a reminder', () => {
  const incident = after(failure('a'), failure('b', { channel: 'orders' }), failure('b', { channel: 'elsewhere' }));

  expect(channelsOf(incident)).toEqual(['lake', 'orders']);
  expect(channelsOf(reminding(incident, 'night'))).toEqual(['lake', 'orders', 'night']);
});

test('what came while a reminder was told falls due after the next cooldown', () => {
  const counting = { ...after(failure('a')), untold: 3, remind_at: noon.toISOString() };

  expect(reminded(counting, 1, 3_600, noon)).toMatchObject({ untold: 2, remind_at: '2026-01-05T13:00:00.000Z' });
  expect(reminded(counting, 3, 3_600, noon)).toMatchObject({ untold: 0, remind_at: null });
});

test('a channel that could not be reminded knows what it knew', () => {
  const before = { ...after(), untold: 1, remind_at: noon.toISOString() };

  expect(remindedLater(reminding(before, 'night'), before, noon)).toEqual({
    ...before,
    remind_at: '2026-01-05T12:30:00.000Z',
  });
});

test('a cooldown of nothing tells every failure, also one that comes late', () => {
  const late = failure(
    'late',
    { cooldownSeconds: 0 },
    { error_fingerprint: '2:a', event_time: '2026-01-05T11:40:00.000Z' },
  );

  expect(addFailures(after(failure('a')), [late], noon).decisions).toEqual(['tell']);
});

test('what was told of an earlier incident is nothing that is known of this one', () => {
  const first = after(failure('a', { channel: 'orders' }));
  const success = recordOf({ event_type: 'succeeded', event_time: '2026-01-05T11:55:00.000Z', started_at: null });
  const closed = addSuccess(first, { ...success, duration_ms: 0 }, noon) ?? first;
  const late = { event_time: '2026-01-05T11:58:00.000Z' };

  const { incident } = addFailures(closed, [failure('again', {}, { error_fingerprint: '2:a', ...late })], noon);

  expect(incident).toMatchObject({ state: 'open', incident_id: 'again', untold: 1 });
  expect(channelsOf(incident)).toEqual([]);
  expect(worstTold(incident, 'orders')).toBe(0);
});

test('what is milder than what was told is kept from whom it was told, and from nobody else', () => {
  const delays = ['lake', 'orders'].map((channel) => failure(`delay in ${channel}`, { eventType: 'delayed', channel }));
  const named = delays.map((delay, at) => ({ ...delay, record: { ...delay.record, error_fingerprint: `2:${at}` } }));

  const { decisions } = addFailures(after(failure('a')), named, noon);

  expect(decisions).toEqual(['milder', 'tell']);
});

test.each([
  ['', {}],
  [', also when it says that it is from tomorrow', { event_time: '2026-01-06T11:50:00.000Z' }],
])('what had no webhook was not told%s, and leaves the rest as it was', (_, columns) => {
  const delay = failure('delay', { eventType: 'delayed', channel: 'orders' });
  const incident = unheard(after(delay, failure('a', {}, columns)), new Set(['a']));

  expect(channelsOf(incident)).toEqual(['orders']);
  expect([worstTold(incident, 'orders'), worstTold(incident, 'lake')]).toEqual([1, 0]);
  expect(unheard(incident, new Set(['a']))).toBe(incident);
  expect(addFailures(incident, [failure('b', {}, { error_fingerprint: '2:a' })], noon).decisions).toEqual(['tell']);
});

test('what was told before still stands when the same, told again, had no webhook', () => {
  const again = failure('again', { cooldownSeconds: 0 }, { error_fingerprint: '2:a' });

  const incident = unheard(after(failure('a'), again), new Set(['again']));

  expect(channelsOf(incident)).toEqual(['lake']);
  expect(worstTold(incident, 'lake')).toBe(2);
});

test('what is told again while another incident is open is known of that one, so its end is told', () => {
  const first = after(failure('a'));
  const success = recordOf({ event_type: 'succeeded', event_time: '2026-01-05T11:55:00.000Z', started_at: null });
  const closed = addSuccess(first, { ...success, duration_ms: 0 }, noon) ?? first;
  const late = { error_fingerprint: '2:a', event_time: '2026-01-05T11:58:00.000Z' };
  const quiet = addFailures(closed, [failure('quiet', {}, late)], noon).incident;

  const told = addFailures(quiet, [failure('a')], noon);

  expect(channelsOf(quiet)).toEqual([]);
  expect(told.decisions).toEqual(['tell']);
  expect(channelsOf(told.incident)).toEqual(['lake']);
  expect(addFailures(closed, [failure('a')], noon).incident).toBe(closed);
});

test('what is told over and over does not push out what was told elsewhere', () => {
  const often = Array.from({ length: 200 }, (_, at) =>
    failure(`${at}`, { cooldownSeconds: 0 }, { error_fingerprint: '2:often' }),
  );

  expect(channelsOf(after(failure('a', { channel: 'orders' }), ...often))).toEqual(['orders', 'lake']);
});

test('of very many errors those are remembered that were told last', () => {
  const many = Array.from({ length: 100 }, (_, at) => failure(`${at}`));
  const later = { event_time: '2026-01-05T11:59:00.000Z' };
  const anew = failure('0 anew', { cooldownSeconds: 0 }, { error_fingerprint: '2:0', ...later });
  const incident = after(...many, anew, failure('another'));

  expect(incident.told).toHaveLength(100);
  expect(incident.told.slice(-2).map(({ alert_id }) => alert_id)).toEqual(['0 anew', 'another']);
  expect(incident.told.map(({ alert_id }) => alert_id)).not.toContain('1');
});
