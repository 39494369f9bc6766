/** A Glue job run that reached a state, as EventBridge delivers it; `detail` and `envelope` overrule. */
export function glueEvent(run: string, state: string, detail: object = {}, envelope: object = {}) {
  return {
    version: '0',
    id: `event-${run}-${state}`,
    'detail-type': 'Glue Job State Change',
    source: 'aws.glue',
    account: '111122223333',
    time: '2026-01-05T09:59:30Z',
    region: 'eu-west-1',
    resources: [],
    detail: { jobName: 'orders_daily', severity: 'INFO', state, jobRunId: run, message: 'it says so', ...detail },
    ...envelope,
  };
}

/** One message as an SQS batch holds it: id `m0` with receipt `r0`, received once, of text or of an event. */
export function sqsMessage(at: number, body: unknown, receiveCount = 1) {
  return {
    messageId: `m${at}`,
    receiptHandle: `r${at}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: '1767607171000' },
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:q',
    awsRegion: 'eu-west-1',
  };
}

/** An SQS batch of bodies, numbered from 0. */
export function batchOf(...bodies: readonly unknown[]) {
  return { Records: bodies.map((body, at) => sqsMessage(at, body)) };
}

/** A batch response that names these messages. */
export function failing(...ids: readonly string[]) {
  return { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
}
