import { type Arrival, account, arrive, bridgeEvent, minute, region, type Setting } from './arrival';
import { success } from './lambda';
import type { Random } from './random';

const topicArn = `arn:aws:sns:${region}:${account}:dl-monitor-sns`;

/** What else reaches such a monitor in a day: what the rules drop, what nobody recognises, and what others wrapped. */
export function strangersDay(setting: Setting): readonly Arrival[] {
  return [...droppedByRules(setting), ...unrecognised(setting), ...wrapped(setting)];
}

function droppedByRules({ random, midnight }: Setting): readonly Arrival[] {
  const at = (hour: number) => midnight + Math.round(hour * 60) * minute;
  const catalogue = Array.from({ length: 10 }, (_, number) => {
    const time = at(2 + number * 2);
    const detail = {
      databaseName: 'curated',
      tableName: 'orders',
      typeOfChange: 'BatchCreatePartition',
      changedPartitions: [`[2026, ${number}]`],
    };
    return arrive(
      time,
      bridgeEvent(random, { source: 'aws.glue', detailType: 'Glue Data Catalog Table State Change', time, detail }),
    );
  });
  const scheduled = { source: 'aws.events', detailType: 'Scheduled Event', time: at(6), detail: {} };
  const alarm = { alarmName: 'nat-gateway-errors', state: { value: 'ALARM', reason: 'Threshold Crossed' } };
  const alarmEvent = {
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    time: at(11),
    detail: alarm,
  };
  return [...catalogue, arrive(at(6), bridgeEvent(random, scheduled)), arrive(at(11), bridgeEvent(random, alarmEvent))];
}

function unrecognised({ random, midnight }: Setting): readonly Arrival[] {
  const at = (hour: number) => midnight + Math.round(hour * 60) * minute;
  const bucket = { name: 'example-raw', arn: 'arn:aws:s3:::example-raw' };
  const notification = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventName: 'ObjectCreated:Put',
    s3: { bucket, object: { key: 'partner/prices.csv', size: 4_211 } },
  };
  const alarm = {
    AlarmName: 'warehouse-cpu',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed: 3 datapoints',
    StateChangeTime: '2026-10-14T10:40:00.000+0000',
    Region: 'EU (Ireland)',
  };
  const confirmation = {
    Type: 'SubscriptionConfirmation',
    MessageId: random.uuid(),
    TopicArn: topicArn,
    Message: 'You have chosen to subscribe to the topic.',
    Timestamp: new Date(at(9)).toISOString(),
  };
  return [
    arrive(at(10.7), alarm),
    arrive(at(12.1), { Records: [notification] }),
    arrive(at(9), confirmation),
    { at: at(13), line: 'Deploy of orders-api finished: 3 of 3 tasks healthy' },
    {
      at: at(16),
      line: '{"version":"0","source":"aws.glue","detail-type":"Glue Job State Change","detail":{"jobName":"orders-',
    },
    arrive(at(17.5), { deployment: 'billing', status: 'ok' }),
  ];
}

function wrapped({ random, midnight, suffix }: Setting): readonly Arrival[] {
  const lettersAt = midnight + 15 * 60 * minute;
  const queuedAt = midnight + 18 * 60 * minute;
  const letters = [deadLetter(random, lettersAt - 2_000), deadLetter(random, lettersAt)];
  const records = [queuedAt - 3_000, queuedAt].map((at) =>
    queued(random, success(random, `partner-upload${suffix}`, at), at),
  );
  return [arrive(lettersAt, { Records: letters }), arrive(queuedAt, { Records: records })];
}

/** What Lambda sends to a dead-letter topic: the function's input, and the error in message attributes. */
function deadLetter(random: Random, at: number) {
  const attribute = (Value: string) => ({ Type: 'String', Value });
  return {
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    EventSubscriptionArn: `${topicArn}:${random.uuid()}`,
    Sns: {
      Type: 'Notification',
      MessageId: random.uuid(),
      TopicArn: topicArn,
      Subject: null,
      Message: '{"basket":"b-1047"}',
      Timestamp: new Date(at).toISOString(),
      MessageAttributes: {
        RequestID: attribute(random.uuid()),
        ErrorCode: attribute('200'),
        ErrorMessage: attribute('Rate for EUR/NOK is missing'),
      },
    },
  };
}

/** A message of an SQS queue that is subscribed to a topic without raw delivery. */
function queued(random: Random, event: unknown, at: number) {
  const sent = String(at);
  const envelope = {
    Type: 'Notification',
    MessageId: random.uuid(),
    TopicArn: topicArn,
    Message: JSON.stringify(event),
    Timestamp: new Date(at).toISOString(),
  };
  return {
    messageId: random.uuid(),
    receiptHandle: random.hex(32),
    body: JSON.stringify(envelope),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: sent,
      SenderId: 'AIDAEXAMPLE',
      ApproximateFirstReceiveTimestamp: sent,
    },
    messageAttributes: {},
    md5OfBody: random.hex(32),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${region}:${account}:legacy-monitor`,
    awsRegion: region,
  };
}
