/** What the command needs of the world: one call to the bucket each, which throws when it was not answered. */
export interface SilencePorts {
  /** The keys below a prefix, page after page. */
  readonly keys: (prefix: string) => AsyncIterable<string>;
  readonly read: (key: string) => Promise<string>;
  readonly write: (key: string, body: string) => Promise<void>;
  readonly erase: (key: string) => Promise<void>;
}
