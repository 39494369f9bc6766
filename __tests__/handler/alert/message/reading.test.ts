import { incomingMessage } from '../../../../handler/alert/message/block-kit';
import { durationWords } from '../../../../handler/alert/message/words';
import { workflowMessage } from '../../../../handler/alert/message/workflow';
import type { EventType, StateRecord } from '../../../../handler/record/schema';
import { recordOf } from '../record';

function alertOf(columns: Partial<StateRecord> = {}) {
  const record = recordOf(columns);
  return { record, eventType: record.event_type, changes: [record] };
}

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
  ['failed', { service_type: 'step_functions', service_name: 'etl' }, /Step functions etl failed/],
])('a run that is %s says so', (event_type, columns, expected) => {
  expect(incomingMessage(alertOf({ event_type, ...columns })).text).toMatch(expected);
});

test.each([
  ['ecs_task', 'ECS task'],
  ['emr_on_eks', 'EMR on EKS'],
  ['sagemaker_job', 'SageMaker job'],
  ['athena_query', 'Athena query'],
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
])('%i ms reads %s', (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});
