import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, objectOf, parseJson, textOf } from '../../../../handler/event/json';
import { readMessages } from '../../../../handler/event/message';
import { unwrap } from '../../../../handler/event/unwrap';
import { readFixtures, readPublicSamples } from '../../../handler/normalise/samples';

/** An event with where it comes from. */
export interface SampleEvent {
  readonly name: string;
  readonly event: JsonObject;
}

const day = 'examples/day.jsonl';

/** Every event of the repository's samples as it was on the event bus, out of its wrapping; Lambda records in EventBridge's. */
export function sampleEvents(): readonly SampleEvent[] {
  const lines = readFileSync(join(__dirname, '../../../..', day), 'utf8').split('\n');
  const ofDay = lines.map((line, at) => ({ name: `${day}, line ${at + 1}`, input: parseJson(line) }));
  return [...readFixtures(), ...readPublicSamples(), ...ofDay].flatMap(({ name, input }) =>
    readMessages(input)
      .flatMap(({ body, attributes }) => unwrap(body, attributes))
      .flatMap((occurrence) => ('event' in occurrence ? [{ name, event: occurrence.event }] : [])),
  );
}

/** Where services say in which state a task is now. */
const stateFields = [
  ...['state', 'status', 'currentState', 'currentStatus', 'lastStatus'],
  ...['eventType', 'State', 'status-code'],
  ...['TrainingJobStatus', 'ProcessingJobStatus', 'TransformJobStatus', 'currentPipelineExecutionStatus'],
];

/** What an event tells, in short: `aws.glue / Glue Job State Change / FAILED`, and whose task it is where that decides. */
export function changeOf(event: JsonObject): string {
  const detail = objectOf(event['detail']) ?? {};
  const state = stateFields.map((field) => textOf(detail[field])).find((text) => text !== null);
  const kind = kinds.find(([, isOf]) => isOf(detail))?.[0];
  return [event['source'], event['detail-type'], state, kind].filter((part) => part !== undefined).join(' / ');
}

/** Changes of containers that bear the state of a whole task, and belong to somebody else or mean something else. */
const kinds: readonly (readonly [string, (detail: JsonObject) => boolean])[] = [
  ['of a service', ({ group, startedBy }) => /^service:/.test(`${group}`) || /^ecs-svc\//.test(`${startedBy}`)],
  ['of AWS Batch', ({ taskArn }) => /:task\/(?:AWSBatch-|.*_Batch_\S*-\S*-\S*-\S*-\S*\/)/.test(`${taskArn}`)],
  ['about to stop', ({ lastStatus, desiredStatus }) => lastStatus === 'RUNNING' && desiredStatus === 'STOPPED'],
  ['without its ARN', ({ lastStatus, taskArn }) => lastStatus !== undefined && taskArn === undefined],
  ['of a child', ({ arrayProperties }) => objectOf(arrayProperties)?.['index'] !== undefined],
  ['on its way', ({ SecondaryStatus }) => SecondaryStatus === 'Downloading' || SecondaryStatus === 'Uploading'],
  ['of a node', ({ nodeDetails }) => objectOf(nodeDetails)?.['nodeIndex'] !== undefined],
];
