import type { AwsCall } from '../emulator/aws';

/** Sends the failure of a run to the bus, as Glue would. */
export async function sendFailure(call: AwsCall, jobRunId: string): Promise<void> {
  const detail = { jobName: 'nightly', jobRunId, state: 'FAILED', severity: 'ERROR', message: 'out of memory' };
  const entry = { Source: 'aws.glue', DetailType: 'Glue Job State Change', Detail: JSON.stringify(detail) };
  const { FailedEntryCount } = await call('eventbridge', 'PutEvents', { Entries: [entry] });
  if (FailedEntryCount !== 0) throw new Error(`The bus refused the event of ${jobRunId}`);
}

/** Takes the next message out of a queue; an empty text where none comes. */
export async function receive(call: AwsCall, url: string): Promise<string> {
  const { Messages } = await call('sqs', 'ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 10 });
  const [message] = (Messages ?? []) as readonly { readonly Body: string; readonly ReceiptHandle: string }[];
  if (message === undefined) return '';
  await call('sqs', 'DeleteMessage', { QueueUrl: url, ReceiptHandle: message.ReceiptHandle });
  return message.Body;
}

/** How many messages a queue holds, waiting or hidden. */
export async function depthOf(call: AwsCall, url: unknown): Promise<number> {
  const { Attributes } = await call('sqs', 'GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] });
  const counts = Attributes as Readonly<Record<string, string>>;
  return Number(counts['ApproximateNumberOfMessages']) + Number(counts['ApproximateNumberOfMessagesNotVisible']);
}
