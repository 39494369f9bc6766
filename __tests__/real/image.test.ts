import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FunctionName, functionNames } from '../../handler/environment';
import { tickEvent } from '../../handler/event/tick';
import { type Answer, type Received, startServer } from '../handler/aws-server';
import { batchOf, failing, glueEvent } from '../handler/process-events';
import { rowsIn, environment as variablesOfBoth, webhookPath } from '../handler/process-world';
import { monitoringOf } from '../infra/stacks';
import { buildImage, containerProblem, createContainer } from './parts/runtime/container';
import { bundleInto, readFunction } from './parts/runtime/deployed-function';
import { createFunction, prepareRuntime } from './parts/runtime/runtime';
import { sandboxProblem } from './parts/runtime/sandbox';

const folder = mkdtempSync(join(tmpdir(), 'image-'));
const { aws_lambda_function: functions = {} } = monitoringOf().resource;

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
    case 'AWSGlue.GetJobRun':
      return json({ JobRun: { Id: 'run1', Attempt: 0, JobRunState: 'FAILED' } });
    case 'AWSGlue.GetJob':
      return json({ Job: { MaxRetries: 0 } });
    default:
      if (path.includes('list-type=2')) return { status: 200, body: '<ListBucketResult></ListBucketResult>' };
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

/** The ways in which a function can be run here, each with what it lacks on this machine. */
const ways = [
  { way: 'the bundle', create: createFunction, problem: sandboxProblem(folder), prepare: () => {} },
  { way: 'the container', create: createContainer, problem: containerProblem(), prepare: buildImage },
] as const;

interface Call {
  readonly name: FunctionName;
  readonly event: unknown;
  /** Which of the function's own variables it has. */
  readonly variables?: 'all' | 'none';
}

/** Invokes a new function once, with a server on this machine in place of AWS and Slack. */
async function run(create: typeof createFunction, { name, event, variables = 'all' }: Call) {
  const server = await startServer((request): Answer => world(request, server.url));
  const made = readFunction(functions[`process_${name}_function`], folder);
  const own = { ...variablesOfBoth, BUCKET: 'monitor', QUEUE_URL: `${server.url}/111122223333/q` };
  const environment = {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(variables === 'all' ? own : {}),
  };
  const lambda = create({ ...made, environment, readOnly: true });
  try {
    const { outcome, ...figures } = await lambda.invoke(event);
    const requests = server.received.map(({ method, path, headers, body }) => ({
      what: String(headers['x-amz-target'] ?? `${method} ${decodeURIComponent(path.replace(/\?.*/, ''))}`),
      body,
    }));
    return { ...figures, outcome: 'answer' in outcome ? JSON.parse(outcome.answer) : outcome, requests, made };
  } finally {
    await lambda.stop();
    await server.close();
  }
}

/** The metrics in the lines that CloudWatch reads (embedded metric format). */
function metricsIn(printed: string): Record<string, unknown> {
  const lines = printed.split('\n').filter((line) => line.includes('"_aws"'));
  return Object.assign({}, ...lines.map((line) => JSON.parse(line) as object)) as Record<string, unknown>;
}

