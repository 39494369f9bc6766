/** What became of one record of a `PutRecordBatch`: null when it was taken, else the error code. */
export type PutOutcome = string | null;

/** An HTTP answer, as far as Slack's webhooks need it. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** The `Retry-After` header in seconds, null when there was none or it could not be read. */
  readonly retryAfterSeconds: number | null;
}

/** The objects of the monitor's bucket. Keys are whole keys, bodies are UTF-8 text. */
export interface Objects {
  /** The object's text, or null when there is no such object. */
  readonly get: (key: string) => Promise<string | null>;
  /** Writes the object unless it exists (`If-None-Match: *`). True when it was written, false when it was there. */
  readonly putIfAbsent: (key: string, body: string) => Promise<boolean>;
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
  /** Posts a JSON body; any HTTP status is an answer, only a missing answer throws. */
  readonly post: (url: string, body: string) => Promise<HttpAnswer>;
  /** Hides a received message from the queue for so many seconds (`ChangeMessageVisibility`). */
  readonly postpone: (receiptHandle: string, seconds: number) => Promise<void>;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}
