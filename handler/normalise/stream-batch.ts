import { type JsonObject, objectOf, textOf } from '../event/json';
import { readArn } from './arn';
import { wholeNumberOf } from './text';

/** The records that an event source mapping gave up, in words. */
export interface StreamBatch {
  /** Which, for a person: `500 records of the stream orders, shardId-000000000001`. */
  readonly records: string;
  /** Where exactly they lie, one line per shard or partition, for whoever fetches them before they expire. */
  readonly places: readonly string[];
}

/** What the service calls the thing that records come from. */
const kinds: Readonly<Record<string, string>> = { kinesis: 'stream', dynamodb: 'table', kafka: 'cluster' };

/**
 * Reads the batch in an on-failure record of a mapping: `KinesisBatchInfo`, `DDBStreamBatchInfo`, `KafkaBatchInfo`, or
 * another service's in the same form. Null when the record is of no mapping.
 */
export function readStreamBatch(record: JsonObject): StreamBatch | null {
  const key = Object.keys(record).find((it) => it.endsWith('BatchInfo'));
  const batch = key === undefined ? null : objectOf(record[key]);
  if (!batch) {
    return null;
  }
  const partitions = Object.entries(objectOf(batch['recordsInfo']) ?? {});
  const shard = textOf(batch['shardId']);
  const topics = partitions.map(([partition]) => partition).slice(0, 3);
  const where = [originOf(batch), shard, ...topics, partitions.length > 3 ? `${partitions.length - 3} more` : null];
  return {
    records: `${countOf(batch)} of ${where.filter((it) => it !== null).join(', ')}`,
    places: shard === null ? partitions.flatMap(placeInPartition) : placeInShard(batch, shard),
  };
}

function countOf(batch: JsonObject): string {
  const count = wholeNumberOf(batch['batchSize']);
  const bytes = wholeNumberOf(batch['payloadSize']);
  const records = count === null ? 'records' : `${count} record${count === 1 ? '' : 's'}`;
  return bytes === null ? records : `${records} (${bytes} bytes)`;
}

/** `the stream orders` from `…:stream/orders`, `the table orders` from `…:table/orders/stream/…`; else what there is. */
function originOf(batch: JsonObject): string {
  const arn = textOf(batch['streamArn']) ?? textOf(batch['eventSourceArn']);
  const parts = readArn(arn);
  const name = parts?.resource.split(/[/:]/)[1];
  return parts && name
    ? `the ${kinds[parts.service] ?? parts.service} ${name}`
    : (arn ?? textOf(batch['bootstrapServers']) ?? 'an unknown stream');
}

function placeInShard(batch: JsonObject, shard: string): readonly string[] {
  return range(`${shard}: sequence numbers`, [
    [batch['startSequenceNumber'], batch['endSequenceNumber']],
    [batch['approximateArrivalOfFirstRecord'], batch['approximateArrivalOfLastRecord']],
  ]);
}

function placeInPartition([partition, value]: readonly [string, unknown]): readonly string[] {
  const info = objectOf(value) ?? {};
  return range(`${partition}: offsets`, [
    [info['firstRecordOffset'], info['lastRecordOffset']],
    [info['firstRecordTimestamp'], info['lastRecordTimestamp']],
  ]);
}

/** The first and the last record: their numbers, and when they arrived. */
type Ends = readonly [numbers: readonly unknown[], times: readonly unknown[]];

/** From where to where, and when these records arrived; nothing when the first and the last are not known. */
function range(what: string, [ends, times]: Ends): readonly string[] {
  const [first, last] = ends.map(scalar);
  const [from, to] = times.map(scalar);
  const arrived = from && to ? `, arrived ${from} to ${to}` : '';
  return first && last ? [`${what} ${first} to ${last}${arrived}`] : [];
}

/** A number or a text as it stands; offsets come as either. */
function scalar(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : textOf(value);
}
