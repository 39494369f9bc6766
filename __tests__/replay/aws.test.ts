import { awsPorts } from '../../replay/aws';
import type { ReplayPorts } from '../../replay/ports';
import { type Answer, type Received, startServer } from '../handler/aws-server';
import { names } from './world';

const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

/** The ports of the replay against a server in AWS's place, which answers each request by this function. */
async function withAws<T>(answer: (request: Received) => Answer, use: (ports: ReplayPorts) => Promise<T>) {
  const aws = await startServer(answer);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  try {
    const where = { account: '111122223333', region: 'eu-west-1', partition: 'aws', names };
    return { result: await use(awsPorts(where)), received: aws.received };
  } finally {
    await aws.close();
  }
}

function operationOf({ headers }: Received): string {
  return String(headers['x-amz-target']).split('.').at(-1) ?? '';
}

function json(body: unknown): Answer {
  return { status: 200, body: JSON.stringify(body), headers: { 'content-type': 'application/x-amz-json-1.0' } };
}

function sqs(answers: Readonly<Record<string, unknown>>) {
  return (request: Received) => {
    const QueueUrl = `http://${request.headers.host}/111122223333/q`;
    return json(operationOf(request) === 'GetQueueUrl' ? { QueueUrl } : (answers[operationOf(request)] ?? {}));
  };
}

describe('the queues', () => {
  it('give messages with the attributes that a later send can take', async () => {
    const Messages = [
      {
        MessageId: '1',
        ReceiptHandle: 'r1',
        Body: 'hello',
        MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
        MessageAttributes: { ErrorCode: { DataType: 'Number', StringValue: '200' } },
      },
    ];

    const { result } = await withAws(sqs({ ReceiveMessage: { Messages } }), (ports) => ports.receive('q'));

    expect(result).toEqual([
      { body: 'hello', attributes: { ErrorCode: { DataType: 'Number', StringValue: '200' } }, receiptHandle: 'r1' },
    ]);
  });

  it('give nothing when they are empty', async () => {
    const { result } = await withAws(sqs({}), (ports) => ports.receive('q'));

    expect(result).toEqual([]);
  });

  it('are asked for their URL once', async () => {
    const { received } = await withAws(sqs({}), async (ports) => {
      await Promise.all([ports.remove('q', 'r1'), ports.remove('q', 'r2')]);
      await ports.receive('q');
    });

    expect(received.map(operationOf).sort()).toEqual([
      'DeleteMessage',
      'DeleteMessage',
      'GetQueueUrl',
      'ReceiveMessage',
    ]);
  });

  it('take a message with its attributes', async () => {
    const attributes = { ErrorCode: { DataType: 'String', StringValue: '200' } };

    const { received } = await withAws(
      sqs({ SendMessage: { MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' } }),
      (ports) => ports.send('q', { body: 'hello', attributes }),
    );

    expect(JSON.parse(received[1]?.body ?? '')).toMatchObject({ MessageBody: 'hello', MessageAttributes: attributes });
  });

  it('tell about how many messages they hold', async () => {
    const answer = sqs({ GetQueueAttributes: { Attributes: { ApproximateNumberOfMessages: '42' } } });

    const { result } = await withAws(answer, (ports) => ports.count('q'));

    expect(result).toBe(42);
  });
});

describe('the topic', () => {
  it('is found by its name', async () => {
    const answer = { status: 200, body: '<PublishResponse><PublishResult/></PublishResponse>', headers: {} };

    const { received } = await withAws(
      () => answer,
      (ports) => ports.publish('hello'),
    );

    const sent = decodeURIComponent(received[0]?.body ?? '');
    expect(sent).toContain('arn:aws:sns:eu-west-1:111122223333:dl-monitor-sns');
    expect(sent).toContain('hello');
  });
});

describe('the bucket', () => {
  const page = (key: string, next: string | null) => ({
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body:
      `<ListBucketResult><Contents><Key>${key}</Key></Contents><IsTruncated>${next !== null}</IsTruncated>` +
      `${next === null ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`}</ListBucketResult>`,
  });

  it('lists keys page after page', async () => {
    const answer = ({ path }: Received) =>
      path.includes('continuation-token') ? page('quarantine/b.json', null) : page('quarantine/a.json', 'more');

    const { result } = await withAws(answer, async (ports) => {
      const keys: string[] = [];
      for await (const key of ports.keys('quarantine/')) keys.push(key);
      return keys;
    });

    expect(result).toEqual(['quarantine/a.json', 'quarantine/b.json']);
  });

  it('is asked only when it belongs to our account', async () => {
    const { result, received } = await withAws(
      () => ({ status: 200, body: '{"text":"é"}' }),
      (ports) => ports.read('quarantine/a.json'),
    );

    expect(result).toBe('{"text":"é"}');
    expect(received[0]?.headers['x-amz-expected-bucket-owner']).toBe('111122223333');
  });
});

describe('the stream', () => {
  it('tells the outcome of each record, and counts none as taken that it says nothing of', async () => {
    const answer = json({
      FailedPutCount: 1,
      RequestResponses: [{ RecordId: '1' }, { ErrorCode: 'ServiceUnavailableException' }, {}],
    });

    const { result, received } = await withAws(
      () => answer,
      (ports) => ports.putRecordBatch(['{"a":"é"}', '{}', '{}', '{}']),
    );

    expect(result).toEqual([null, 'ServiceUnavailableException', 'NoResponse', 'NoResponse']);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      DeliveryStreamName: names.deliveryStream,
      Records: [{ Data: Buffer.from('{"a":"é"}').toString('base64') }, {}, {}, {}],
    });
  });
});
