import { alertOf, judge } from '../../../../handler/alert/decide';
import type { StateRecord } from '../../../../handler/record/schema';
import { defaultSettings } from '../../../../handler/settings';
import { recordOf } from '../record';

/** The alerts of a batch. */
function alerts(records: readonly StateRecord[], settings = defaultSettings) {
  return judge(records).flatMap((judged) => alertOf(judged, settings) ?? []);
}

/** `run: event type` of each alert under the default settings, or under those given. */
function alertsOf(records: readonly StateRecord[], alertOn = defaultSettings.alertOn) {
  return alerts(records, { ...defaultSettings, alertOn }).map(
    ({ record, eventType }) => `${record.service_request_id}: ${eventType}`,
  );
}

test.each(['failed', 'timeout', 'delayed', 'overdue'] as const)('a run that is %s is told by default', (event_type) => {
  expect(alertsOf([recordOf({ event_type })])).toEqual([`jr_1: ${event_type}`]);
});

test.each(['started', 'succeeded', 'stopped', 'retrying'] as const)(
  'a run that is %s is not told by default',
  (event_type) => {
    expect(alertsOf([recordOf({ event_type })])).toEqual([]);
  },
);

test('what alerts is a setting', () => {
  const records = [recordOf({ event_type: 'stopped' }), recordOf({ service_request_id: 'jr_2' })];

  expect(alertsOf(records, ['stopped'])).toEqual(['jr_1: stopped']);
  expect(alertsOf(records, [])).toEqual([]);
});

test('what a source tells may differ from the others', () => {
  const alertOnOf = { lambda: ['stopped' as const], step_functions: [], ecs_task: null };
  const told = (service_type: string, event_type: 'failed' | 'stopped') =>
    alerts([recordOf({ service_type, event_type })], { ...defaultSettings, alertOn: ['failed'], alertOnOf }).length ===
    1;

  expect([told('lambda', 'stopped'), told('lambda', 'failed')]).toEqual([true, false]);
  expect(told('step_functions', 'failed')).toBe(false);
  expect(told('ecs_task', 'failed')).toBe(true);
  expect(told('toString', 'failed')).toBe(true);
});

test('one run is told once, however often its failure arrives', () => {
  const told = alerts([recordOf(), recordOf(), recordOf({ event_id: 'event-2' })]);

  expect(told).toHaveLength(1);
  expect(told[0]?.changes).toHaveLength(3);
});

test('runs are told in the order in which they came', () => {
  const records = ['jr_2', 'jr_1', 'jr_2', 'jr_3'].map((service_request_id) => recordOf({ service_request_id }));

  expect(alertsOf(records)).toEqual(['jr_2: failed', 'jr_1: failed', 'jr_3: failed']);
});

test.each([
  ['another account', { account_id: '444455556666' }],
  ['another region', { region: 'us-east-1' }],
  ['another service', { service_type: 'lambda' }],
  ['another task', { service_name: 'orders_hourly' }],
])('the same run id in %s is another run', (_, columns) => {
  expect(alertsOf([recordOf(), recordOf(columns)])).toHaveLength(2);
});

describe('attempts of one run in one batch', () => {
  const first = recordOf({ retry_attempts: 0, event_time: '2026-01-05T09:00:00.000Z' });
  const second = recordOf({ retry_attempts: 1, event_time: '2026-01-05T09:10:00.000Z' });

  test('two failures are one alert, of the last attempt', () => {
    const told = alerts([second, first]);

    expect(told.map(({ record }) => record.retry_attempts)).toEqual([1]);
  });

  test('a failure that a later attempt mended is not told', () => {
    expect(alertsOf([first, { ...second, event_type: 'succeeded' }])).toEqual([]);
  });

  test('a failure that is being tried again is not told', () => {
    expect(alertsOf([first, { ...second, event_type: 'started' }])).toEqual([]);
    expect(alertsOf([{ ...first, will_retry: true }])).toEqual([]);
  });

  test('a delay that ended in a failure is told as the failure', () => {
    const delay = recordOf({ event_type: 'delayed', event_time: '2026-01-05T08:00:00.000Z' });

    expect(alertsOf([delay, recordOf()])).toEqual(['jr_1: failed']);
  });
});

test('each generation of a redriven execution is told by itself', () => {
  const execution = { service_type: 'step_functions', service_request_id: 'arn:x' };

  const alerts = alertsOf([
    recordOf({ ...execution, retry_attempts: 0 }),
    recordOf({ ...execution, retry_attempts: 1 }),
  ]);

  expect(alerts).toEqual(['arn:x: failed', 'arn:x: failed']);
});

test('a failed Glue run of which nobody could say whether it is retried counts as final, and says so', () => {
  const finality = (columns: Partial<StateRecord>) =>
    judge([recordOf(columns)]).map((judged) => alertOf(judged, defaultSettings)?.finality);

  expect(finality({ will_retry: null })).toEqual(['unknown']);
  expect(finality({ will_retry: false })).toEqual(['final']);
  expect(finality({ source_state: 'TIMEOUT', event_type: 'timeout' })).toEqual(['final']);
  expect(finality({ service_type: 'batch_job' })).toEqual(['final']);
});

test('a failed attempt that is followed by another is no alert', () => {
  expect(alertsOf([recordOf({ will_retry: true })])).toEqual([]);
});

test('a route with its own list decides for what it takes, and the source and the installation for the rest', () => {
  const [first] = defaultSettings.routes;
  if (!first) throw new Error('no default route');
  const quiet = { ...first, name: 'routes[0]', match: { name: ['quiet-*'] }, alertOn: ['timeout' as const] };
  const settings = { ...defaultSettings, alertOnOf: { lambda: ['stopped' as const] }, routes: [quiet, first] };

  const told = (columns: Partial<StateRecord>) =>
    judge([recordOf(columns)]).flatMap((judged) => alertOf(judged, settings)?.route.name ?? []);

  expect(told({ service_name: 'quiet-job' })).toEqual([]);
  expect(told({ service_name: 'quiet-job', event_type: 'timeout' })).toEqual(['routes[0]']);
  expect(told({ service_type: 'lambda', event_type: 'stopped' })).toEqual(['default']);
  expect(told({ service_type: 'lambda' })).toEqual([]);
  expect(told({})).toEqual(['default']);
});

test('the identity of an alert is that of the run, its generation and the verdict, and of nothing else', () => {
  const id = (columns: Partial<StateRecord>) =>
    judge([recordOf(columns)]).map((judged) => alertOf(judged, defaultSettings)?.id)[0];

  expect(id({ event_id: 'another', error_message: 'another' })).toBe(id({}));
  expect(id({ retry_attempts: 2 })).toBe(id({}));
  expect(id({ event_type: 'timeout' })).not.toBe(id({}));
  expect(id({ service_request_id: 'jr_2' })).not.toBe(id({}));
  expect(id({ service_type: 'step_functions', retry_attempts: 1 })).not.toBe(id({ service_type: 'step_functions' }));
});
