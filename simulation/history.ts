import type { QueueName } from './plan';

/** A JSON object as the world holds it. */
export type Fields = Readonly<Record<string, unknown>>;

/** One call of a function. */
export interface Invocation {
  readonly number: number;
  readonly of: QueueName | 'tick';
  readonly began: number;
  /** Ids of the messages' events, in the batch's order. */
  readonly bodies: readonly string[];
  ended: number | null;
  /** Why it did not end by itself. */
  died: 'crash' | 'timeout' | 'error' | null;
  /** How many calls it made. */
  calls: number;
  /** Bodies of what it handled and the queue let go. */
  settled: readonly string[];
  /** The ledger's entries that it claimed and has not marked, by key. */
  readonly held: Map<string, Fields>;
  /** Keys of entries that it could not mark, because a fault stood in the way. */
  readonly unmarked: Set<string>;
}

/** How an invocation came out: ids of what must come again. */
export type OnEnd = (failed: readonly string[] | 'all', invocation: Invocation) => void;

/** Calls a function. */
export type Invoke = (of: Invocation['of'], event: unknown, onEnd: OnEnd) => void;

/** A write of the bucket that took effect. */
export interface Write {
  readonly at: number;
  readonly key: string;
  readonly before: string | null;
  readonly after: string;
  readonly by: number;
}

/** A request that Slack got. */
export interface Post {
  readonly at: number;
  readonly by: number;
  readonly channel: 'default' | 'own' | 'unknown';
  readonly body: string;
  /** Whether people saw it. */
  readonly isShown: boolean;
  /** Whether the function learned of it. */
  readonly isAnswered: boolean;
  /** Keys of the notifications that it tells. */
  readonly tells: readonly string[];
}

/** All that happened in a run of a plan. */
export interface History {
  readonly invocations: Invocation[];
  readonly writes: Write[];
  readonly posts: Post[];
  /** Rows that Firehose took, as texts. */
  readonly rows: string[];
  readonly objects: ReadonlyMap<string, string>;
  readonly lines: string[];
  readonly deadLetters: Readonly<Record<QueueName, readonly string[]>>;
  readonly left: Readonly<Record<QueueName, number>>;
  /** Calls that faults struck. */
  readonly struck: number;
  readonly calls: number;
  readonly end: number;
}

/** Reads an object of the bucket; null when it is no JSON object. */
export function fieldsOf(text: string | null): Fields | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** Where the simulation keeps things in its bucket. */
export const prefixes = {
  quarantine: 'quarantine/',
  ledger: 'ledger/',
  incidents: 'incident/',
  causes: 'cause/',
  silences: 'silence/',
  settings: 'settings/0.json',
} as const;
