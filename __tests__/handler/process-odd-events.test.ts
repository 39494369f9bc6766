import fc from 'fast-check';
import { createNotify, createPersist } from '../../handler/process';
import { batchOf, failing, glueEvent, sqsMessage } from './process-events';
import { webhookPath, worldWith } from './process-world';

/** The most that SNS, SQS and EventBridge carry, bytes. */
const sizeLimit = 256 * 1024;

describe('an event that is a row all the same', () => {
  test('of the largest size: cut where the columns end, below what Firehose takes', async () => {
    const { world, deeds } = worldWith();
    const event = glueEvent('jr_big', 'FAILED', { message: '"\u0001é'.repeat(30_000) });

    const response = await createPersist(world)(batchOf(event));

    expect(JSON.stringify(event).length).toBeGreaterThan(sizeLimit);
    expect(response).toEqual(failing());
    expect(deeds.rows[0]).toMatchObject({ service_request_id: 'jr_big', event_type: 'failed' });
    expect(Math.max(...deeds.puts.flat().map((it) => Buffer.byteLength(it)))).toBeLessThan(1_000 * 1024);
  });

  test.each([
    ['points and letters', 'a.'],
    ['blanks', ' '],
    ['equal signs', '='],
    ['words for secrets', 'token '],
    ['key beginnings', '-----BEGIN '],
    ['slashes', '://'],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['addresses', 'a://:'],
    ['beginnings of tokens', 'eyJ-'],
    ['keys', 'password="\\\\'],
  ])('of %s up to the size limit, in less than two seconds', async (_, piece) => {
    const { world, deeds } = worldWith();
    const message = `password='x ${piece.repeat(Math.floor(200_000 / piece.length))}`;
    const start = performance.now();

    await createPersist(world)(batchOf(glueEvent('jr_slow', 'FAILED', { message })));

    expect(deeds.rows).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  test('with half a surrogate pair: what leaves us is text that UTF-8 can hold', async () => {
    const { world, deeds } = worldWith();
    const event = glueEvent('jr_half', 'FAILED', { jobName: 'job \ud83d', message: 'Error: \udc00 failed' });

    await createPersist(world)(batchOf(event));
    await createNotify(world)(batchOf(event));

    const sent = [...deeds.puts.flat(), ...deeds.posts.map(({ body }) => body)];
    expect(sent).toHaveLength(2);
    expect(sent.filter((text) => /\\ud[89a-f]/i.test(text) || /\p{Surrogate}/u.test(text))).toEqual([]);
  });

  test('with keys of JavaScript prototypes: kept as plain keys, and nobody else has them', async () => {
    const { world, deeds } = worldWith();
    const body = JSON.stringify(glueEvent('jr_proto', 'FAILED')).replace(
      '"severity":"INFO"',
      '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}',
    );

    await createPersist(world)(batchOf(body));

    expect(deeds.rows[0]?.detail).toContain('"__proto__":{"polluted":true}');
    expect('polluted' in {}).toBe(false);
  });
});

test('no JSON whatever is lost: one row or one quarantine object each, no message comes again, nothing secret printed', async () => {
  const key = fc.oneof(
    fc.constantFrom(
      'source',
      'detail-type',
      'detail',
      'Records',
      'Sns',
      'Message',
      'Type',
      'TopicArn',
      'requestContext',
    ),
    fc.string(),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 5 }), async (bodies) => {
      const { world, deeds } = worldWith();

      const response = await createPersist(world)({
        Records: bodies.map((it, at) => sqsMessage(at, JSON.stringify(it))),
      });
      const told = await createNotify(world)({ Records: bodies.map((it, at) => sqsMessage(at, JSON.stringify(it))) });

      const kept = [...deeds.objects.keys()].map((path) => path.replace(/.*\/(m\d+)-\d+\.json$/, '$1'));
      expect([response, told]).toEqual([failing(), failing()]);
      expect(new Set(kept).size + deeds.rows.length).toBeGreaterThanOrEqual(bodies.length);
      expect(deeds.lines.join()).not.toContain(webhookPath);
    }),
    { numRuns: 200 },
  );
});
