import { plainMessageOf } from '../../../../handler/alert/message';
import { incomingMessage } from '../../../../handler/alert/message/block-kit';
import { durationWords } from '../../../../handler/alert/message/words';
import { workflowMessage } from '../../../../handler/alert/message/workflow';
import type { EventType, StateRecord } from '../../../../handler/record/schema';
import { alertNotice, recoveryNotice, reminderNotice } from '../notice';

const alertOf = (columns: Partial<StateRecord> = {}) => [alertNotice({ columns })];

test('the preview on a phone says what failed and why', () => {
  expect(incomingMessage(alertOf()).text).toBe("🔴 Glue job orders_daily failed: NameError: name 'x' is not defined");
});

test.each<[EventType, Partial<StateRecord>, RegExp]>([
  [
    'timeout',
    { error_message: null, source_state: 'TIMEOUT' },
    /orders_daily timed out: TIMEOUT, and Glue job gives no reason/,
  ],
  ['delayed', {}, /🟠 Glue job orders_daily takes longer than expected/],
  ['failed', { service_type: 'step_functions', service_name: 'etl' }, /Step Functions etl failed/],
])('a run that is %s says so', (event_type, columns, expected) => {
  expect(incomingMessage(alertOf({ event_type, ...columns })).text).toMatch(expected);
});

test.each([
  ['ecs_task', 'ECS task'],
  ['emr_on_eks', 'EMR on EKS'],
  ['sagemaker_job', 'SageMaker job'],
  ['athena_query', 'Athena query'],
  ['glue_data_quality', 'Glue Data Quality'],
])('%s is called as its users call it', (service_type, called) => {
  expect(incomingMessage(alertOf({ service_type })).text).toContain(`${called} orders_daily failed`);
});

test('a person on call finds what, where, since when, details and links', () => {
  const message = JSON.stringify(incomingMessage(alertOf({ retry_attempts: 2, caused_by_request_id: 'jr_inner' })));

  for (const part of [
    'orders_daily',
    'jr_1 (attempt 2)',
    '111122223333 eu-west-1',
    '9 min 30 s',
    'Traceback',
    'jr_inner',
  ]) {
    expect(message).toContain(part);
  }
  expect(message).toMatch(/gluestudio[^|]*\|Open the run>/);
  expect(message).toMatch(/cloudwatch[^|]*\|Logs>/);
});

test('a record without error, links and times is a message all the same', () => {
  const { blocks } = incomingMessage(
    alertOf({
      error_type: null,
      error_message: null,
      exception_details: null,
      console_url: null,
      logs_url: null,
      started_at: null,
      duration_ms: null,
    }),
  );

  expect(JSON.stringify(blocks)).toContain('*exception_details*\\n```FAILED, and Glue job gives no reason```');
  expect(JSON.stringify(blocks)).not.toMatch(/null|undefined|Open the run/);
});

test('a workflow gets what happened in front of the details', () => {
  expect(workflowMessage(alertOf())).toEqual({
    service: 'glue_job',
    service_name: 'orders_daily',
    service_id: 'jr_1',
    exception_details:
      "Glue job orders_daily failed: NameError: name 'x' is not defined\nTraceback (most recent call last):\nNameError: name 'x' is not defined",
    time_stamp: '2026-01-05T09:59:30.000Z',
  });
});

