import { type JsonObject, objectOf, textOf } from './json';

/** Message attributes by name, as text. */
export type Attributes = Readonly<Record<string, string>>;

/** One message as a function gets it from its queue. */
export interface Message {
  /** The id that a partial batch response names; null when the function was invoked without a queue. */
  readonly id: string | null;
  readonly receiptHandle: string | null;
  /** How often the queue has handed it out, this time included; 1 without a queue. */
  readonly receiveCount: number;
  /** When the queue took it, milliseconds since the epoch; null when unknown. */
  readonly sentAt: number | null;
  readonly body: string;
  readonly attributes: Attributes;
}

/**
 * The messages of an invocation: each record of an SQS batch, or the whole event as one message when it came without
 * a queue (SNS to function, or invoked by hand).
 */
export function readMessages(event: unknown): readonly Message[] {
  const records = objectOf(event)?.['Records'];
  if (Array.isArray(records) && records.every(isSqsRecord)) {
    return records.map(messageOf);
  }
  return [{ id: null, receiptHandle: null, receiveCount: 1, sentAt: null, body: jsonOf(event), attributes: {} }];
}

/** JSON.stringify exhausts the stack on what is nested some thousand levels deep; such an event is no text any more. */
function jsonOf(event: unknown): string {
  try {
    return JSON.stringify(event) ?? '';
  } catch {
    return 'an event nested too deep to be written as JSON';
  }
}

/** Whether a record of an invocation came from SQS and holds a body. */
export function isSqsRecord(record: unknown): record is JsonObject & { readonly body: string } {
  const fields = objectOf(record);
  return fields?.['eventSource'] === 'aws:sqs' && typeof fields['body'] === 'string';
}

/** Message attributes as text: SQS spells them `stringValue`, SNS `Value`. Binary and list values are left out. */
export function attributesOf(value: unknown): Attributes {
  const attributes = Object.entries(objectOf(value) ?? {}).flatMap(([name, attribute]) => {
    const fields = objectOf(attribute);
    const text = textOf(fields?.['stringValue']) ?? textOf(fields?.['Value']);
    return text === null ? [] : [[name, text.toWellFormed()] as const];
  });
  return Object.fromEntries(attributes);
}

function messageOf(record: JsonObject & { readonly body: string }): Message {
  const system = objectOf(record['attributes']) ?? {};
  return {
    id: textOf(record['messageId']),
    receiptHandle: textOf(record['receiptHandle']),
    receiveCount: countOf(system['ApproximateReceiveCount']) || 1,
    sentAt: countOf(system['SentTimestamp']),
    body: record.body,
    attributes: attributesOf(record['messageAttributes']),
  };
}

/** SQS writes counts and times as texts of digits; fourteen reach to the year 5138. */
function countOf(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,14}$/.test(value) ? Number(value) : null;
}