beforeAll(() => {
  bundleInto(folder);
  prepareRuntime();
}, 900_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(ways)('$way', ({ way, create, problem, prepare }) => {
  if (problem !== null) {
    process.stderr.write(`skipped: ${way} cannot be run here as Lambda would run it: ${problem}\n`);
  }
  const possible = problem === null ? test : test.skip;

  beforeAll(() => {
    if (problem === null) prepare();
  }, 900_000);

  possible('persist delivers rows, keeps strangers, counts, and ends', async () => {
    const batch = batchOf(glueEvent('run0', 'SUCCEEDED'), 'no event', glueEvent('run2', 'FAILED'));

    const { outcome, printed, requests } = await run(create, { name: 'persist', event: batch });

    const rows = requests
      .filter(({ what }) => what === 'Firehose_20150804.PutRecordBatch')
      .flatMap(({ body }) => recordsIn(body).flatMap(rowsIn));
    expect(outcome).toEqual(failing());
    expect(rows.map((row) => `${row.service_request_id} ${row.event_type}`)).toEqual(['run0 succeeded', 'run2 failed']);
    expect(requests.map(({ what }) => what)).toContain('PUT /monitor/quarantine/dt=2026-01-05/m1-0.json');
    expect(metricsIn(printed)).toMatchObject({
      service: 'persist',
      EventsReceived: 3,
      RowsDelivered: 2,
      EventsQuarantined: 1,
    });
  });

  possible('persist names the message whose row Firehose refuses, and hides it from the queue', async () => {
    const large = { message: 'x'.repeat(60_000) };
    const batch = batchOf(glueEvent('run0', 'FAILED', large), glueEvent('refused', 'FAILED', large));

    const { outcome, requests } = await run(create, { name: 'persist', event: batch });

    const hidden = requests.filter(({ what }) => what === 'AmazonSQS.ChangeMessageVisibility');
    expect(outcome).toEqual(failing('m1'));
    expect(hidden.map(({ body }) => JSON.parse(body))).toEqual([
      expect.objectContaining({ ReceiptHandle: 'r1', VisibilityTimeout: 60 }),
    ]);
  });

  possible('notify tells Slack once of a failed run, and prints no secret', async () => {
    const batch = batchOf(glueEvent('run0', 'SUCCEEDED'), glueEvent('run1', 'FAILED'));

    const { outcome, printed, requests } = await run(create, { name: 'notify', event: batch });

    const posts = requests.filter(({ what }) => what === `POST /services/${webhookPath}`);
    expect(outcome).toEqual(failing());
    expect(posts.map(({ body }) => JSON.parse(body).text)).toEqual(['🔴 Glue job orders_daily failed: it says so']);
    expect(requests.map(({ what }) => what.replace(/[0-9a-f]{32}/, 'ID'))).toEqual(
      expect.arrayContaining([
        'PUT /monitor/monitor/notification/dt=2026-01-05/ID.json',
        'PUT /monitor/incident/ID.json',
      ]),
    );
    expect(metricsIn(printed)).toMatchObject({ service: 'notify', AlertsPosted: 1 });
    expect(printed).not.toContain(webhookPath);
  });

  possible('notify does what falls due when the schedule calls it', async () => {
    const { outcome, printed, requests } = await run(create, { name: 'notify', event: tickEvent });

    expect(outcome).toEqual(failing());
    expect(requests.map(({ what }) => what)).toEqual([
      'GET /monitor/settings/0.json',
      'GET /monitor/',
      'GET /monitor/',
    ]);
    expect(metricsIn(printed)).toMatchObject({ service: 'notify', Ticks: 1 });
  });

  possible.each(['persist', 'notify'] as const)(
    '%s starts cold on a full batch within time and memory',
    async (name) => {
      const batch = batchOf(...Array.from({ length: 1_000 }, (_, at) => glueEvent(`run${at}`, 'SUCCEEDED')));

      const { outcome, initMs, durationMs, peakMb, made } = await run(create, { name, event: batch });

      expect(outcome).toEqual(failing());
      expect(durationMs).toBeLessThan(made.timeoutSeconds * 1_000);
      expect(peakMb).toBeLessThan(made.memoryMb);
      const figures = `initialised in ${initMs?.toFixed(0)} ms, first batch of 1000 in ${durationMs.toFixed(0)} ms`;
      process.stderr.write(`${way}, ${name}, cold: ${figures}, at most ${peakMb.toFixed(0)} of ${made.memoryMb} MB\n`);
    },
  );

  possible('without its environment it says what is missing, and fails so that nothing is lost', async () => {
    const { outcome } = await run(create, {
      name: 'persist',
      event: batchOf('x'),
      variables: 'none',
    });

    expect(outcome).toEqual({
      error: expect.objectContaining({ errorMessage: expect.stringMatching(/lacks .*DELIVERY_STREAM/) }),
    });
  });
});

const [{ problem }] = ways;

(problem === null ? describe : describe.skip)('what the bundle is run in', () => {
  const probe = (source: string, timeoutSeconds = 5, memoryMb = 512) => {
    writeFileSync(join(folder, 'probe.js'), source);
    return createFunction({
      name: 'probe',
      taskRoot: folder,
      entry: 'probe.handler',
      timeoutSeconds,
      memoryMb,
      environment: {},
      readOnly: true,
    });
  };

  test('finds in the bundle exactly the entry points that the image is told to have', async () => {
    const lambda = probe("exports.handler = async () => Object.keys(require('./index.js')).sort()");

    const { outcome } = await lambda.invoke({});
    await lambda.stop();

    expect(outcome).toEqual({ answer: JSON.stringify([...functionNames].sort()) });
  });

  test('lets a function write into its scratch folder only', async () => {
    const write =
      "(path) => { try { require('node:fs').writeFileSync(path, ''); return 'yes' } catch ({ code }) { return code } }";
    const paths = "[process.env.LAMBDA_TASK_ROOT + '/x', '/x', process.env.TMPDIR + '/x']";
    const lambda = probe(`exports.handler = async () => ${paths}.map(${write})`);

    const { outcome } = await lambda.invoke({});
    await lambda.stop();

    expect(outcome).toEqual({ answer: '["EROFS","EROFS","yes"]' });
  });

  test('ends a function at its time-out, and starts it anew', async () => {
    const lambda = probe(
      'exports.handler = async ({ ends }) => ends ? 7 : new Promise((done) => setTimeout(done, 60_000))',
      1,
    );

    const late = await lambda.invoke({ ends: false });
    const { outcome, initMs } = await lambda.invoke({ ends: true });
    await lambda.stop();

    expect(late.outcome).toEqual({
      error: { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 1.00 seconds' },
    });
    expect(outcome).toEqual({ answer: '7' });
    expect(initMs).not.toBeNull();
  });

  test('tells of more memory than the function has, and of an entry point that is not there', async () => {
    const hungry = probe('exports.handler = async () => Buffer.alloc(200_000_000, 1).length', 5, 128);
    const { outcome: eaten } = await hungry.invoke({});
    await hungry.stop();
    const lost = createFunction({
      ...readFunction(functions['process_persist_function'], folder),
      entry: 'index.persits',
      environment: {},
    });
    const { outcome } = await lost.invoke({});
    await lost.stop();

    expect(eaten).toEqual({ error: expect.objectContaining({ errorType: 'Runtime.OutOfMemory' }) });
    expect(outcome).toEqual({ error: expect.objectContaining({ errorMessage: expect.stringContaining('persits') }) });
  });
});
