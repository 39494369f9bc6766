import { readMessages } from '../handler/event/message';
import { type Outcome, readMessage } from '../handler/read';
import type { Settings } from '../handler/settings';
import { entryOf } from '../local/entry';
import type { InputEvent } from '../local/events';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** What the functions make of an input: a record, or the reason why it would go to quarantine, per event in it. */
export function outcomesOf(input: InputEvent, settings: Settings): readonly Outcome[] {
  const now = new Date();
  const context = { now, recordedAt: now.toISOString(), settings, log: silent };
  return readMessages(invocationOf(input)).flatMap((message) => readMessage(message, context).outcomes);
}

/** An input as a function would get it: as it is when it is a batch of SQS, else as the one message of such a batch. */
function invocationOf(input: InputEvent): unknown {
  const isBatch = entryOf(input).at === 'functions';
  return isBatch ? input.value : { Records: [{ eventSource: 'aws:sqs', body: input.text }] };
}