describe('what a person on call must know', () => {
  const said = (parts: Parameters<typeof alertNotice>[0]) => JSON.stringify(incomingMessage([alertNotice(parts)]));

  test('the last attempt says how many there were, in the first line', () => {
    const columns = { retry_attempts: 2, max_attempts: 3, will_retry: false };

    expect(incomingMessage([alertNotice({ columns })]).text).toBe(
      "🔴 Glue job orders_daily failed 3 of 3: NameError: name 'x' is not defined",
    );
    expect(said({ columns })).toContain('🔴 Glue job orders_daily failed 3 of 3');
    expect(said({ columns })).toContain('jr_1 (attempt 3 of 3)');
  });

  test('a job without retries says nothing of attempts', () => {
    expect(said({ columns: { retry_attempts: 0, max_attempts: 1 } })).not.toContain('1 of 1');
  });

  test('a time-out, which is not retried, says which attempt it was', () => {
    const text = said({ columns: { event_type: 'timeout', retry_attempts: 0, max_attempts: 3 } });

    expect(text).toContain('orders_daily timed out');
    expect(text).toContain('This was attempt 1 of 3.');
  });

  test('where Glue could not be asked, it says that retries are unknown', () => {
    expect(said({ finality: 'unknown' })).toContain('Retries are unknown');
    expect(said({ finality: 'final' })).not.toContain('unknown');
  });

  test('a retry that did not start is said to be missing', () => {
    const text = said({ finality: 'never-retried', columns: { retry_attempts: 0, max_attempts: 3 } });

    expect(text).toContain('failed 1 of 3');
    expect(text).toContain('the retry did not start within ten minutes');
  });

  test.each([
    [2, '2nd failure since it last worked'],
    [12, '12th failure since it last worked'],
    [21, '21st failure since it last worked'],
    [113, '113th failure since it last worked'],
  ])('failure %i since it worked is counted', (failures, words) => {
    expect(said({ failures })).toContain(words);
  });

  test('the first failure is not counted', () => {
    expect(said({ failures: 1 })).not.toContain('since it last worked');
  });

  test('runs that failed because of this one are named, with a link', () => {
    const outer = alertNotice({ columns: { service_type: 'step_functions', service_name: 'etl' } }).record;

    const text = said({ folded: [outer] });

    expect(text).toMatch(/Failed because of it: Step Functions `etl` \(<https:[^|]*\|open>\)/);
  });

  test('a long list of them ends with a number', () => {
    const outer = Array.from({ length: 9 }, () => alertNotice().record);

    expect(said({ folded: outer })).toContain('and 4 more.');
  });

  test('the run inside that is the cause is named', () => {
    expect(said({ columns: { caused_by_request_id: 'jr_inner' } })).toContain(
      'The cause is the run `jr_inner` inside it',
    );
  });

  test('the runbook of the route is linked, first of all links', () => {
    const text = said({ route: { runbook: 'https://wiki.example/orders?a=1&b=2' } });

    expect(text).toMatch(/<https:\/\/wiki\.example\/orders\?a=1&amp;b=2\|Runbook>.*Open the run/);
  });

  test('a runbook that is no address is shown as what it is', () => {
    expect(said({ route: { runbook: 'javascript:alert(1)' } })).toContain('Runbook: javascript:alert(1)');
  });

  test('a note of the message itself stands at its end', () => {
    expect(said({ note: 'The secret holds no webhook under team_a.' })).toContain(
      '⚠️ The secret holds no webhook under team_a.',
    );
  });
});

describe('how bad it is shows before it is read', () => {
  test.each([
    ['critical', 'failed', '🔴 CRITICAL: Glue job orders_daily failed'],
    ['error', 'failed', '🔴 Glue job orders_daily failed'],
    ['warning', 'failed', '🟠 Glue job orders_daily failed'],
    ['error', 'timeout', '🔴 Glue job orders_daily timed out'],
    ['error', 'delayed', '🟠 Glue job orders_daily takes longer than expected'],
    ['critical', 'overdue', '🟠 CRITICAL: Glue job orders_daily is overdue'],
  ] as const)('%s and %s', (severity, event_type, expected) => {
    const { text, blocks } = incomingMessage([alertNotice({ columns: { event_type }, route: { severity } })]);

    expect(text.startsWith(expected)).toBe(true);
    expect(blocks[0]).toEqual({ type: 'header', text: { type: 'plain_text', text: expected } });
  });

  test('a name of any length leaves room for what happened', () => {
    const { text, blocks } = incomingMessage([alertNotice({ columns: { service_name: 'x'.repeat(1_000) } })]);

    expect(JSON.stringify(blocks[0])).toContain('… failed');
    expect(text).toContain('… failed: NameError');
  });
});

