import { setTimeout as sleep } from 'node:timers/promises';
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Installation } from '../infra/config';
import { bucketPorts } from './bucket';
import type { Attribute, Held, ReplayPorts } from './ports';

type Where = Pick<Installation, 'account' | 'region' | 'partition' | 'names'>;

/** The ports as calls to AWS, with the credentials that the AWS SDK finds by itself. */
export function awsPorts(where: Where): ReplayPorts {
  return { ...queuePorts(where), ...topicPorts(where), ...bucketPorts(where), ...streamPorts(where), sleep };
}

function queuePorts({ account, region }: Where): Pick<ReplayPorts, 'count' | 'receive' | 'send' | 'remove'> {
  const sqs = new SQSClient({ region });
  const urls = new Map<string, Promise<string>>();
  const urlOf = (queue: string): Promise<string> => {
    const known = urls.get(queue) ?? askUrl(sqs, queue, account);
    urls.set(queue, known);
    return known;
  };
  return {
    count: async (queue) => {
      const question = { QueueUrl: await urlOf(queue), AttributeNames: ['ApproximateNumberOfMessages' as const] };
      const answer = await sqs.send(new GetQueueAttributesCommand(question));
      return Number(answer.Attributes?.['ApproximateNumberOfMessages']);
    },
    receive: async (queue) => receive(sqs, await urlOf(queue)),
    send: async (queue, { body, attributes }) => {
      const message = { QueueUrl: await urlOf(queue), MessageBody: body, MessageAttributes: { ...attributes } };
      await sqs.send(new SendMessageCommand(message));
    },
    remove: async (queue, receiptHandle) => {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: await urlOf(queue), ReceiptHandle: receiptHandle }));
    },
  };
}

async function askUrl(sqs: SQSClient, queue: string, account: string): Promise<string> {
  const answer = await sqs.send(new GetQueueUrlCommand({ QueueName: queue, QueueOwnerAWSAccountId: account }));
  if (answer.QueueUrl === undefined) throw new Error(`SQS knows no URL of the queue ${queue}`);
  return answer.QueueUrl;
}

async function receive(sqs: SQSClient, queueUrl: string): Promise<readonly Held[]> {
  const answer = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      VisibilityTimeout: 120,
      WaitTimeSeconds: 1,
    }),
  );
  return (answer.Messages ?? []).map(({ Body, MessageAttributes, ReceiptHandle }) => ({
    body: Body ?? '',
    attributes: Object.fromEntries(Object.entries(MessageAttributes ?? {}).map(attribute)),
    receiptHandle: ReceiptHandle ?? '',
  }));
}

function attribute([name, value]: [string, MessageAttributeValue]): [string, Attribute] {
  const { DataType, StringValue, BinaryValue } = value;
  return [name, { DataType, ...(StringValue && { StringValue }), ...(BinaryValue && { BinaryValue }) }];
}

function topicPorts({ account, region, partition, names }: Where): Pick<ReplayPorts, 'publish'> {
  const sns = new SNSClient({ region });
  const TopicArn = `arn:${partition}:sns:${region}:${account}:${names.topic}`;
  return {
    publish: async (body) => {
      await sns.send(new PublishCommand({ TopicArn, Message: body }));
    },
  };
}

function streamPorts({ region, names }: Where): Pick<ReplayPorts, 'putRecordBatch'> {
  const firehose = new FirehoseClient({ region });
  return {
    putRecordBatch: async (records) => {
      const Records = records.map((record) => ({ Data: Buffer.from(record) }));
      const put = new PutRecordBatchCommand({ DeliveryStreamName: names.deliveryStream, Records });
      const { RequestResponses = [] } = await firehose.send(put);
      return records.map((_, at) =>
        RequestResponses[at]?.RecordId ? null : (RequestResponses[at]?.ErrorCode ?? 'NoResponse'),
      );
    },
  };
}
