import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionNames } from '../../handler/environment';
import { type Answer, type Received, startServer } from '../handler/aws-server';
import { batchOf, failing, glueEvent } from '../handler/process-events';
import { rowsIn, webhookPath } from '../handler/process-world';
import { findImageNode } from './parts/image-node';

const node = findImageNode();
const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
const bundle = join(folder, 'index.js');

/** What Lambda does with the bundle: load it, and call one of its functions with an event. */
const driver = `
const { readFileSync, writeFileSync } = require('node:fs');
const [, bundle, name, input, output] = process.argv;
const loaded = require(bundle);
Promise.resolve(name === '' ? Object.keys(loaded) : loaded[name](JSON.parse(readFileSync(input, 'utf8'))))
  .then((answer) => writeFileSync(output, JSON.stringify(answer)));
`;

/** Loads the bundle in a process of the image's Node and calls one of its functions; prints are its standard output. */
async function invoke(name: string, event: unknown, environment: Readonly<Record<string, string>>) {
  const [input, output] = [join(folder, 'event.json'), join(folder, 'answer.json')];
  writeFileSync(input, JSON.stringify(event));
  rmSync(output, { force: true });
  const child = spawn(node ?? '', ['-e', driver, bundle, name, input, output], { env: environment, timeout: 50_000 });
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const text = Buffer.concat(printed).toString();
  return { code, printed: text, answer: code === 0 ? (JSON.parse(readFileSync(output, 'utf8')) as unknown) : text };
}

/** Answers as AWS and Slack would; Firehose refuses records that hold `refused`. */
function world({ method, path, headers, body }: Received, url: string): Answer {
  switch (headers['x-amz-target']) {
    case 'Firehose_20150804.PutRecordBatch': {
      const outcomes = recordsIn(body).map((it) =>
        it.includes('refused') ? { ErrorCode: 'InternalFailure' } : { RecordId: '1' },
      );
      return json({ FailedPutCount: outcomes.filter((it) => it.ErrorCode).length, RequestResponses: outcomes });
    }
    case 'secretsmanager.GetSecretValue':
      return json({ SecretString: JSON.stringify({ slack_webhook: `${url}/services/${webhookPath}` }) });
    case 'AmazonSQS.ChangeMessageVisibility':
      return json({});
    default:
      return { status: 200, body: method === 'GET' ? '{}' : path.startsWith('/services/') ? 'ok' : '' };
  }
}

function json(body: unknown): Answer {
  return { status: 200, body: JSON.stringify(body), headers: { 'content-type': 'application/x-amz-json-1.1' } };
}

function recordsIn(body: string): string[] {
  const { Records } = JSON.parse(body) as { Records: readonly { Data: string }[] };
  return Records.map(({ Data }) => Buffer.from(Data, 'base64').toString());
}

/** Calls one function of the bundle, with a server on this machine in place of AWS and Slack. */
async function run(name: string, event: unknown) {
  const server = await startServer((request): Answer => world(request, server.url));
  const outcome = await invoke(name, event, {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    BUCKET: 'monitor',
    SETTINGS_KEY: 'settings/0.json',
    QUEUE_URL: `${server.url}/111122223333/q`,
    DELIVERY_STREAM: 'stream',
    QUARANTINE_PREFIX: 'quarantine/',
    SECRET_ID: 'datalake-monitoring',
    METRICS_NAMESPACE: 'datalake-monitoring',
    LOG_LEVEL: 'INFO',
  });
  await server.close();
  const requests = server.received.map(({ method, path, headers, body }) => ({
    what: String(headers['x-amz-target'] ?? `${method} ${decodeURIComponent(path.replace(/\?.*/, ''))}`),
    body,
  }));
  return { ...outcome, requests };
}

/** The metrics in the lines that CloudWatch reads (embedded metric format). */
function metricsIn(printed: string): Record<string, unknown> {
  const lines = printed.split('\n').filter((line) => line.includes('"_aws"'));
  return Object.assign({}, ...lines.map((line) => JSON.parse(line) as object)) as Record<string, unknown>;
}

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/bundle.mjs', bundle], { cwd: root, stdio: 'pipe' });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

(node === null ? describe.skip : describe)('the bundle in the Node of the image', () => {
  test('has exactly the entry points that the functions name', async () => {
    const { answer } = await invoke('', null, {});

    expect((answer as string[]).sort()).toEqual([...functionNames].sort());
  });

  test('persist delivers rows, keeps strangers, counts, and ends', async () => {
    const { code, answer, printed, requests } = await run(
      'persist',
      batchOf(glueEvent('run0', 'SUCCEEDED'), 'no event', glueEvent('run2', 'FAILED')),
    );

    const rows = requests
      .filter(({ what }) => what === 'Firehose_20150804.PutRecordBatch')
      .flatMap(({ body }) => recordsIn(body).flatMap(rowsIn));
    expect(code).toBe(0);
    expect(answer).toEqual(failing());
    expect(rows.map((row) => `${row.service_request_id} ${row.event_type}`)).toEqual(['run0 succeeded', 'run2 failed']);
    expect(requests.map(({ what }) => what)).toContain('PUT /monitor/quarantine/dt=2026-01-05/m1-0.json');
    expect(metricsIn(printed)).toMatchObject({
      service: 'persist',
      EventsReceived: 3,
      RowsDelivered: 2,
      EventsQuarantined: 1,
    });
  });

  test('persist names the message whose row Firehose refuses, and hides it from the queue', async () => {
    const large = { message: 'x'.repeat(60_000) };

    const { answer, requests } = await run(
      'persist',
      batchOf(glueEvent('run0', 'FAILED', large), glueEvent('refused', 'FAILED', large)),
    );

    const hidden = requests.filter(({ what }) => what === 'AmazonSQS.ChangeMessageVisibility');
    expect(answer).toEqual(failing('m1'));
    expect(hidden.map(({ body }) => JSON.parse(body))).toEqual([
      expect.objectContaining({ ReceiptHandle: 'r1', VisibilityTimeout: 60 }),
    ]);
  });

  test('notify tells Slack once of a failed run, and prints no secret', async () => {
    const { code, answer, printed, requests } = await run(
      'notify',
      batchOf(glueEvent('run0', 'SUCCEEDED'), glueEvent('run1', 'FAILED')),
    );

    const posts = requests.filter(({ what }) => what === `POST /services/${webhookPath}`);
    expect(code).toBe(0);
    expect(answer).toEqual(failing());
    expect(posts.map(({ body }) => JSON.parse(body).text)).toEqual(['🔴 Glue job orders_daily failed: it says so']);
    expect(metricsIn(printed)).toMatchObject({ service: 'notify', AlertsPosted: 1, AlertsFailed: 0 });
    expect(printed).not.toContain(webhookPath);
  });

  test('without its environment it says what is missing, and fails so that nothing is lost', async () => {
    const { code, printed } = await invoke('persist', batchOf('x'), {});

    expect(code).not.toBe(0);
    expect(printed).toContain('ENVIRONMENT_INCOMPLETE');
    expect(printed).toContain('DELIVERY_STREAM');
  });
});
