import { type Arrival, account, arrive, bridgeEvent, minute, region, type Setting } from './arrival';
import type { Random } from './random';

const functions = [
  'resize-images',
  'order-webhook',
  'invoice-mailer',
  'stock-alert',
  'parse-manifest',
  'tag-objects',
  'partner-upload',
  'score-basket',
  'notify-courier',
  'rotate-keys',
] as const;

/** A record that Lambda sends to a destination. */
interface InvocationRecord {
  readonly version: '1.0';
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: string;
    readonly approximateInvokeCount: number;
  };
  readonly requestPayload: unknown;
  readonly responseContext?: unknown;
  readonly responsePayload?: unknown;
}

/** What a failed invocation answers, in the forms of each runtime; `id` is the request's. */
const failures: readonly [(id: string) => unknown, ...((id: string) => unknown)[]] = [
  (id) => ({
    errorMessage: "'order_id'",
    errorType: 'KeyError',
    requestId: id,
    stackTrace: ['  File "/var/task/app.py", line 31, in handler\n    order = body[\'order_id\']\n'],
  }),
  () => ({
    errorType: 'TypeError',
    errorMessage: "Cannot read properties of undefined (reading 'items')",
    trace: [
      "TypeError: Cannot read properties of undefined (reading 'items')",
      '    at total (/var/task/basket.js:14:22)',
      '    at Runtime.handler (/var/task/index.js:9:10)',
    ],
  }),
  () => ({
    errorMessage: 'Connection to stock.example.com timed out',
    errorType: 'java.net.SocketTimeoutException',
    stackTrace: [
      'com.example.stock.Client.get(Client.java:88)',
      'com.example.stock.Handler.handleRequest(Handler.java:31)',
    ],
  }),
  (id) => ({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${id} Error: Task timed out after 30.00 seconds`,
  }),
  (id) => ({ errorMessage: `2026-10-14T08:12:44.120Z ${id} Task timed out after 15.02 seconds` }),
  (id) => ({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${id} Error: Runtime exited with error: signal: killed`,
  }),
  (id) => ({ errorMessage: `RequestId: ${id} Process exited before completing request` }),
  () => null,
];

/** Everything that Lambda says in a day: destination records, most of them successes, a tenth by way of EventBridge. */
export function lambdaDay({ random, midnight, suffix }: Setting): readonly Arrival[] {
  return functions.flatMap((name) =>
    Array.from({ length: 24 }, (_, hour) => {
      const at = midnight + hour * 60 * minute + random.integer(0, 60 * minute - 1);
      const record = random.chance(0.93)
        ? success(random, `${name}${suffix}`, at)
        : failure(random, `${name}${suffix}`, at);
      return arrive(at, random.chance(0.1) ? onEventBus(random, record, at) : record);
    }),
  );
}

/** The record of an invocation that succeeded. */
export function success(random: Random, name: string, at: number): InvocationRecord {
  return {
    ...started(random, { name, at, condition: 'Success', count: 1 }),
    responseContext: { statusCode: 200, executedVersion: '$LATEST' },
    responsePayload: random.chance(0.5) ? null : { statusCode: 200, processed: random.integer(1, 40) },
  };
}

function failure(random: Random, name: string, at: number): InvocationRecord {
  if (random.chance(0.08)) {
    return started(random, { name, at, condition: 'ZeroReservedConcurrency', count: 0 });
  }
  const condition = random.chance(0.1) ? 'EventAgeExceeded' : 'RetriesExhausted';
  const record = started(random, { name, at, condition, count: condition === 'RetriesExhausted' ? 3 : 1 });
  return {
    ...record,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: random.pick(failures)(record.requestContext.requestId),
  };
}

function started(
  random: Random,
  run: { name: string; at: number; condition: string; count: number },
): InvocationRecord {
  const bucket = { name: 'example-raw' };
  const object = { key: `incoming/${random.hex(8)}.json`, size: random.integer(200, 90_000) };
  return {
    version: '1.0',
    timestamp: new Date(run.at).toISOString(),
    requestContext: {
      requestId: random.uuid(),
      functionArn: `arn:aws:lambda:${region}:${account}:function:${run.name}:$LATEST`,
      condition: run.condition,
      approximateInvokeCount: run.count,
    },
    requestPayload: { Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket, object } }] },
  };
}

function onEventBus(random: Random, record: InvocationRecord, time: number) {
  const { functionArn, condition } = record.requestContext;
  return bridgeEvent(random, {
    source: 'lambda',
    detailType: `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`,
    time,
    resources: [`arn:aws:events:${region}:${account}:event-bus/default`, functionArn],
    detail: record,
  });
}