describe('what works again, and what still does not', () => {
  test('a recovery tells the time it was down, and calls nobody', () => {
    const message = incomingMessage([recoveryNotice({ route: { mention: '<!channel>', severity: 'critical' } })]);

    expect(message.text).toBe('🟢 Glue job orders_daily works again after 2 h 10 min and 12 failures');
    expect(JSON.stringify(message)).toContain('It was down for 2 h 10 min, with 12 failures.');
    expect(JSON.stringify(message)).not.toMatch(/<!channel>|CRITICAL/);
  });

  test('a reminder tells how often and since when', () => {
    const message = incomingMessage([reminderNotice()]);

    expect(message.text).toBe(
      "🔁 Glue job orders_daily keeps failing: 40 more failures since 2026-01-05 08:00 UTC. NameError: name 'x' is not defined",
    );
    expect(JSON.stringify(message)).toMatch(
      /40 more failures since <!date\^1767600000\^[^|]*\|2026-01-05T08:00:00.000Z>/,
    );
  });

  test('a workflow reads the same', () => {
    expect(workflowMessage([recoveryNotice()]).exception_details).toBe(
      'Glue job orders_daily works again after 2 h 10 min and 12 failures',
    );
    expect(workflowMessage([reminderNotice()]).exception_details).toContain('keeps failing: 40 more failures since');
    expect(
      workflowMessage([{ ...reminderNotice(), worksSince: '2026-01-05T09:50:00.000Z' }]).exception_details,
    ).toMatch(/failed again: 40 more failures since .*\nIt has worked again since 2026-01-05T09:50:00.000Z\./);
  });

  test('a workflow gets what is not sure, the note and the runbook in front of the long text', () => {
    const notice = alertNotice({
      finality: 'unknown',
      note: 'Slack refused this in team_a (410).',
      route: { runbook: 'https://wiki.example/orders', mention: '<!subteam^S12>' },
    });

    expect(workflowMessage([notice]).exception_details.split('\n')).toEqual([
      "<!subteam^S12> Glue job orders_daily failed: NameError: name 'x' is not defined",
      'Retries are unknown: Glue did not say whether it makes another attempt.',
      'Slack refused this in team_a (410).',
      'Runbook: https://wiki.example/orders',
      'Traceback (most recent call last):',
      "NameError: name 'x' is not defined",
    ]);
  });
});

test('Slack is told to fetch nothing that an error names', () => {
  expect(incomingMessage([alertNotice()])).toMatchObject({ unfurl_links: false, unfurl_media: false });
});

test('a message that must be a text alone keeps the links, and who is called', () => {
  const notice = alertNotice({ route: { mention: '<!here>', runbook: 'https://wiki.example/x' }, note: 'A note.' });

  const { text, ...more } = plainMessageOf([notice]) as { text: string };

  expect(more).toEqual({});
  expect(text.split('\n')).toEqual([
    "🔴 Glue job orders_daily failed: NameError: name 'x' is not defined <!here>",
    'A note.',
    '<https://wiki.example/x|Runbook>',
    expect.stringMatching(/^<https:.*\|Open the run>$/),
  ]);
});

test.each([
  ['how sure a failure is', alertNotice({ finality: 'unknown' }), 'Retries are unknown: Glue did not say'],
  ['since when it works', { ...reminderNotice(), worksSince: '2026-01-05T09:50:00.000Z' }, 'It has worked again since'],
])('a message that must be a text alone says %s', (_, notice, sentence) => {
  expect((plainMessageOf([notice]) as { text: string }).text).toContain(sentence);
});

test.each([
  [0, '0 ms'],
  [850, '850 ms'],
  [999, '999 ms'],
  [1_000, '1 s'],
  [59_400, '59 s'],
  [59_600, '1 min 0 s'],
  [185_000, '3 min 5 s'],
  [3_599_600, '1 h 0 min'],
  [7_800_000, '2 h 10 min'],
  [273_600_000, '3 d 4 h'],
])('%i ms reads %s', (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});
