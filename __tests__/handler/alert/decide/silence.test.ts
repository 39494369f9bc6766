import { silencedBy } from '../../../../handler/alert/decide/silence';
import type { Maintenance, Silence } from '../../../../handler/settings';
import { recordOf } from '../record';

const none = { silences: [], maintenance: [] };

const silence: Silence = {
  match: { name: ['orders_*'] },
  from: '2026-01-05T08:00:00.000Z',
  until: '2026-01-05T10:00:00.000Z',
  reason: 'the source system moves',
};

/** Sundays from 22:00 to 02:00 in Vienna. */
const sundays: Maintenance = {
  match: {},
  days: ['sunday'],
  from: '22:00',
  until: '02:00',
  timeZone: 'Europe/Vienna',
  ends: null,
  reason: 'the weekly upgrade',
};

function at(event_time: string, service_name = 'orders_daily') {
  return recordOf({ event_time, service_name });
}

test.each([
  ['before it', '2026-01-05T07:59:59.999Z', false],
  ['at its beginning', '2026-01-05T08:00:00.000Z', true],
  ['at its end', '2026-01-05T10:00:00.000Z', false],
])('a silence keeps back what happened in it: %s', (_, time, expected) => {
  const reason = silencedBy(at(time), { ...none, silences: [silence] }, []);

  expect(reason === 'silenced until 2026-01-05T10:00:00.000Z: the source system moves').toBe(expected);
  expect(reason === null).toBe(!expected);
});

test('a silence is about what it names alone, and one that was put in by hand counts like one of config.ts', () => {
  expect(silencedBy(at('2026-01-05T09:00:00.000Z', 'invoices'), { ...none, silences: [silence] }, [])).toBeNull();
  expect(silencedBy(at('2026-01-05T09:00:00.000Z'), none, [{ ...silence, from: null }])).toMatch(/source system/);
});

test.each([
  ['Sunday 21:59 in Vienna', '2026-01-04T20:59:00.000Z', false],
  ['Sunday 22:00', '2026-01-04T21:00:00.000Z', true],
  ['Monday 01:59, in the window that began on Sunday', '2026-01-05T00:59:00.000Z', true],
  ['Monday 02:00', '2026-01-05T01:00:00.000Z', false],
  ['Sunday 01:00, in no window, because Saturday has none', '2026-01-04T00:00:00.000Z', false],
  ['Sunday 22:00 in summer, an hour earlier in UTC', '2026-07-05T20:00:00.000Z', true],
  ['Monday 00:30 after the Sunday on which the clock went forward', '2026-03-29T22:30:00.000Z', true],
  ['Sunday 00:30 after the Saturday before that', '2026-03-28T23:30:00.000Z', false],
])('a maintenance window follows the clock of its time zone: %s', (_, time, expected) => {
  expect(silencedBy(at(time), { ...none, maintenance: [sundays] }, []) !== null).toBe(expected);
});

test('a window that began before the end of all goes on until its own', () => {
  const ends = { ...none, maintenance: [{ ...sundays, ends: '2026-01-04T21:15:00.000Z' }] };

  expect(silencedBy(at('2026-01-04T21:30:00.000Z'), ends, [])).toMatch(/weekly upgrade/);
  expect(silencedBy(at('2026-01-05T00:30:00.000Z'), ends, [])).toMatch(/weekly upgrade/);
});

test('no window begins after the end of all', () => {
  const ended = { ...none, maintenance: [{ ...sundays, ends: '2026-01-04T00:00:00.000Z' }] };

  expect(silencedBy(at('2026-01-04T21:30:00.000Z'), ended, [])).toBeNull();
});

test('a window inside a day does not reach into the next', () => {
  const noon = { ...none, maintenance: [{ ...sundays, from: '11:00', until: '13:00', timeZone: 'UTC' }] };

  expect(silencedBy(at('2026-01-04T12:00:00.000Z'), noon, [])).toMatch(/weekly upgrade/);
  expect(silencedBy(at('2026-01-05T12:00:00.000Z'), noon, [])).toBeNull();
});
