import { hash } from 'node:crypto';

/** A message attribute as SQS hands it to a function. */
export interface MessageAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: string;
}

/** What somebody sends to a queue. */
export interface OutgoingMessage {
  readonly body: string;
  readonly messageAttributes?: Readonly<Record<string, MessageAttribute>>;
  /** System attributes that the message brings along when it is replayed, such as an earlier `SentTimestamp`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** When it was first sent, if that was before now: a dead letter's retention counts from then. */
  readonly sentAt?: number;
}

/** A message as a function receives it: the record of an SQS batch ("Using Lambda with Amazon SQS"). */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, MessageAttribute>>;
  readonly md5OfBody: string;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

/** A message as a queue keeps it; instants are milliseconds since the epoch. */
export interface StoredMessage extends OutgoingMessage {
  readonly messageId: string;
  readonly sentAt: number;
  /** Bytes that it takes in a function's payload. */
  readonly payloadBytes: number;
  receiveCount: number;
  firstReceivedAt: number | null;
  visibleAt: number;
  /** Whether it waits to become visible; false while it lies in the queue for anyone to take. */
  isHidden: boolean;
  /** Of the latest receipt; null while nobody holds the message. */
  receiptHandle: string | null;
}

/** What the attributes and ids of one record take beside its body, generously. */
const recordOverheadBytes = 1_024;

/** Stores a message under the id that the queue's name and its running number make, so that every run gives the same. */
export function storeMessage(
  message: OutgoingMessage,
  { queueName, number, now }: { readonly queueName: string; readonly number: number; readonly now: number },
): StoredMessage {
  return {
    ...message,
    messageId: uuidOf(`${queueName}#${number}`),
    sentAt: message.sentAt ?? now,
    payloadBytes: Buffer.byteLength(JSON.stringify(message.body)) + recordOverheadBytes,
    receiveCount: 0,
    firstReceivedAt: null,
    visibleAt: now,
    isHidden: false,
    receiptHandle: null,
  };
}

/** The record that a function gets for a message that was just received under `receiptHandle`. */
export function toRecord(message: StoredMessage, receiptHandle: string, queueArn: string): ReceivedMessage {
  return {
    messageId: message.messageId,
    receiptHandle,
    body: message.body,
    attributes: {
      SenderId: 'AIDAEXAMPLE',
      SentTimestamp: String(message.sentAt),
      ...message.attributes,
      ApproximateReceiveCount: String(message.receiveCount),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    },
    messageAttributes: message.messageAttributes ?? {},
    md5OfBody: hash('md5', message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

/** A UUID that is the same for the same text. */
export function uuidOf(text: string): string {
  const hex = hash('sha256', text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
