import { addFailures, addSuccess, type Incident, noIncident } from '../../../../handler/alert/decide/incident';
import { channelsOf, reminded } from '../../../../handler/alert/decide/told';
import type { EventType, StateRecord } from '../../../../handler/record/schema';
import { recordOf } from '../record';

const cooldownSeconds = 3_600;

/** An instant of the day, `HH:MM`. */
function time(clock: string): string {
  return `2026-01-05T${clock}:00.000Z`;
}

/** A run that began and ended at these clock times; its id is its beginning. */
function run(began: string, ended: string, columns: Partial<StateRecord> = {}): StateRecord {
  return recordOf({
    event_id: `${began}-${ended}`,
    service_request_id: `jr_${began}`,
    started_at: time(began),
    event_time: time(ended),
    ...columns,
  });
}

/** Each type of error is told in a channel of its own. */
function channelFor({ error_type }: StateRecord): string {
  return error_type ?? 'lake';
}

interface Step {
  readonly failed?: StateRecord;
  readonly as?: EventType;
  readonly succeeded?: StateRecord;
}

/** Takes a task through its runs, and says what was decided of each failure and what each success did. */
function live(steps: readonly Step[]) {
  const said: string[] = [];
  let incident: Incident = noIncident;
  for (const { failed, as = 'failed', succeeded } of steps) {
    if (failed) {
      const alertId = `${failed.event_id} ${as}`;
      const failure = { alertId, record: failed, eventType: as, channel: channelFor(failed), cooldownSeconds };
      const added = addFailures(incident, [failure], new Date(failed.event_time));
      incident = added.incident;
      said.push(...added.decisions);
    }
    if (succeeded) {
      const closed = addSuccess(incident, succeeded, new Date(succeeded.event_time));
      said.push(closed === null ? 'closes nothing' : channelsOf(closed).length > 0 ? 'recovered' : 'recovered quietly');
      incident = closed ?? incident;
    }
  }
  return { said, incident };
}

test('the first failure is told, its repetition within the cooldown is counted', () => {
  const { said, incident } = live([{ failed: run('01:00', '01:10') }, { failed: run('01:20', '01:30') }]);

  expect(said).toEqual(['tell', 'repeated']);
  expect(incident).toMatchObject({ state: 'open', failures: 2, untold: 1, opened_at: time('01:10') });
  expect(incident.remind_at).toBe(time('02:10'));
});

test('a repetition after the cooldown is told again', () => {
  const { said, incident } = live([{ failed: run('01:00', '01:10') }, { failed: run('02:20', '02:30') }]);

  expect(said).toEqual(['tell', 'tell']);
  expect(incident).toMatchObject({ failures: 2, untold: 0, remind_at: null });
});

test('another error is told, also within the cooldown', () => {
  const another = run('01:20', '01:30', { error_fingerprint: '2:another' });

  expect(live([{ failed: run('01:00', '01:10') }, { failed: another }]).said).toEqual(['tell', 'tell']);
});

test('what gets worse is told, what is milder than what was told is not', () => {
  const steps: readonly Step[] = [
    { failed: run('01:00', '01:10', { error_fingerprint: null }), as: 'delayed' },
    { failed: run('01:00', '01:20'), as: 'failed' },
    { failed: run('01:30', '01:40', { error_fingerprint: null }), as: 'overdue' },
  ];

  expect(live(steps).said).toEqual(['tell', 'tell', 'milder']);
});

test.each([
  ['began after the failed one', run('01:20', '01:30'), 'recovered'],
  ['began earlier and ended later', run('00:50', '01:30'), 'closes nothing'],
  ['began after the failed one, and had ended before that failed', run('01:05', '01:09'), 'closes nothing'],
  ['is the failed one itself, tried again', run('01:00', '01:30'), 'recovered'],
  ['is the failed one itself, before it failed', run('01:00', '01:05'), 'closes nothing'],
])('a success of a run that %s: %s', (_, succeeded, expected) => {
  expect(live([{ failed: run('01:00', '01:10') }, { succeeded }]).said).toEqual(['tell', expected]);
});

test('of many runs at once the one that began last counts', () => {
  const steps: readonly Step[] = [
    { failed: run('01:00', '01:10') },
    { failed: run('01:05', '01:08') },
    { succeeded: run('01:02', '01:30') },
    { succeeded: run('01:06', '01:31') },
  ];

  expect(live(steps).said).toEqual(['tell', 'repeated', 'closes nothing', 'recovered']);
});

