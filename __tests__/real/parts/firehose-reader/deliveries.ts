import { deliver } from '../../../../handler/deliver/firehose';
import { splitDocuments } from '../../../../handler/event/json-documents';
import { createPersist } from '../../../../handler/process';
import { encode } from '../../../../handler/record/encode';
import type { StateRecord } from '../../../../handler/record/schema';
import { arrival } from '../../../handler/normalise/samples';
import { worldWith } from '../../../handler/process-world';

/** What the function `persist` puts for these invocations, taken apart into documents as Firehose does. */
export async function documentsOfEvents(invocations: readonly unknown[]): Promise<readonly string[]> {
  const { world, deeds } = worldWith({ now: () => new Date(arrival) });
  const persist = createPersist(world);
  for (const invocation of invocations) await persist(invocation);
  return deeds.puts.flat().flatMap(splitDocuments);
}

/** The same for records that no event of ours gives. */
export async function documentsOfRecords(records: readonly StateRecord[]): Promise<readonly string[]> {
  const { world, deeds } = worldWith();
  const rows = records.map((record) => ({ text: encode(record), owner: record }));
  await deliver(rows, world);
  return deeds.puts.flat().flatMap(splitDocuments);
}
