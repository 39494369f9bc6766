import { type JsonObject, objectOf, parseJson, textOf } from './json';
import { isDeadLetter, isLambdaRecord, liftDeadLetter, liftLambdaRecord } from './lambda-record';
import { type Attributes, attributesOf, isSqsRecord } from './message';

/** What a message turned out to hold: an event in EventBridge's form, or a text that is none, with the reason. */
export type Occurrence =
  | { readonly event: JsonObject; readonly capturedBy: 'event' | 'destination' }
  | { readonly text: string; readonly reason: string };

/** Wrappings inside each other beyond this are not opened: nobody wires that, and it may be an attack on the stack. */
const deepest = 4;

/**
 * Takes an event out of its wrapping: SQS(SNS(event)), SQS(event), SNS(event) or the bare event, each possibly several.
 * Never looks for events inside the payload of a Lambda record. A message holds at least one occurrence.
 */
export function unwrap(body: string, attributes: Attributes = {}): readonly Occurrence[] {
  return open(body, { attributes, depth: 0 });
}

/** What stands around a body. */
interface Wrapping {
  readonly attributes: Attributes;
  readonly depth: number;
  /** When SNS took the message, as its envelope says; a dead letter has no other time. */
  readonly published?: unknown;
}

function open(body: string, { attributes, depth, published }: Wrapping): readonly Occurrence[] {
  if (isDeadLetter(attributes)) {
    return [{ event: liftDeadLetter(attributes, published), capturedBy: 'destination' }];
  }
  const value = parseJson(body);
  if (value === undefined) {
    return [{ text: body, reason: 'not JSON' }];
  }
  if (depth > deepest) {
    return [{ text: body, reason: `wrapped more than ${deepest} times` }];
  }
  if (typeof value === 'string') {
    return open(value, { attributes: {}, depth: depth + 1 });
  }
  const fields = objectOf(value);
  return fields ? openObject(fields, body, depth) : [{ text: body, reason: 'JSON, but not an object' }];
}

function openObject(fields: JsonObject, body: string, depth: number): readonly Occurrence[] {
  const records = fields['Records'];
  if (Array.isArray(records)) {
    return records.length === 0
      ? [{ text: body, reason: 'a wrapping without records' }]
      : records.flatMap((record) => openRecord(record, depth + 1));
  }
  if (isSnsEnvelope(fields)) {
    return openSns(fields, body, depth + 1);
  }
  if (isLambdaRecord(fields)) {
    return [{ event: liftLambdaRecord(fields), capturedBy: 'destination' }];
  }
  return [{ event: fields, capturedBy: 'event' }];
}

function openRecord(record: unknown, depth: number): readonly Occurrence[] {
  const fields = objectOf(record) ?? {};
  const sns = objectOf(fields['Sns']);
  if (sns) {
    return openSns(sns, JSON.stringify(sns), depth);
  }
  if (isSqsRecord(record)) {
    return open(record.body, { attributes: attributesOf(record['messageAttributes']), depth });
  }
  const service = textOf(fields['eventSource']) ?? textOf(fields['EventSource']) ?? 'an unknown service';
  return [{ text: JSON.stringify(record), reason: `a record of ${service}, not of SNS or SQS` }];
}

function isSnsEnvelope(fields: JsonObject): boolean {
  return typeof fields['TopicArn'] === 'string' && typeof fields['Type'] === 'string';
}

function openSns(envelope: JsonObject, text: string, depth: number): readonly Occurrence[] {
  const message = envelope['Message'];
  const type = envelope['Type'] ?? 'Notification';
  if (type !== 'Notification' || typeof message !== 'string') {
    return [{ text, reason: `an SNS ${typeof type === 'string' ? type : 'envelope'} without an event` }];
  }
  const attributes = attributesOf(envelope['MessageAttributes']);
  return open(message, { attributes, depth, published: envelope['Timestamp'] });
}