test('a success without a beginning counts by its duration, and without that by its time', () => {
  const failed = run('01:00', '01:10');
  const long = run('01:00', '01:30', { service_request_id: 'long', started_at: null, duration_ms: 3_600_000 });
  const brief = run('01:00', '01:30', { service_request_id: 'brief', started_at: null, duration_ms: null });

  expect(live([{ failed }, { succeeded: long }]).said).toEqual(['tell', 'closes nothing']);
  expect(live([{ failed }, { succeeded: brief }]).said).toEqual(['tell', 'recovered']);
});

test('reopening within the cooldown is quiet, and so is its end; after it everything is told anew', () => {
  const { said } = live([
    { failed: run('01:00', '01:10') },
    { succeeded: run('01:11', '01:12') },
    { failed: run('01:13', '01:14') },
    { succeeded: run('01:15', '01:16') },
    { failed: run('02:13', '02:14') },
    { succeeded: run('02:15', '02:16') },
  ]);

  expect(said).toEqual(['tell', 'recovered', 'reopened', 'recovered quietly', 'tell', 'recovered']);
});

test('another error after a recovery is another incident', () => {
  const { said, incident } = live([
    { failed: run('01:00', '01:10') },
    { succeeded: run('01:11', '01:12') },
    { failed: run('01:13', '01:14', { error_fingerprint: '2:another' }) },
  ]);

  expect(said).toEqual(['tell', 'recovered', 'tell']);
  expect(incident).toMatchObject({ failures: 1, opened_at: time('01:14') });
});

test('a failure that comes late, of before a success that closed the incident, wakes nobody', () => {
  const { said, incident } = live([
    { failed: run('01:00', '01:10') },
    { succeeded: run('02:30', '02:40') },
    { failed: run('02:00', '02:20') },
  ]);

  expect(said).toEqual(['tell', 'recovered', 'recovered']);
  expect(incident.state).toBe('closed');
});

test('a failure that comes late, of before a success, is not counted with what failed since', () => {
  const { said, incident } = live([
    { failed: run('01:00', '01:10') },
    { succeeded: run('02:30', '02:40') },
    { failed: run('02:50', '02:55') },
    { failed: run('02:00', '02:20') },
  ]);

  expect(said).toEqual(['tell', 'recovered', 'tell', 'recovered']);
  expect(incident).toMatchObject({ state: 'open', failures: 1, opened_at: time('02:55') });
});

test('a failure that comes late, of before the first one, makes the incident older', () => {
  const { said, incident } = live([{ failed: run('02:00', '02:10') }, { failed: run('01:00', '01:10') }]);

  expect(said).toEqual(['tell', 'repeated']);
  expect(incident.opened_at).toBe(time('01:10'));
  expect(incident.latest_run?.service_request_id).toBe('jr_02:00');
});

test('an alert that is taken up again gets the same answer, and is counted once', () => {
  const { incident } = live([{ failed: run('01:00', '01:10') }, { failed: run('01:20', '01:30') }]);

  const again = live([
    { failed: run('01:00', '01:10') },
    { failed: run('01:20', '01:30') },
    { failed: run('01:20', '01:30') },
  ]);

  expect(again.said).toEqual(['tell', 'repeated', 'repeated']);
  expect(again.incident).toEqual(incident);
});

test('a reminder begins the count anew', () => {
  const { incident } = live([{ failed: run('01:00', '01:10') }, { failed: run('01:20', '01:30') }]);

  expect(reminded(incident, 1, cooldownSeconds, new Date(time('02:10')))).toMatchObject({
    untold: 0,
    remind_at: null,
    failures: 2,
  });
});

test('an incident stays small, however many failures a task has', () => {
  const failures = Array.from({ length: 3_000 }, (_, at) => ({
    alertId: `alert ${at}`,
    eventType: 'failed' as const,
    channel: 'lake',
    cooldownSeconds,
    record: recordOf({
      event_id: `e${at}`,
      service_request_id: `jr_${at}`,
      error_fingerprint: `2:${at}`,
      detail: 'd'.repeat(10_000),
      exception_details: 'x'.repeat(10_000),
    }),
  }));

  const { incident } = addFailures(noIncident, failures, new Date(time('12:00')));

  expect(incident.failures).toBe(3_000);
  expect(JSON.stringify(incident).length).toBeLessThan(150_000);
});
