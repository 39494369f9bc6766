import { post } from '../../handler/http-post';
import { json, withAws } from './aws-ports';
import type { Answer } from './aws-server';
import { listenOnLoopback } from './loopback';

const xml = (status: number, code: string): Answer => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
  headers: { 'content-type': 'application/xml' },
});

describe('putRecordBatch', () => {
  test('sends the texts as they are and tells the outcome of each', async () => {
    const answer = json({
      FailedPutCount: 1,
      RequestResponses: [
        { RecordId: '1' },
        { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'slow down' },
        { RecordId: '3' },
      ],
    });

    const { result, received } = await withAws(
      () => answer,
      (ports) => ports.putRecordBatch(['{"a":"é"}', '{"b":2}', '{"c":3}']),
    );

    const sent = JSON.parse(received[0]?.body ?? '') as { DeliveryStreamName: string; Records: { Data: string }[] };
    expect(result).toEqual([null, 'ServiceUnavailableException', null]);
    expect(sent.DeliveryStreamName).toBe('stream');
    expect(sent.Records.map(({ Data }) => Buffer.from(Data, 'base64').toString())).toEqual([
      '{"a":"é"}',
      '{"b":2}',
      '{"c":3}',
    ]);
  });

  test.each([
    ['too few answers', { FailedPutCount: 0, RequestResponses: [{ RecordId: '1' }] }],
    ['an answer without id and error', { FailedPutCount: 0, RequestResponses: [{ RecordId: '1' }, {}] }],
  ])('takes %s for a failure', async (_, body) => {
    const { result } = await withAws(
      () => json(body),
      (ports) => ports.putRecordBatch(['a', 'b']),
    );

    expect(result).toEqual([null, 'NoResponse']);
  });

  test('is one call, and given up when nobody answers', async () => {
    const start = performance.now();

    const outcome = withAws(
      () => null,
      (ports) => ports.putRecordBatch(['a']),
    );

    await expect(outcome).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(performance.now() - start).toBeLessThan(8_000);
  });

  test('throws when the whole call is refused', async () => {
    const refused = json({ __type: 'ResourceNotFoundException', message: 'no stream' }, 400);

    const outcome = withAws(
      () => refused,
      (ports) => ports.putRecordBatch(['a']),
    );

    await expect(outcome).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('objects', () => {
  test('an object is written only if it is absent, and the tag of what was written is told', async () => {
    const { result, received } = await withAws(
      () => ({ status: 200, headers: { etag: '"1"' } }),
      (ports) => ports.objects.putIfAbsent('q/a b.json', '{"é":1}'),
    );

    expect(result).toBe('"1"');
    expect(received[0]).toMatchObject({ method: 'PUT', headers: { 'if-none-match': '*' } });
    expect(received[0]?.headers['if-match']).toBeUndefined();
    expect(received[0]?.path).toMatch(/q\/a%20b\.json/);
    expect(received[0]?.body).toContain('{"é":1}');
  });

  test('an object is replaced only if it is still the version that was read', async () => {
    const { result, received } = await withAws(
      () => ({ status: 200, headers: { etag: '"2"' } }),
      (ports) => ports.objects.putIfMatch('a', 'b', '"1"'),
    );

    expect(result).toBe('"2"');
    expect(received[0]).toMatchObject({ method: 'PUT', headers: { 'if-match': '"1"' } });
    expect(received[0]?.headers['if-none-match']).toBeUndefined();
  });

  test.each([
    ['is there', xml(412, 'PreconditionFailed')],
    ['is being written by another', xml(409, 'ConditionalRequestConflict')],
  ])('one that %s is left alone', async (_, answer) => {
    const { result } = await withAws(
      () => answer,
      async ({ objects }) => [await objects.putIfAbsent('a', 'b'), await objects.putIfMatch('a', 'b', '"1"')],
    );

    expect(result).toEqual([null, null]);
  });

  test('one that is gone is not replaced', async () => {
    const { result } = await withAws(
      () => xml(404, 'NoSuchKey'),
      (ports) => ports.objects.putIfMatch('a', 'b', '"1"'),
    );

    expect(result).toBeNull();
  });

  test('a bucket that is gone is an error, not a write that lost', async () => {
    const outcome = withAws(
      () => xml(404, 'NoSuchBucket'),
      (ports) => ports.objects.putIfAbsent('a', 'b'),
    );

    await expect(outcome).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('a write that nobody answers is given up within the ten seconds that a call may take', async () => {
    const start = performance.now();

    const outcome = withAws(
      () => null,
      (ports) => ports.objects.putIfAbsent('a', 'b'),
    );

    await expect(outcome).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(performance.now() - start).toBeLessThan(13_000);
  }, 20_000);

  test('a refusal throws', async () => {
    const outcome = withAws(
      () => xml(403, 'AccessDenied'),
      (ports) => ports.objects.putIfAbsent('a', 'b'),
    );

    await expect(outcome).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('an object is read as text, with the tag of its version', async () => {
    const { result } = await withAws(
      () => ({ status: 200, body: '{"é":1}', headers: { etag: '"1"' } }),
      (ports) => ports.objects.get('a'),
    );

    expect(result).toEqual({ body: '{"é":1}', etag: '"1"' });
  });

  test('keys are listed in pages, after the last one that is known', async () => {
    const page = `<?xml version="1.0"?><ListBucketResult><IsTruncated>true</IsTruncated>
      <Contents><Key>p/a</Key><ETag>"1"</ETag></Contents><Contents><Key>p/b</Key><ETag>"2"</ETag></Contents></ListBucketResult>`;

    const { result, received } = await withAws(
      () => ({ status: 200, body: page, headers: { 'content-type': 'application/xml' } }),
      async ({ objects }) => [await objects.list('p/', null), await objects.list('p/', 'p/b')],
    );

    const expected = {
      objects: [
        { key: 'p/a', etag: '"1"' },
        { key: 'p/b', etag: '"2"' },
      ],
      isTruncated: true,
    };
    expect(result).toEqual([expected, expected]);
    const asked = received.map(({ path }) => new URL(path, 'http://x').searchParams);
    expect(asked.map((it) => [it.get('prefix'), it.get('start-after')])).toEqual([
      ['p/', null],
      ['p/', 'p/b'],
    ]);
  });

  test('one that is not there is null, a refusal throws', async () => {
    const { result } = await withAws(
      () => xml(404, 'NoSuchKey'),
      (ports) => ports.objects.get('a'),
    );
    const refused = withAws(
      () => xml(403, 'AccessDenied'),
      (ports) => ports.objects.get('a'),
    );

    expect(result).toBeNull();
    await expect(refused).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

test('a message is hidden from its queue', async () => {
  const { received } = await withAws(
    () => json({}),
    (ports) => ports.postpone('receipt', 240),
  );

  expect(received[0]?.headers['x-amz-target']).toBe('AmazonSQS.ChangeMessageVisibility');
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({
    QueueUrl: expect.stringMatching(/\/111122223333\/q$/),
    ReceiptHandle: 'receipt',
    VisibilityTimeout: 240,
  });
});

describe('the secret', () => {
  test('is asked for once, and again when it must be fresh', async () => {
    let version = 0;
    const answer = () => json({ SecretString: `version ${++version}` });

    const { result } = await withAws(answer, async (ports) => [
      await ports.readSecret({ fresh: false }),
      await ports.readSecret({ fresh: false }),
      await ports.readSecret({ fresh: true }),
      await ports.readSecret({ fresh: false }),
    ]);

    expect(result).toEqual(['version 1', 'version 1', 'version 2', 'version 2']);
  });

  test.each([
    ['has no value yet', json({ __type: 'ResourceNotFoundException', Message: 'no value for AWSCURRENT' }, 400)],
    ['is binary', json({ SecretBinary: 'AAEC' })],
    ['holds neither', json({ Name: 'datalake-monitoring' })],
  ])('that %s throws', async (_, answer) => {
    const outcome = withAws(
      () => answer,
      (ports) => ports.readSecret({ fresh: false }),
    );

    await expect(outcome).rejects.toThrow();
  });

  test.each(['AccessDeniedException', 'ResourceNotFoundException'])(
    'that AWS does not give out throws the error of AWS itself: %s',
    async (name) => {
      const outcome = withAws(
        () => json({ __type: name, Message: 'no' }, 400),
        (ports) => ports.readSecret({ fresh: false }),
      );

      await expect(outcome).rejects.toMatchObject({ name });
    },
  );
});

describe('post', () => {
  test('gives back what Slack answered', async () => {
    const answer = { status: 429, body: 'rate_limited', headers: { 'retry-after': '30' } };

    const { result, received } = await withAws(
      () => answer,
      async (ports) => ports.post(`${process.env['AWS_ENDPOINT_URL']}/services/x`, '{"text":"é"}'),
    );

    expect(result).toEqual({ status: 429, body: 'rate_limited', retryAfterSeconds: 30 });
    expect(received[0]).toMatchObject({ method: 'POST', path: '/services/x', body: '{"text":"é"}' });
  });

  test.each([
    ['120', 120],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['', null],
    ['-5', null],
    ['soon', null],
  ])('reads the pause %j', async (header, seconds) => {
    const { result } = await withAws(
      () => ({ status: 429, headers: { 'retry-after': header } }),
      () => post(`${process.env['AWS_ENDPOINT_URL']}/services/x`, '{}'),
    );

    expect(result.retryAfterSeconds).toBe(seconds);
  });

  test('gives back the status of an answer that is cut off', async () => {
    const server = await listenOnLoopback(({ response }) => {
      response.writeHead(200, { 'content-length': 1_000 }).write('ok', () => response.destroy());
    });

    const answer = await post(`${server.url}/services/x`, '{}').finally(server.close);

    expect(answer.status).toBe(200);
  });

  test('does not follow to where a webhook leads', async () => {
    const { result, received } = await withAws(
      () => ({ status: 302, headers: { location: '/elsewhere' } }),
      () => post(`${process.env['AWS_ENDPOINT_URL']}/services/x`, '{}'),
    );

    expect(result.status).toBe(302);
    expect(received).toHaveLength(1);
  });

  test('tells a host that does not exist, without its name', async () => {
    const cause = Object.assign(new Error('getaddrinfo ENOTFOUND hooks.example'), { code: 'ENOTFOUND' });
    jest.spyOn(globalThis, 'fetch').mockRejectedValueOnce(new TypeError('fetch failed', { cause }));

    const error: unknown = await post('https://hooks.example/services/x', '{}').catch((it: unknown) => it);

    expect(error).toMatchObject({ code: 'HOST_UNKNOWN', message: expect.not.stringContaining('hooks') });
  });

  test('reads no more than the beginning of an answer that does not end', async () => {
    const server = await listenOnLoopback(({ response }) => {
      const more = () => {
        while (response.write('no end. '.repeat(8_192)));
      };
      response.on('drain', more);
      more();
    });

    const answer = await post(`${server.url}/services/x`, '{}').finally(server.close);

    expect(answer).toMatchObject({ status: 200, body: expect.stringMatching(/^no end\. /) });
    expect(answer.body).toHaveLength(65_536);
  });

  test('throws when nobody answers, without the URL in the error', async () => {
    const outcome = withAws(
      () => 'reset',
      (ports) => ports.post('http://127.0.0.1:1/services/secret', '{}'),
    );

    const error: unknown = await outcome.catch((it: unknown) => it);
    expect(error).toMatchObject({ name: 'TypeError' });
    expect(String(error)).not.toContain('secret');
  });
});
