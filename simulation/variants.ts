import type { PutOutcome } from '../handler/ports';
import type { Bucket } from './bucket';
import { fieldsOf, prefixes } from './history';

/** A world that keeps its word, or breaks it in one way: what the handler relies on is taken away. */
export interface Variant {
  readonly bucket: (bucket: Bucket) => Bucket;
  readonly outcomes: (outcomes: readonly PutOutcome[]) => readonly PutOutcome[];
}

const keep = <T>(it: T) => it;

/** The world as it is. */
export const honest: Variant = { bucket: keep, outcomes: keep };

/** Worlds in which something is missing that nothing is safe without; the simulation must find each. */
export const brokenWorlds = {
  /** A lease is over as soon as it is read. */
  'without the lease': { ...honest, bucket: withoutLease },
  /** Who writes last wins. */
  'without If-Match': { ...honest, bucket: (bucket) => ({ ...bucket, putIfMatch: overwrite(bucket) }) },
  /** What exists is written over. */
  'without If-None-Match': {
    ...honest,
    bucket: (bucket) => ({ ...bucket, putIfAbsent: (key, body, by) => overwrite(bucket)(key, body, { by }) }),
  },
  /** What Firehose refused looks as if it were taken, so it is not sent again. */
  'without the resend of partial failures': { ...honest, outcomes: (outcomes) => outcomes.map(() => null) },
} as const satisfies Record<string, Variant>;

function withoutLease(bucket: Bucket): Bucket {
  return {
    ...bucket,
    get(key) {
      const object = bucket.get(key);
      const entry = key.startsWith(prefixes.ledger) ? fieldsOf(object?.body ?? null) : null;
      if (object === null || entry === null) return object;
      return { ...object, body: JSON.stringify({ ...entry, lease_until: entry['claimed_at'] }) };
    },
  };
}

function overwrite(bucket: Bucket) {
  return (key: string, body: string, { by }: { readonly by: number }) => {
    const there = bucket.get(key);
    return there === null ? bucket.putIfAbsent(key, body, by) : bucket.putIfMatch(key, body, { etag: there.etag, by });
  };
}
