import type { StateRecord } from '../../handler/record/schema';

/** A record with nothing remarkable in it. */
export const plainRecord: StateRecord = {
  event_id: 'e1',
  event_time: '2026-01-05T09:59:30.123Z',
  service_type: 'glue_job',
  service_name: 'orders_daily',
  service_request_id: 'jr_1',
  event_type: 'failed',
  source_state: 'FAILED',
  error_type: null,
  error_message: null,
  exception_details: null,
  error_fingerprint: null,
  retry_attempts: null,
  max_attempts: null,
  will_retry: null,
  account_id: '111122223333',
  region: 'eu-west-1',
  resource_arn: null,
  started_at: null,
  ended_at: null,
  duration_ms: null,
  dpu_seconds: null,
  caused_by_request_id: null,
  console_url: null,
  logs_url: null,
  detail: null,
  captured_by: 'event',
  recorded_at: '2026-01-05T10:00:00.000Z',
};

/** The plain record as JSON, with one value as it is written. */
export function withValue(key: string, json: string): string {
  const { [key as 'detail']: _, ...rest } = plainRecord;
  return `${JSON.stringify(rest).slice(0, -1)},"${key}":${json}}`;
}

/** What AWS refuses, or loses, while the SerDe without AWS around it may let it pass. */
export const refused: readonly (readonly [says: string, document: string, reason: RegExp])[] = [
  ['an integer of 2^63', withValue('duration_ms', '9223372036854775808'), /MalformedData.*duration_ms/],
  ['an integer below -2^63', withValue('retry_attempts', '"-9223372036854775809"'), /MalformedData.*retry_attempts/],
  ['an integer with a fraction', withValue('duration_ms', '1.5'), /MalformedData.*duration_ms/],
  ['a word for a number', withValue('dpu_seconds', '"many"'), /MalformedData.*dpu_seconds/],
  ['a time with an offset', withValue('event_time', '"2026-01-05T10:00:00+02:00"'), /MalformedData.*event_time/],
  ['a time with no zone', withValue('event_time', '"2026-01-05T10:00:00"'), /MalformedData.*event_time/],
  ['a time that is none', withValue('event_time', '"yesterday"'), /MalformedData.*event_time/],
  ['a text that is no JSON', 'no JSON', /ParseError/],
  ['nothing', '', /ParseError/],
  ['a document that is cut off', JSON.stringify(plainRecord).slice(0, -5), /ParseError/],
  ['a second document in the line', JSON.stringify(plainRecord).repeat(2), /ParseError/],
  ['a list of documents', JSON.stringify([plainRecord]), /MalformedData/],
  [
    'a key in upper case',
    JSON.stringify(plainRecord).replace('"detail"', '"Detail"'),
    /key Detail is not in lower case/,
  ],
  ['two keys that differ in case', withValue('Detail', '"x"'), /Duplicate key/],
  ['a key without a column', withValue('details', '"x"'), /no column takes the key details/],
  ['a column without a key', JSON.stringify(plainRecord).replace('"detail":null,', ''), /for the column detail$/],
];
