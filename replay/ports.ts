/** A message at rest in a queue. */
export interface Held {
  readonly body: string;
  /** Message attributes, as SQS gives and takes them. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly receiptHandle: string;
}

/** A message attribute of SQS: a text or a number as text, or bytes. */
export interface Attribute {
  readonly DataType: string | undefined;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** What the replay needs of the world: one remote call each, which throws when it was not answered as it should be. */
export interface ReplayPorts {
  /** About how many messages rest in the queue of this name. */
  readonly count: (queue: string) => Promise<number>;
  /** Up to ten messages, hidden from others for a while; none when the queue is empty. */
  readonly receive: (queue: string) => Promise<readonly Held[]>;
  readonly send: (queue: string, message: Pick<Held, 'body' | 'attributes'>) => Promise<void>;
  readonly remove: (queue: string, receiptHandle: string) => Promise<void>;
  readonly publish: (body: string) => Promise<void>;
  /** The keys below a prefix, page after page. */
  readonly keys: (prefix: string) => AsyncIterable<string>;
  readonly read: (key: string) => Promise<string>;
  readonly erase: (key: string) => Promise<void>;
  /** Puts records into the delivery stream: per record null when it was taken, else the error code. */
  readonly putRecordBatch: (records: readonly string[]) => Promise<readonly (string | null)[]>;
  readonly sleep: (milliseconds: number) => Promise<void>;
}
