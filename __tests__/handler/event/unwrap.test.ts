import * as fc from 'fast-check';
import { readMessages } from '../../../handler/event/message';
import { unwrap } from '../../../handler/event/unwrap';

const glue = { source: 'aws.glue', 'detail-type': 'Glue Job State Change', detail: { jobName: 'load-orders' } };
const topic = 'arn:aws:sns:eu-west-1:111122223333:dl-monitor-sns';

function sns(message: unknown, more: object = {}) {
  return { Type: 'Notification', TopicArn: topic, Message: JSON.stringify(message), ...more };
}

function sqs(body: unknown, more: object = {}) {
  return { eventSource: 'aws:sqs', messageId: 'm-1', body: JSON.stringify(body), ...more };
}

function eventsIn(value: unknown) {
  return unwrap(JSON.stringify(value)).map((it) => ('event' in it ? it.event : it.reason));
}

describe('an event', () => {
  it.each([
    ['bare', glue],
    ['SNS as a queue gets it', sns(glue)],
    ['SNS as a function gets it', { Records: [{ EventSource: 'aws:sns', Sns: sns(glue) }] }],
    ['SQS', { Records: [sqs(glue)] }],
    ['SQS of SNS', { Records: [sqs(sns(glue))] }],
    ['SQS of SNS as a function gets it', { Records: [sqs({ Records: [{ Sns: sns(glue) }] })] }],
    ['JSON in a text', JSON.stringify(glue)],
    ['SNS without a type, as some tools write it', { Records: [{ Sns: { Message: JSON.stringify(glue) } }] }],
  ])('comes out of its wrapping: %s', (_, value) => {
    expect(eventsIn(value)).toEqual([glue]);
  });

  it('comes with all others of its wrapping, in their order', () => {
    const second = { ...glue, id: '2' };
    const third = { ...glue, id: '3' };

    expect(eventsIn({ Records: [sqs(glue), sqs(sns(second)), { Sns: sns(third) }] })).toEqual([glue, second, third]);
  });

  it('is told by what brought it', () => {
    const record = { requestContext: { functionArn: 'arn:aws:lambda:eu-west-1:1:function:a', condition: 'Success' } };

    expect(unwrap(JSON.stringify(glue))).toEqual([{ event: glue, capturedBy: 'event' }]);
    expect(unwrap(JSON.stringify(sns(record)))).toEqual([expect.objectContaining({ capturedBy: 'destination' })]);
  });
});

describe('what is no event', () => {
  it.each([
    ['plain text', 'hello', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['half of a JSON object', '{"source":', 'not JSON'],
    ['a number', '17', 'not an object'],
    ['null', 'null', 'not an object'],
    ['a list', '[{}]', 'not an object'],
    ['a wrapping without records', '{"Records":[]}', 'without records'],
    ['a record of S3', '{"Records":[{"eventSource":"aws:s3"}]}', 'aws:s3'],
    ['a record of nobody', '{"Records":[7]}', 'unknown service'],
    ['a confirmation', JSON.stringify(sns('', { Type: 'SubscriptionConfirmation' })), 'SubscriptionConfirmation'],
    ['SNS without a message', JSON.stringify({ Records: [{ Sns: {} }] }), 'SNS'],
    ['SNS of plain text', JSON.stringify({ ...sns(''), Message: 'hello' }), 'not JSON'],
  ])('is kept with its reason: %s', (_, body, reason) => {
    expect(unwrap(body)).toEqual([{ text: expect.any(String), reason: expect.stringContaining(reason) }]);
  });

  it('does not hide the events beside it', () => {
    const found = unwrap(JSON.stringify({ Records: [{ eventSource: 'aws:s3' }, sqs(glue), 7] }));

    expect(found.map((it) => 'event' in it)).toEqual([false, true, false]);
  });

  it('may be wrapped again and again, which is not followed without end', () => {
    let value: unknown = glue;
    for (let times = 0; times < 12; times++) {
      value = { Records: [sqs(value)] };
    }

    expect(eventsIn(value)).toEqual([expect.stringContaining('wrapped more than')]);
  });
});

describe('the messages of an invocation', () => {
  it('are the records of its batch, with what their queue says of them', () => {
    const record = {
      ...sqs(glue),
      receiptHandle: 'r-1',
      attributes: { SentTimestamp: '1741587166000', ApproximateReceiveCount: '3' },
      messageAttributes: { Code: { stringValue: '200', dataType: 'Number' }, Blob: { binaryValue: 'AA==' } },
    };

    expect(readMessages({ Records: [record] })).toEqual([
      {
        id: 'm-1',
        receiptHandle: 'r-1',
        receiveCount: 3,
        sentAt: 1741587166000,
        body: JSON.stringify(glue),
        attributes: { Code: '200' },
      },
    ]);
  });

  it('have attributes of whole characters', () => {
    const attributes = { RequestID: { stringValue: 'half a pair \ud800', dataType: 'String' } };

    const [message] = readMessages({ Records: [{ ...sqs(glue), messageAttributes: attributes }] });

    expect(message?.attributes).toEqual({ RequestID: 'half a pair \ufffd' });
  });

  it('are none in an empty batch', () => {
    expect(readMessages({ Records: [] })).toEqual([]);
  });

  it('are one when the event came without a queue, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (event) => {
        const [message, ...others] = readMessages(event);

        expect(others).toEqual([]);
        expect(message).toEqual(expect.objectContaining({ id: null, receiveCount: 1, body: JSON.stringify(event) }));
      }),
    );
  });

  it.each(['', 'soon', '-1', null, {}, [], '1e999'])('bear with odd counts and times, such as %j', (odd) => {
    const [message] = readMessages({
      Records: [{ ...sqs(glue), attributes: { SentTimestamp: odd, ApproximateReceiveCount: odd } }],
    });

    expect(message?.receiveCount).toBeGreaterThanOrEqual(1);
    expect(Number.isFinite(message?.receiveCount)).toBe(true);
    expect(message?.sentAt === null || Number.isFinite(message?.sentAt)).toBe(true);
  });
});
