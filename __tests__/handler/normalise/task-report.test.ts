import { eventTypes } from '../../../handler/record/schema';
import { read } from './samples';

function recordOf(detail: object) {
  const [record] = read({
    id: 'event-1',
    source: 'example.cron',
    'detail-type': 'Data Lake Task State Change',
    time: '2025-03-10T06:10:00Z',
    account: '111122223333',
    region: 'eu-west-1',
    detail: { task: 'orders', state: 'failed', ...detail },
  }).records;
  return record;
}

test.each(eventTypes)('a task can be reported as %s, in any case', (type) => {
  expect(recordOf({ state: type })?.event_type).toBe(type);
  expect(recordOf({ state: type.toUpperCase() })).toMatchObject({ event_type: type, source_state: type.toUpperCase() });
});

test('a run may be a number, or left out', () => {
  expect(recordOf({ run: 4711 })?.service_request_id).toBe('4711');
  expect(recordOf({})?.service_request_id).toBe('event-1');
  expect(recordOf({ run: { id: 1 } })?.service_request_id).toBe('event-1');
});

test('a success tells no error, whatever its message', () => {
  expect(recordOf({ state: 'ok', message: '12 rows', error: 'none' })).toMatchObject({
    error_message: null,
    error_type: null,
    exception_details: null,
  });
});
