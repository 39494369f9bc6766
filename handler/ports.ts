/** What became of one record of a `PutRecordBatch`: null when it was taken, else the error code. */
export type PutOutcome = string | null;

/** An HTTP answer, as far as Slack's webhooks need it. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** The `Retry-After` header in seconds, null when there was none or it could not be read. */
  readonly retryAfterSeconds: number | null;
}

/** An object's text and the tag of this version of it. */
export interface StoredObject {
  readonly body: string;
  readonly etag: string;
}

/** One page of a listing, in the order of the keys. */
export interface ObjectPage {
  readonly objects: readonly { readonly key: string; readonly etag: string }[];
  /** Whether further keys follow the last one. */
  readonly isTruncated: boolean;
}

/** The objects of the monitor's bucket. Keys are whole keys, bodies are UTF-8 text. */
export interface Objects {
  /** The object, or null when there is none. */
  readonly get: (key: string) => Promise<StoredObject | null>;
  /** Writes the object unless it exists (`If-None-Match: *`). Its tag, or null when it was there. */
  readonly putIfAbsent: (key: string, body: string) => Promise<string | null>;
  /** Writes the object if it is still this version (`If-Match`). Its new tag, or null when it has changed or is gone. */
  readonly putIfMatch: (key: string, body: string, etag: string) => Promise<string | null>;
  /** The keys below a prefix that follow `after` (null: from the first), at most a thousand. */
  readonly list: (prefix: string, after: string | null) => Promise<ObjectPage>;
}

/** What Glue says of an attempt of a job's run (`GetJobRun`). Times are ISO 8601, null where it says nothing. */
export interface JobRun {
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly executionSeconds: number | null;
  readonly dpuSeconds: number | null;
  readonly errorMessage: string | null;
}

/** What Glue says of a job (`GetJob`). */
export interface Job {
  readonly maxRetries: number;
}

/**
 * The only seam between the handler and the world. Each port is one remote call; it throws on any failure that the
 * answer cannot express. Packing, retries and rules lie on our side of it, so they run in production and in the local run alike.
 */
export interface Ports {
  /** Puts records into the delivery stream; the outcomes have the order of the records. */
  readonly putRecordBatch: (records: readonly string[]) => Promise<readonly PutOutcome[]>;
  readonly objects: Objects;
  /** The text of the secret; `fresh` asks past any cache. */
  readonly readSecret: (options: { readonly fresh: boolean }) => Promise<string>;
  /** An attempt of a job's run, by its whole id (`jr_…`, `jr_…_attempt_1`); null when Glue knows none. */
  readonly getJobRun: (jobName: string, runId: string) => Promise<JobRun | null>;
  /** A job; null when Glue knows none of this name. */
  readonly getJob: (jobName: string) => Promise<Job | null>;
  /** Posts a JSON body; any HTTP status is an answer, only a missing answer throws. */
  readonly post: (url: string, body: string) => Promise<HttpAnswer>;
  /** Hides a received message from the queue for so many seconds (`ChangeMessageVisibility`). */
  readonly postpone: (receiptHandle: string, seconds: number) => Promise<void>;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}
