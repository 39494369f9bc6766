import { leaderOf } from '../../../handler/alert/causes';
import { type Alert, alertOf } from '../../../handler/alert/decide';
import { draftOfAlert } from '../../../handler/alert/item';
import { encodeNotification, type Status } from '../../../handler/record/notification';
import type { StateRecord } from '../../../handler/record/schema';
import { defaultSettings, type Route } from '../../../handler/settings';
import { worldWith } from '../process-world';
import { routeWith } from './notice';
import { recordOf } from './record';

const arn = 'arn:aws:states:eu-west-1:111122223333:execution';

const job = recordOf({ service_name: 'load', service_request_id: 'jr_1', will_retry: false });
const inner = recordOf({
  service_type: 'step_functions',
  service_name: 'inner',
  service_request_id: `${arn}:inner:1`,
  caused_by_request_id: 'jr_1',
});
const outer = recordOf({
  service_type: 'step_functions',
  service_name: 'outer',
  service_request_id: `${arn}:outer:1`,
  caused_by_request_id: `${arn}:inner:1`,
});

function alert(record: StateRecord, routes: readonly Route[] = []): Alert {
  const settings = { ...defaultSettings, routes: [...routes, ...defaultSettings.routes] };
  const found = alertOf({ record, eventType: record.event_type, changes: [record] }, settings);
  if (found === null) throw new Error('no alert');
  return found;
}

/** Who leads, when these failures arrive in this order: the name of the task whose alert is posted, for each. */
async function leaders(records: readonly StateRecord[], routes: readonly Route[] = []) {
  const { world } = worldWith();
  const causes = { objects: world.ports.objects, prefix: 'cause/', now: world.ports.now };
  const names = new Map(records.map((record) => [alert(record).id, record.service_name]));
  const led: string[] = [];
  for (const record of records) {
    const leader = await leaderOf(alert(record, routes), { key: 'key of it', told: new Set(names.keys()) }, causes);
    led.push(typeof leader === 'string' ? leader : (names.get(leader.alert_id) ?? 'a stranger'));
  }
  return led;
}

test.each([
  ['the job first', [job, inner], ['itself', 'load']],
  ['the state machine first', [inner, job], ['itself', 'inner']],
  ['from the inside out', [job, inner, outer], ['itself', 'load', 'load']],
  ['from the outside in', [outer, inner, job], ['itself', 'outer', 'inner']],
  ['the middle first', [inner, outer, job], ['itself', 'inner', 'inner']],
  ['delivered twice', [job, inner, job, inner], ['itself', 'load', 'itself', 'load']],
])('one leads of those that share a cause: %s', async (_, records, expected) => {
  expect(await leaders(records)).toEqual(expected);
});

describe('a failure is not folded into what its own people do not hear of', () => {
  const elsewhere = routeWith({ match: { name: ['outer', 'inner'] }, channel: 'pipelines' });
  const calling = routeWith({ match: { name: ['inner'] }, mention: '<!here>' });
  const quieter = routeWith({ match: { name: ['load'] }, mention: '<!here>' });

  test.each([
    ['another channel, the job first', elsewhere, [job, inner, outer], ['itself', 'itself', 'inner']],
    ['another channel, the job last', elsewhere, [outer, inner, job], ['itself', 'outer', 'itself']],
    ['another channel, delivered twice', elsewhere, [job, inner, job, inner], ['itself', 'itself', 'itself', 'itself']],
    ['somebody who is not called there', calling, [job, inner], ['itself', 'itself']],
    ['nobody, where somebody else is called', quieter, [job, inner], ['itself', 'load']],
  ])('%s', async (_, route, records, expected) => {
    expect(await leaders(records, [route])).toEqual(expected);
  });
});

test('failures that share nothing all lead', async () => {
  const others = [job, recordOf({ service_request_id: 'jr_2' }), { ...job, account_id: '444455556666' }];

  expect(await leaders(others)).toEqual(['itself', 'itself', 'itself']);
});

test('runs of different tasks that bear the same id, such as a date, have nothing to do with each other', async () => {
  const nightly = recordOf({ service_type: 'task_report', service_request_id: '2026-01-05', service_name: 'orders' });
  const other = { ...nightly, service_name: 'customers' };

  expect(await leaders([nightly, other, nightly, other])).toEqual(['itself', 'itself', 'itself', 'itself']);
});

test('a delay that was told does not swallow the failure of what it was inside of', async () => {
  const delayed = recordOf({ ...job, event_type: 'delayed', source_state: 'RUNNING' });

  expect(await leaders([delayed, inner])).toEqual(['itself', 'itself']);
});

test('a redriven execution that fails by another run is told anew', async () => {
  const redriven = { ...inner, retry_attempts: 1, caused_by_request_id: 'jr_2' };

  expect(await leaders([job, inner, redriven])).toEqual(['itself', 'load', 'itself']);
});

describe('a leader of another invocation', () => {
  const claimedAt = { now: '2026-01-05T10:00:00.000Z', before: '2026-01-05T09:58:29.000Z' };

  /** What becomes of the state machine around a job whose notification is in this state. */
  async function follower(status: Status, claimed_at = claimedAt.now) {
    const { world } = worldWith();
    const causes = { objects: world.ports.objects, prefix: 'cause/', now: world.ports.now };
    const nothing = { key: 'of the machine', told: new Set<string>() };
    await leaderOf(alert(job), { ...nothing, key: 'of the job' }, causes);
    const entry = {
      ...draftOfAlert(alert(job)),
      status,
      reason: null,
      folded_into: null,
      tries: 1,
      claimed_by: 'another',
    };
    const times = { claimed_at, lease_until: claimedAt.now, settled_at: null };
    await world.ports.objects.putIfAbsent('of the job', encodeNotification({ ...entry, ...times }));
    return leaderOf(alert(inner), nothing, causes);
  }

  test.each(['sent', 'unconfigured', 'failed'] as const)('that is %s leads', async (status) => {
    expect(await follower(status)).toEqual({ alert_id: alert(job).id });
  });

  test('that told nobody does not lead', async () => {
    expect(await follower('suppressed')).toBe('itself');
  });

  test('that is not decided yet, or was given up and comes again, is waited for, but not longer than an author lives', async () => {
    expect(await follower('claimed', claimedAt.now)).toBe('undecided');
    expect(await follower('claimed', claimedAt.before)).toBe('itself');
  });
});
