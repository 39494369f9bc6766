import { createNotify, createPersist } from '../../handler/process';
import { batchOf, failing, glueEvent } from './process-events';
import { worldWith } from './process-world';

const healthy = glueEvent('jr_healthy', 'FAILED');

/** Nothing that names a run: each must end in quarantine, its text kept and the reason said. */
const strangers: readonly (readonly [string, unknown, RegExp])[] = [
  ['malformed JSON', '{"source": "aws.glue", "detail', /not JSON/],
  ['plain text', 'the disk is full', /not JSON/],
  ['an empty body', '', /not JSON/],
  ['a JSON number', '42', /not an object/],
  ['a JSON array', '[1, 2]', /not an object/],
  ['an empty object', '{}', /lacks source or detail-type/],
  ['an alarm', { AlarmName: 'dlq', NewStateValue: 'ALARM', NewStateReason: 'over' }, /lacks source or detail-type/],
  ['an S3 notification', { Records: [{ eventSource: 'aws:s3', s3: { object: { key: 'a' } } }] }, /aws:s3/],
  ['an S3 test event', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }, /lacks source or detail-type/],
  ['an event of nobody', { source: 'aws.ec2', 'detail-type': 'EC2 Instance', detail: {} }, /no source claims/],
  ['an intermediate state', glueEvent('jr_2', 'STOPPING'), /intermediate/],
  ['a run without a name', glueEvent('jr_3', 'FAILED', { jobName: null }), /jobName/],
  [
    'a subscription confirmation',
    { Type: 'SubscriptionConfirmation', TopicArn: 'arn:aws:sns:eu-west-1:1:t', Token: 'abc', Message: 'confirm' },
    /SubscriptionConfirmation/,
  ],
  ['arrays inside each other', `{"detail":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, /nested|could not be read/],
  ['objects inside each other', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, /nested|could not be read/],
];

describe.each(strangers)('%s', (_, body, reason) => {
  test('goes to quarantine with its reason, and its neighbour becomes a row', async () => {
    const { world, deeds } = worldWith();

    const response = await createPersist(world)(batchOf(body, healthy));

    const kept = [...deeds.objects].map(([key, text]) => ({ key, ...JSON.parse(text) }));
    expect(response).toEqual(failing());
    expect(deeds.rows.map((row) => row.service_request_id)).toEqual(['jr_healthy']);
    expect(kept).toEqual([
      expect.objectContaining({
        key: 'quarantine/dt=2026-01-05/m0-0.json',
        reason: expect.stringMatching(reason),
        message_id: 'm0',
        arrived_at: '2026-01-05T09:59:31.000Z',
      }),
    ]);
  });

  test('makes no noise in Slack, and its neighbour is told', async () => {
    const { world, deeds } = worldWith();

    const response = await createNotify(world)(batchOf(body, healthy));

    expect(response).toEqual(failing());
    expect(deeds.posts).toHaveLength(1);
    expect(deeds.posts[0]?.body).toContain('jr_healthy');
  });
});

test('an event given by hand that is nested too deep to be written goes to quarantine, and nothing is thrown', async () => {
  const event = JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`) as unknown;
  const { world, deeds } = worldWith();

  await createPersist(world)(event);
  await createNotify(world)(event);

  expect([...deeds.objects.values()].map((text) => JSON.parse(text).text)).toEqual([
    'an event nested too deep to be written as JSON',
  ]);
});

describe('what quarantine keeps', () => {
  test('is the text as it came, so that it can be sent again', async () => {
    const { world, deeds } = worldWith();

    await createPersist(world)(batchOf('{"broken": '));

    expect([...deeds.objects.values()].map((text) => JSON.parse(text).text)).toEqual(['{"broken": ']);
  });

  test('holds no secret', async () => {
    const { world, deeds } = worldWith();

    await createPersist(world)(
      batchOf('password=hunter2hunter2', { apiKey: 'k-1234567890', 'a b': 'AKIAIOSFODNN7EXAMPLE' }),
    );

    const all = [...deeds.objects.values(), ...deeds.lines].join('\n');
    expect(all).toContain('[redacted]');
    expect(all).not.toMatch(/hunter2|k-1234567890|AKIAIOSFODNN7EXAMPLE/);
  });
});

test('an empty batch asks nothing of the world', async () => {
  const { world, deeds } = worldWith();

  const responses = [await createPersist(world)({ Records: [] }), await createNotify(world)({ Records: [] })];

  expect(responses).toEqual([failing(), failing()]);
  expect([deeds.puts, deeds.posts, [...deeds.objects]]).toEqual([[], [], []]);
});
