import fc from 'fast-check';
import { eventTypes, type StateRecord } from '../../../handler/record/schema';

/** A failed Glue run; `columns` overrule. */
export function recordOf(columns: Partial<StateRecord> = {}): StateRecord {
  return {
    event_id: 'event-1',
    event_time: '2026-01-05T09:59:30.000Z',
    service_type: 'glue_job',
    service_name: 'orders_daily',
    service_request_id: 'jr_1',
    event_type: 'failed',
    source_state: 'FAILED',
    error_type: 'NameError',
    error_message: "NameError: name 'x' is not defined",
    exception_details: "Traceback (most recent call last):\nNameError: name 'x' is not defined",
    error_fingerprint: '1:0123456789abcdef',
    retry_attempts: 0,
    max_attempts: null,
    will_retry: null,
    account_id: '111122223333',
    region: 'eu-west-1',
    resource_arn: 'arn:aws:glue:eu-west-1:111122223333:job/orders_daily',
    started_at: '2026-01-05T09:50:00.000Z',
    ended_at: null,
    duration_ms: 570_000,
    dpu_seconds: null,
    caused_by_request_id: null,
    console_url: 'https://eu-west-1.console.aws.amazon.com/gluestudio/home?region=eu-west-1#/job/orders_daily',
    logs_url: 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups',
    detail: '{"jobName":"orders_daily"}',
    captured_by: 'event',
    recorded_at: '2026-01-05T10:00:00.000Z',
    ...columns,
  };
}

/** What people and attackers put into texts that end in Slack. */
const piece = fc.oneof(
  fc.constantFrom(
    '&',
    '<',
    '>',
    '```',
    '`',
    '*',
    '_',
    '|',
    '\n',
    ' ',
    '😀',
    '\ud83d',
    '\udc00',
    '\u0000',
    '&amp;',
    '&lt',
    '\u202e',
    '\u2066',
    '\u200b',
    '\u200d',
    'e\u0301',
    '👩‍🚒',
    '🇫🇷',
  ),
  fc.constantFrom(
    '<!channel>',
    '<!here>',
    '<@U012AB3CD>',
    '<!subteam^S1>',
    '<https://x.example|click>',
    '<!date^1^{time}|x>',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
);

/** Texts of up to `pieces` pieces, some of one piece again and again. */
function textUpTo(pieces: number) {
  return fc.oneof(
    fc.array(piece, { minLength: 1, maxLength: 8 }).map((all) => all.join('')),
    fc.tuple(piece, fc.integer({ min: 1, max: pieces })).map(([one, times]) => one.repeat(times)),
    fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: pieces }))
      .map(([all, times]) => all.join('').repeat(times)),
  );
}

const name = textUpTo(1_024).map((text) => text.slice(0, 1_024));
const instant = fc
  .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((it) => it.toISOString());
const link = fc.oneof(
  fc.webUrl(),
  textUpTo(800).map((text) => `https://x.example/#${text}`.slice(0, 4_096)),
);

/** Records of extreme texts, each within the limits of its column. */
export const anyRecord: fc.Arbitrary<StateRecord> = fc
  .record({
    event_time: instant,
    service_type: fc.constantFrom('glue_job', 'glue_crawler', 'lambda', 'step_functions'),
    service_name: name,
    service_request_id: name,
    event_type: fc.constantFrom(...eventTypes),
    source_state: name,
    error_type: fc.option(name),
    error_message: fc.option(textUpTo(500).map((text) => text.slice(0, 1_000))),
    exception_details: fc.option(textUpTo(8_000).map((text) => text.slice(0, 16_384))),
    retry_attempts: fc.option(fc.maxSafeNat()),
    account_id: name,
    region: name,
    started_at: fc.option(instant),
    duration_ms: fc.option(fc.maxSafeNat()),
    caused_by_request_id: fc.option(name),
    console_url: fc.option(link),
    logs_url: fc.option(link),
  })
  .map(recordOf);
